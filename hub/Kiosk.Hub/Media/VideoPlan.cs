using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Media;

/// <summary>What has to happen to a video so that every player plays it.</summary>
/// <param name="CopyPicture">The picture is already what players play and is only put into a new container.</param>
/// <param name="Width">Even, upright, never larger than the source.</param>
/// <param name="LowWidth">Size of the rendition for weak links; null when the video is as small already.</param>
internal sealed record VideoPlan(
    int PictureIndex,
    int? SoundIndex,
    bool CopyPicture,
    bool CopySound,
    int Width,
    int Height,
    double? FrameRateCap,
    bool Deinterlace,
    bool ToneMap,
    int? LowWidth,
    int? LowHeight,
    TimeSpan Duration)
{
    private const int LongSide = 1920;
    private const int ShortSide = 1080;
    private const int LowLongSide = 640;
    private const int LowShortSide = 360;
    private const double MaxFrameRate = 60.5;
    private const long MaxBitRate = 16_000_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Profiles = ["Constrained Baseline", "Baseline", "Main", "High"];
    private static readonly string[] HdrTransfers = ["smpte2084", "arib-std-b67"];

    public static Result<VideoPlan> Decide(ProbeReport report, MediaOptions limits)
    {
        if (report.Picture is not { } picture)
        {
            return IngestRefusal.NoPicture;
        }

        if (picture.CodecName is null or "unknown" or "none")
        {
            return IngestRefusal.Codec("?");
        }

        if (picture.Width is not > 0 || picture.Height is not > 0)
        {
            return IngestRefusal.Damaged;
        }

        var (width, height) = (picture.Width.Value, picture.Height.Value);
        if ((long)width * height > limits.MaxPixels)
        {
            return IngestRefusal.TooManyPixels(width, height);
        }

        var duration = report.Duration ?? TimeSpan.Zero;
        if (report.Duration is not null && duration < Shortest)
        {
            return IngestRefusal.TooShort;
        }

        if (duration > limits.MaxDuration)
        {
            return IngestRefusal.TooLong(limits.MaxDuration);
        }

        var turned = picture.QuarterTurns % 2 == 1;
        var shown = width * picture.SampleAspect;
        var (fullWidth, fullHeight) = turned
            ? Fit(height, shown, LongSide, ShortSide)
            : Fit(shown, height, LongSide, ShortSide);
        var (lowWidth, lowHeight) = Fit(fullWidth, fullHeight, LowLongSide, LowShortSide);
        var (hdr, interlaced) = (IsHdr(picture), IsInterlaced(picture));
        var copies = IsPlayable(picture) && !hdr && !interlaced && picture.QuarterTurns == 0
            && fullWidth == width && fullHeight == height && (picture.BitRate ?? report.Format?.BitRate ?? long.MaxValue) <= MaxBitRate;
        var sound = report.Sound;
        return new VideoPlan(
            picture.Index,
            sound?.Index,
            copies,
            sound is { CodecName: "aac", Profile: "LC", Channels: 1 or 2 },
            fullWidth,
            fullHeight,
            picture.FrameRate > MaxFrameRate ? 60 : null,
            interlaced,
            hdr,
            lowWidth < fullWidth ? lowWidth : null,
            lowWidth < fullWidth ? lowHeight : null,
            duration);
    }

    /// <summary>The largest even size of the same shape within the box, which stands upright for upright pictures; nothing is enlarged.</summary>
    public static (int Width, int Height) Fit(double width, double height, int longSide, int shortSide)
    {
        var (boxWidth, boxHeight) = width >= height ? (longSide, shortSide) : (shortSide, longSide);
        var scale = Math.Min(1, Math.Min(boxWidth / width, boxHeight / height));
        return (Even(width * scale), Even(height * scale));
    }

    private static int Even(double length) => Math.Max(2, (int)Math.Round(length) & ~1);

    private static bool IsPlayable(ProbeStream picture) =>
        picture is { CodecName: "h264", PixFmt: "yuv420p" or "yuvj420p", Level: > 0 and <= 42 }
        && Profiles.Contains(picture.Profile)
        && picture.FrameRate is <= MaxFrameRate;

    private static bool IsHdr(ProbeStream picture) => HdrTransfers.Contains(picture.ColorTransfer);

    private static bool IsInterlaced(ProbeStream picture) => picture.FieldOrder is "tt" or "bb" or "tb" or "bt";
}
