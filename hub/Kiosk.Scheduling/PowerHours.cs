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

    /// <summary>From when to when a screen is lit around an instant, hours that meet taken together; null while it rests; always when it has no hours.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End)? LitAround(IReadOnlyList<PowerTime>? hours, string timeZone, DateTimeOffset now)
    {
        if (hours is not { Count: > 0 })
        {
            return (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        }

        var spans = WeeklyTimes.Spans(hours, Read, timeZone, now).OrderBy(span => span.Start).ToList();
        (DateTimeOffset Start, DateTimeOffset End)? lit = null;
        foreach (var (start, end, _) in spans)
        {
            lit = lit is { } met && start <= met.End ? (met.Start, met.End > end ? met.End : end)
                : lit is { } found && found.Start <= now && now < found.End ? lit
                : (start, end);
        }

        return lit is { } around && around.Start <= now && now < around.End ? lit : null;
    }

    internal static long NextChange(DisplayDocument display, DateTimeOffset now) => WeeklyTimes.NextChange(display.PowerHours, Read, display.TimeZone, now);

    private static (int Day, string Start, string End) Read(PowerTime time) => (time.Day, time.Start, time.End);
}
