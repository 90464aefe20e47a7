using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>When a screen is lit: weekly wall-clock times in its zone; none at all means always.</summary>
public static class PowerHours
{
    /// <summary>Whether the screen is lit at an instant by its hours alone.</summary>
    public static bool IsLit(DisplayDocument display, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(display);
        return display.PowerHours is not { Count: > 0 } hours || WeeklyTimes.Spans(hours, Read, display.TimeZone, now).Any(span => span.Start <= now && now < span.End);
    }

    /// <summary>When its hours next light or darken it; null without hours.</summary>
    public static DateTimeOffset? NextBoundary(DisplayDocument display, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(display);
        return NextChange(display, now) is not long.MaxValue and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    internal static long NextChange(DisplayDocument display, DateTimeOffset now) => WeeklyTimes.NextChange(display.PowerHours, Read, display.TimeZone, now);

    private static (int Day, string Start, string End) Read(PowerTime time) => (time.Day, time.Start, time.End);
}
