using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>When a display fetches media: weekly wall-clock times in its zone; none at all means always.</summary>
public static class DownloadHours
{
    /// <summary>Whether everything wanted may be fetched at an instant.</summary>
    public static bool IsOpen(DisplayDocument display, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(display);
        return display.Downloads?.Windows is not { Count: > 0 } hours || WeeklyTimes.Spans(hours, Read, display.TimeZone, now).Any(span => span.Start <= now && now < span.End);
    }

    /// <summary>When its hours begin next; null while they last, and without hours.</summary>
    public static DateTimeOffset? NextOpening(DisplayDocument display, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(display);
        return IsOpen(display, now) ? null
            : WeeklyTimes.Spans(display.Downloads!.Windows!, Read, display.TimeZone, now).Where(span => span.Start > now).Select(span => (DateTimeOffset?)span.Start).Min();
    }

    private static (int Day, string Start, string End) Read(DownloadTime time) => (time.Day, time.Start, time.End);
}
