using System.Globalization;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Scheduling;

namespace Kiosk.Hub.Displays;

/// <summary>Weekly audience times and members' sessions as instants.</summary>
internal static class AudienceCalendar
{
    /// <summary>Days ahead that a display knows its audience for while it is offline.</summary>
    public const int HorizonDays = 42;

    /// <summary>The stretch that is worked out: from the day before this week's Monday; it moves once a week, so documents stay the same within it.</summary>
    /// <param name="From">Instant of the first local midnight.</param>
    /// <param name="Until">Instant of the last.</param>
    /// <param name="Rollover">When it has to be worked out anew.</param>
    internal readonly record struct Horizon(DateTime FirstLocal, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset Rollover);

    public static Horizon HorizonAt(string timeZone, DateTimeOffset now)
    {
        var today = Zones.ToLocal(now, timeZone).Date;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = monday.AddDays(-1);
        return new Horizon(
            first,
            Zones.ToInstant(first, timeZone),
            Zones.ToInstant(monday.AddDays(HorizonDays), timeZone),
            Zones.ToInstant(monday.AddDays(7), timeZone));
    }

    /// <summary>All windows of the horizon by start. Past its end a display that was left alone falls back to the narrowest audience it ever has.</summary>
    public static IReadOnlyList<AudienceWindow> Windows(
        Disclosure baseAudience, IReadOnlyList<AudienceTime> times, string timeZone, IReadOnlyList<AudienceWindow> sessions, DateTimeOffset now)
    {
        var horizon = HorizonAt(timeZone, now);
        var windows = new List<AudienceWindow>(sessions.Where(session => session.End > horizon.From && session.Start < horizon.Until));
        for (var day = horizon.FirstLocal; Zones.ToInstant(day, timeZone) < horizon.Until; day = day.AddDays(1))
        {
            windows.AddRange(times.Where(time => time.Day == (int)day.DayOfWeek).Select(time => WindowOn(day, time, timeZone)));
        }

        var narrowest = times.Select(time => time.Audience).Append(baseAudience).Min();
        if (narrowest < baseAudience)
        {
            windows.Add(new AudienceWindow(horizon.Until, DateTimeOffset.MaxValue.AddYears(-1), narrowest));
        }

        return [.. windows.Where(window => window.End > window.Start).Distinct()
            .OrderBy(window => window.Start).ThenBy(window => window.End).ThenBy(window => window.Audience)];
    }

    /// <summary>The next instant after now at which the document or the follows change by themselves.</summary>
    public static DateTimeOffset NextChange(IReadOnlyList<AudienceWindow> windows, string timeZone, DateTimeOffset now) =>
        windows.SelectMany(window => new[] { window.Start, window.End }).Where(instant => instant > now)
            .Append(HorizonAt(timeZone, now).Rollover).Min();

    public static bool TryParseTime(string? text, out TimeSpan time)
    {
        var parsed = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        time = value.ToTimeSpan();
        return parsed;
    }

    private static TimeSpan TimeOf(string text) => TryParseTime(text, out var time) ? time : default;

    private static AudienceWindow WindowOn(DateTime day, AudienceTime time, string timeZone)
    {
        var (start, end) = (TimeOf(time.Start), TimeOf(time.End));
        var last = end <= start ? day.AddDays(1) : day;
        return new AudienceWindow(Zones.ToInstant(day + start, timeZone), Zones.ToInstant(last + end, timeZone), time.Audience);
    }
}
