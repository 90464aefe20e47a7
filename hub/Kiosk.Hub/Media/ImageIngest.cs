using Kiosk.Contracts.Operator;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Media;

/// <summary>From a JPEG, PNG or WebP to an upright JPEG of screen size, and a thumbnail.</summary>
internal sealed class ImageIngest(MediaTools tools, MediaOptions options)
{
    private const int ScreenSide = 3840;
    private const int ThumbnailSide = 640;
    private const int MaxSide = 30_000;

    public async Task<Result<IngestMedia.Prepared>> RunAsync(string source, FileKind kind, string work, CancellationToken cancellationToken)
    {
        ImageHeader? header;
        await using (var file = File.OpenRead(source))
        {
            header = ImageHeader.Read(file, kind);
        }

        if (header is null)
        {
            return IngestRefusal.Truncated;
        }

        if ((long)header.Width * header.Height > options.MaxPixels || Math.Max(header.Width, header.Height) > MaxSide)
        {
            return IngestRefusal.TooManyPixels(header.Width, header.Height);
        }

        if (header.Animated)
        {
            return IngestRefusal.Animated;
        }

        var (full, thumbnail) = (Path.Combine(work, "full.jpg"), Path.Combine(work, "thumbnail.jpg"));
        var made = await tools.FfmpegAsync(FfmpegArguments.Still(header, ScreenSide, kind != FileKind.Jpeg, source, full), null, cancellationToken);
        if (!made.Succeeded || !File.Exists(full))
        {
            return IngestRefusal.FromToolOutput(made.Errors);
        }

        ImageHeader? result;
        await using (var file = File.OpenRead(full))
        {
            result = ImageHeader.Read(file, FileKind.Jpeg);
        }

        var small = await tools.FfmpegAsync(
            FfmpegArguments.Still(header with { Orientation = 1 }, ThumbnailSide, false, full, thumbnail), null, cancellationToken);
        return result is null || !small.Succeeded
            ? IngestRefusal.Damaged
            : new IngestMedia.Prepared(
                MediaKind.Image,
                [
                    new(RenditionRole.Full, full, "image/jpeg", result.Width, result.Height, null),
                    new(RenditionRole.Thumbnail, thumbnail, "image/jpeg", null, null, null),
                ]);
    }
}
