namespace Kiosk.Hub.Media;

/// <summary>Limits of the media library besides <see cref="HubOptions.MaxUploadBytes"/>; bound from section <c>Hub:Media</c>.</summary>
internal sealed record MediaOptions
{
    /// <summary>Bytes that stay free on the disk whatever is uploaded.</summary>
    public long MinFreeBytes { get; init; } = 1L << 30;

    /// <summary>Largest picture in pixels; a decoded one takes four bytes for each.</summary>
    public long MaxPixels { get; init; } = 80_000_000;

    /// <summary>Longest video.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Time without any sign of life after which ffmpeg is ended.</summary>
    public TimeSpan ToolSilence { get; init; } = TimeSpan.FromMinutes(3);

    public string Ffmpeg { get; init; } = "ffmpeg";

    public string Ffprobe { get; init; } = "ffprobe";
}
