using System.Globalization;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>When a screen is lit: weekly wall-clock times in its zone; none at all means always.</summary>
public static class PowerHours
{
    /// <summary>Whether the screen is lit at an instant by its hours alone.</summary>
    public static bool IsLit(DisplayDocument display, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(display);
        return display.PowerHours is not { Count: > 0 } || Spans(display, now).Any(span => span.Start <= now && now < span.End);
    }

    /// <summary>HH:mm.</summary>
    public static bool TryParse(string? text, out TimeSpan time)
    {
        var parsed = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        time = value.ToTimeSpan();
        return parsed;
    }

    internal static long NextChange(DisplayDocument display, DateTimeOffset now)
    {
        var next = long.MaxValue;
        if (display.PowerHours is { Count: > 0 })
        {
            foreach (var (start, end) in Spans(display, now))
            {
                next = Moments.Sooner(next, start, now);
                next = Moments.Sooner(next, end, now);
            }
        }

        return next;
    }

    /// <summary>Everything that starts from yesterday to a week from now.</summary>
    private static IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Spans(DisplayDocument display, DateTimeOffset now)
    {
        var today = Zones.ToLocal(now, display.TimeZone).Date;
        for (var day = today.AddDays(-1); day <= today.AddDays(8); day = day.AddDays(1))
        {
            foreach (var time in display.PowerHours!)
            {
                if (time.Day == (int)day.DayOfWeek && TryParse(time.Start, out var start) && TryParse(time.End, out var end))
                {
                    yield return (Zones.ToInstant(day + start, display.TimeZone), Zones.ToInstant((end <= start ? day.AddDays(1) : day) + end, display.TimeZone));
                }
            }
        }
    }
}
