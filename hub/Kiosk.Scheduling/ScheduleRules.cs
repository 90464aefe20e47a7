using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>What a schedule event must obey, and its occurrences for a calendar.</summary>
public static class ScheduleRules
{
    /// <summary>
    /// What is wrong with an event, or null. Work is bounded whatever the rule says.
    /// Codes: see <see cref="ScheduleProblem.Code"/>.
    /// </summary>
    /// <param name="displayTimeZone">Zone used where the event names none; an event for many displays may be checked with any of them.</param>
    public static ScheduleProblem? Validate(ScheduleEvent source, string displayTimeZone = "Asia/Shanghai")
    {
        ArgumentNullException.ThrowIfNull(source);
        // First: a year nobody can mean explains an inverted range too.
        if (source.StartLocal < RecurrenceLimits.Earliest || source.EndLocal < RecurrenceLimits.Earliest
            || source.StartLocal >= RecurrenceLimits.Latest || source.EndLocal > RecurrenceLimits.Latest)
        {
            return new ScheduleProblem("years_out_of_range", RecurrenceLimits.Earliest.Year, RecurrenceLimits.Latest.Year - 1);
        }

        if (source.EndLocal <= source.StartLocal)
        {
            return new ScheduleProblem("range_inverted");
        }

        var length = source.EndLocal - source.StartLocal;
        var longest = source.RecurrenceRule is null ? RecurrenceLimits.SingleDuration : RecurrenceLimits.RecurringDuration;
        if (length > longest)
        {
            return new ScheduleProblem("event_too_long", (int)longest.TotalDays);
        }

        if (source.TimeZone is not null && !Zones.IsKnown(source.TimeZone))
        {
            return new ScheduleProblem("time_zone_unknown");
        }

        if (source.ExceptionDates is { Count: > RecurrenceLimits.Exceptions })
        {
            return new ScheduleProblem("too_many_exceptions", RecurrenceLimits.Exceptions);
        }

        return ValidateRule(source, displayTimeZone);
    }

    /// <summary>Whether no occurrence of a valid event runs at or after <paramref name="now"/>.</summary>
    /// <param name="displayTimeZone">Zone used where the event names none.</param>
    public static bool IsOver(ScheduleEvent source, string displayTimeZone, DateTimeOffset now) =>
        Expand(source, displayTimeZone, now, new DateTimeOffset(RecurrenceLimits.Latest, TimeSpan.Zero).AddDays(2), limit: 1).Count == 0;

    /// <summary>Occurrences that overlap [<paramref name="from"/>, <paramref name="until"/>), by start; at most <paramref name="limit"/>. Empty for an invalid event.</summary>
    public static IReadOnlyList<EventOccurrence> Expand(ScheduleEvent source, string displayTimeZone, DateTimeOffset from, DateTimeOffset until, int limit = 1_000)
    {
        ArgumentNullException.ThrowIfNull(source);
        var compiled = CompiledEvent.TryCreate(source, Zones.Find(displayTimeZone));
        return compiled is null
            ? []
            : [.. compiled.Expand(from.UtcTicks, until.UtcTicks).Take(limit).Select(compiled.ToOccurrence)];
    }

    private static ScheduleProblem? ValidateRule(ScheduleEvent source, string displayTimeZone)
    {
        var zone = Zones.Find(source.TimeZone, Zones.Find(displayTimeZone));
        var recurrence = Recurrence.Create(source.StartLocal, source.RecurrenceRule, source.ExceptionDates, zone, out var problem);
        if (recurrence is null)
        {
            return problem;
        }

        return recurrence.Starts(source.StartLocal, RecurrenceLimits.Latest).Any()
            ? null
            : new ScheduleProblem("rule_never_fires");
    }
}
