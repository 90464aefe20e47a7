using Kiosk.Contracts.Operator;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Media;

/// <summary>From any video to MP4s that every player plays, and a thumbnail.</summary>
internal sealed class VideoIngest(MediaTools tools, MediaOptions options, IngestProgress progress)
{
    private const string Mp4 = "video/mp4";
    private const string Jpeg = "image/jpeg";

    // Shares of the bar: the full rendition, the low one, the rest.
    private const double FullShare = 70;
    private const double LowShare = 25;

    // A video that plays this much shorter than it says has lost its end.
    private const double CompleteFrom = 0.9;
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1.5);
    private static readonly double[] ThumbnailPlaces = [0.2, 0.35, 0.5, 0.7, 0.85, 0.05];

    public async Task<Result<IngestMedia.Prepared>> RunAsync(string source, string work, CancellationToken cancellationToken)
    {
        await using (var file = File.OpenRead(source))
        {
            if (IsoBoxes.IsTruncated(file))
            {
                return IngestRefusal.Truncated;
            }
        }

        var probe = await tools.ProbeAsync(source, cancellationToken);
        if (!probe.Succeeded)
        {
            return IngestRefusal.FromToolOutput(probe.Errors);
        }

        var decided = VideoPlan.Decide(ProbeReport.Parse(probe.Output), options);
        if (!decided.IsOk)
        {
            return decided.Error;
        }

        var plan = decided.Value;
        var full = Path.Combine(work, "full.mp4");
        var made = await MakeFullAsync(plan, source, full, cancellationToken);
        if (!made.IsOk)
        {
            return made.Error;
        }

        var (report, playing) = made.Value;
        var files = new List<IngestMedia.PreparedFile>
        {
            new(RenditionRole.Full, full, Mp4, report.Picture!.Width, report.Picture.Height, (long)playing.TotalMilliseconds),
        };
        if (plan is { LowWidth: { } width, LowHeight: { } height })
        {
            var low = Path.Combine(work, "low.mp4");
            var outcome = await tools.FfmpegAsync(
                FfmpegArguments.Low(width, height, full, low), at => progress.Report(FullShare + (LowShare * (at / playing))), cancellationToken);
            if (!outcome.Succeeded)
            {
                return IngestRefusal.FromToolOutput(outcome.Errors);
            }

            // A film of flat colours may already be smaller than its small rendition.
            if (new FileInfo(low).Length < new FileInfo(full).Length * 0.8)
            {
                files.Add(new(RenditionRole.Low, low, Mp4, width, height, (long)playing.TotalMilliseconds));
            }
        }

        progress.Report(FullShare + LowShare);
        if (await MakeThumbnailAsync(full, playing, work, cancellationToken) is { } thumbnail)
        {
            files.Add(new(RenditionRole.Thumbnail, thumbnail, Jpeg, null, null, null));
        }

        return new IngestMedia.Prepared(MediaKind.Video, files);
    }

    private async Task<Result<(ProbeReport Report, TimeSpan Playing)>> MakeFullAsync(VideoPlan plan, string source, string full, CancellationToken cancellationToken)
    {
        var outcome = await tools.FfmpegAsync(
            FfmpegArguments.Full(plan, source, full),
            at => progress.Report(plan.Duration > TimeSpan.Zero ? FullShare * (at / plan.Duration) : 1),
            cancellationToken);
        if (!outcome.Succeeded)
        {
            return IngestRefusal.FromToolOutput(outcome.Errors);
        }

        var probe = await tools.ProbeAsync(full, cancellationToken);
        var report = probe.Succeeded ? ProbeReport.Parse(probe.Output) : null;
        if (report?.Picture is not { Width: > 0 } || report.Duration is not { } playing)
        {
            return outcome.Errors.Length > 0 ? IngestRefusal.FromToolOutput(outcome.Errors) : IngestRefusal.NoPicture;
        }

        if (playing + Tolerance < plan.Duration && playing < plan.Duration * CompleteFrom)
        {
            return IngestRefusal.Truncated;
        }

        return playing < TimeSpan.FromMilliseconds(500) ? IngestRefusal.TooShort : (report, playing);
    }

    // The first of several frames on which something can be made out; else the least dark.
    private async Task<string?> MakeThumbnailAsync(string video, TimeSpan playing, string work, CancellationToken cancellationToken)
    {
        (string Path, double Score)? best = null;
        for (var i = 0; i < ThumbnailPlaces.Length; i++)
        {
            var path = Path.Combine(work, $"thumbnail-{i}.jpg");
            var outcome = await tools.FfmpegAsync(FfmpegArguments.Thumbnail(video, playing * ThumbnailPlaces[i], path), null, cancellationToken);
            if (!outcome.Succeeded || !File.Exists(path) || new FileInfo(path).Length == 0)
            {
                continue;
            }

            var brightness = FrameBrightness.Parse(outcome.Output);
            if (brightness.IsMeaningful)
            {
                return path;
            }

            if (best is null || brightness.Score > best.Value.Score)
            {
                best = (path, brightness.Score);
            }
        }

        return best?.Path;
    }
}
