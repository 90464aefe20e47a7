using System.Globalization;

namespace Kiosk.Scheduling;

/// <summary>Weekly wall-clock times of a zone, as instants around a moment. An end at or before the start is on the next day.</summary>
public static class WeeklyTimes
{
    /// <summary>HH:mm.</summary>
    public static bool TryParse(string? text, out TimeSpan time)
    {
        var parsed = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        time = value.ToTimeSpan();
        return parsed;
    }

    /// <summary>What starts from yesterday to a week from now; what cannot be read is left out.</summary>
    internal static IEnumerable<(DateTimeOffset Start, DateTimeOffset End, T Time)> Spans<T>(
        IReadOnlyList<T> times, Func<T, (int Day, string Start, string End)> read, string zone, DateTimeOffset now)
    {
        var today = Zones.ToLocal(now, zone).Date;
        for (var day = today.AddDays(-1); day <= today.AddDays(8); day = day.AddDays(1))
        {
            foreach (var time in times)
            {
                var (weekday, from, to) = read(time);
                if (weekday == (int)day.DayOfWeek && TryParse(from, out var start) && TryParse(to, out var end))
                {
                    var (begins, ends) = Zones.ToUtcTicks(day + start, (end <= start ? day.AddDays(1) : day) + end, Zones.Find(zone));
                    yield return (new(begins, TimeSpan.Zero), new(ends, TimeSpan.Zero), time);
                }
            }
        }
    }

    internal static long NextChange<T>(IReadOnlyList<T>? times, Func<T, (int Day, string Start, string End)> read, string zone, DateTimeOffset now)
    {
        var next = long.MaxValue;
        foreach (var (start, end, _) in times is { Count: > 0 } ? Spans(times, read, zone, now) : [])
        {
            next = Moments.Sooner(next, start, now);
            next = Moments.Sooner(next, end, now);
        }

        return next;
    }
}
