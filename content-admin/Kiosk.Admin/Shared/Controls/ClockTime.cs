using System.Globalization;

namespace Kiosk.Admin.Shared.Controls;

/// <summary>Times of day the way people type them: "19:30", "1930", "7", "19：30".</summary>
internal static class ClockTime
{
    public static TimeOnly? Parse(string? typed)
    {
        var text = (typed ?? "").Trim().Replace('：', ':').Replace('.', ':').Replace("点", ":", StringComparison.Ordinal).TrimEnd(':');
        var parts = text.Contains(':', StringComparison.Ordinal)
            ? text.Split(':')
            : text.Length > 2 ? [text[..^2], text[^2..]] : [text, "0"];
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minute) && minute < 60
                ? new TimeOnly(hour, minute)
                : null;
    }

    public static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
