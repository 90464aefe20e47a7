using System.Globalization;

namespace Kiosk.Hub.Media;

/// <summary>How bright a frame is and how much it varies, 0–255, as ffmpeg's signalstats prints it.</summary>
internal readonly record struct FrameBrightness(double Average, double Low, double High)
{
    /// <summary>Whether something can be made out: neither black nor one flat colour.</summary>
    public bool IsMeaningful => Average >= 28 && High - Low >= 12;

    /// <summary>For choosing the least bad of several.</summary>
    public double Score => Average + (2 * (High - Low));

    public static FrameBrightness Parse(string output)
    {
        return new(Value("YAVG"), Value("YLOW"), Value("YHIGH"));

        double Value(string name)
        {
            var mark = "lavfi.signalstats." + name + "=";
            var at = output.IndexOf(mark, StringComparison.Ordinal);
            if (at < 0)
            {
                return 0;
            }

            var end = output.IndexOf('\n', at);
            var text = end < 0 ? output[(at + mark.Length)..] : output[(at + mark.Length)..end];
            return double.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var value) ? value : 0;
        }
    }
}
