using System.Globalization;
using System.Text.Json;

namespace Kiosk.Hub.Media;

/// <summary>What ffprobe says of a file (<c>-show_format -show_streams -of json</c>).</summary>
internal sealed record ProbeReport(IReadOnlyList<ProbeStream>? Streams, ProbeFormat? Format)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>The moving picture: the first video stream that is not a cover.</summary>
    public ProbeStream? Picture => Streams?.FirstOrDefault(stream => stream is { CodecType: "video" } && stream.Disposition?.AttachedPic != 1);

    public ProbeStream? Sound => Streams?.FirstOrDefault(stream => stream.CodecType == "audio");

    /// <summary>Playing time by the picture, else by the container.</summary>
    public TimeSpan? Duration => Seconds(Picture?.Duration) ?? Seconds(Format?.Duration);

    public static ProbeReport Parse(string json) => JsonSerializer.Deserialize<ProbeReport>(json, Json) ?? new(null, null);

    private static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e7
            ? TimeSpan.FromSeconds(seconds)
            : null;
}

internal sealed record ProbeFormat(string? FormatName, string? Duration, long? BitRate);

internal sealed record ProbeStream(
    int Index,
    string? CodecType,
    string? CodecName,
    string? Profile,
    int? Level,
    string? PixFmt,
    int? Width,
    int? Height,
    string? SampleAspectRatio,
    string? AvgFrameRate,
    string? RFrameRate,
    string? FieldOrder,
    string? ColorTransfer,
    string? Duration,
    long? BitRate,
    int? Channels,
    ProbeDisposition? Disposition,
    IReadOnlyList<ProbeSideData>? SideDataList,
    IReadOnlyDictionary<string, string>? Tags)
{
    /// <summary>Clockwise quarter turns (0–3) to apply before showing.</summary>
    public int QuarterTurns
    {
        get
        {
            var degrees = SideDataList?.FirstOrDefault(data => data.Rotation is not null)?.Rotation is { } matrix
                ? -matrix
                : Tags is not null && Tags.TryGetValue("rotate", out var tag) && double.TryParse(tag, CultureInfo.InvariantCulture, out var turned) ? turned : 0;
            return (((int)Math.Round(degrees / 90) % 4) + 4) % 4;
        }
    }

    /// <summary>Frames a second, or null when the file does not say.</summary>
    public double? FrameRate => Fraction(AvgFrameRate) ?? Fraction(RFrameRate);

    /// <summary>Width to height of one sample.</summary>
    public double SampleAspect => Fraction(SampleAspectRatio?.Replace(':', '/')) ?? 1;

    private static double? Fraction(string? text)
    {
        var parts = (text ?? "").Split('/');
        return parts.Length == 2
            && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var above)
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var below)
            && above > 0 && below > 0
                ? above / below
                : null;
    }
}

internal sealed record ProbeDisposition(int AttachedPic);

internal sealed record ProbeSideData(double? Rotation);
