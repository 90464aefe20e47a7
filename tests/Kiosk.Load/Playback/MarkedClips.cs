using System.Diagnostics;

namespace Kiosk.Load.Playback;

/// <summary>1080p30 clips and one picture that tell from the screen which frame stands there.</summary>
internal static class MarkedClips
{
    public const double FrameMs = 1000.0 / 30;

    /// <summary>Frames of clip 1, 2, 3.</summary>
    public static IReadOnlyList<int> Frames { get; } = [180, 165, 195];

    /// <summary>Clip number of the picture.</summary>
    public const int Picture = 4;

    public static async Task<(IReadOnlyList<string> Clips, string Picture)> MakeAsync(string folder)
    {
        var clips = new List<string>();
        for (var i = 0; i < Frames.Count; i++)
        {
            var path = Path.Combine(folder, $"clip{i + 1}.mp4");
            clips.Add(path);
            await FfmpegAsync(
                "-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30", "-f", "lavfi", "-i", FormattableString.Invariant($"sine=f={330 + (110 * i)}:r=48000"),
                "-vf", FormattableString.Invariant($"hue=h={i * 120},") + Marks.Filter(i + 1, moves: true),
                "-frames:v", FormattableString.Invariant($"{Frames[i]}"), "-t", FormattableString.Invariant($"{Frames[i] / 30.0}"),
                "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-level", "4.0", "-pix_fmt", "yuv420p", "-crf", "21", "-maxrate", "8M", "-bufsize", "12M", "-g", "60",
                "-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", path);
        }

        var picture = Path.Combine(folder, "picture.png");
        await FfmpegAsync("-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30,hue=h=60," + Marks.Filter(Picture, moves: false), "-frames:v", "1", picture);
        return (clips, picture);
    }

    private static async Task FfmpegAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-y", .. arguments]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("ffmpeg: " + errors);
        }
    }
}
