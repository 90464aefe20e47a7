using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Media;

/// <summary>Why a file cannot be played; stored with the media and put into words (<see cref="MediaText"/>) when somebody reads it.</summary>
/// <param name="Code">Stable, e.g. <c>media_truncated</c>.</param>
/// <param name="Detail">Fills {0} of the sentence, e.g. the codec's name.</param>
internal sealed record IngestRefusal(string Code, string? Detail = null) : Error(Code, Detail ?? "")
{
    public static readonly IngestRefusal Empty = new("media_empty");
    public static readonly IngestRefusal Truncated = new("media_truncated");
    public static readonly IngestRefusal Damaged = new("media_damaged");
    public static readonly IngestRefusal NoPicture = new("media_no_picture");
    public static readonly IngestRefusal TooShort = new("media_too_short");
    public static readonly IngestRefusal Animated = new("media_animated");
    public static readonly IngestRefusal Heif = new("media_heif");
    public static readonly IngestRefusal DiskFull = new("disk_full");
    public static readonly IngestRefusal Failed = new("media_ingest_failed");

    public static IngestRefusal WrongType(FileKind kind) => new("media_type_unsupported", kind.ToString());

    public static IngestRefusal Codec(string codec) => new("media_codec_unsupported", codec);

    public static IngestRefusal TooManyPixels(int width, int height) => new("media_too_many_pixels", $"{width} × {height}");

    public static IngestRefusal TooLong(TimeSpan max) => new("media_too_long", ((int)max.TotalHours).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What a failed run of ffmpeg or ffprobe means, by what it wrote.</summary>
    public static IngestRefusal FromToolOutput(string output)
    {
        if (Says("No space left on device"))
        {
            return DiskFull;
        }

        if (Says("moov atom not found") || Says("partial file") || Says("Truncat") || Says("overread") || Says("chunk too big") || Says("End of file"))
        {
            return Truncated;
        }

        if (Says("Decoder not found") || Says("no decoder found") || Says("Could not find codec parameters") || Says("not currently supported")
            || Says("not implemented") || Says("Unsupported codec") || Says("Unknown decoder"))
        {
            return Codec("?");
        }

        return Damaged;

        bool Says(string words) => output.Contains(words, StringComparison.OrdinalIgnoreCase);
    }
}
