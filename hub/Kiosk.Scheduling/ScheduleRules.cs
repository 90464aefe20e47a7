using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>What a schedule event must obey, and its occurrences for a calendar.</summary>
public static class ScheduleRules
{
    /// <summary>
    /// What is wrong with an event, or null. Work is bounded whatever the rule says.
    /// Codes: <c>range_inverted time_zone_unknown rule_invalid rule_never_fires</c>.
    /// </summary>
    /// <param name="displayTimeZone">Zone used where the event names none; an event for many displays may be checked with any of them.</param>
    public static ScheduleProblem? Validate(ScheduleEvent source, string displayTimeZone = "Asia/Shanghai")
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.EndLocal <= source.StartLocal)
        {
            return new ScheduleProblem("range_inverted", "The end must lie after the start.");
        }

        if (source.StartLocal < RecurrenceLimits.Earliest || source.EndLocal > RecurrenceLimits.Latest)
        {
            return new ScheduleProblem("range_inverted", "Times lie between the years 2000 and 2200.");
        }

        var length = source.EndLocal - source.StartLocal;
        var longest = source.RecurrenceRule is null ? RecurrenceLimits.SingleDuration : RecurrenceLimits.RecurringDuration;
        if (length > longest)
        {
            return new ScheduleProblem("range_inverted", $"It lasts at most {longest.TotalDays:0} days.");
        }

        if (source.TimeZone is not null && !Zones.IsKnown(source.TimeZone))
        {
            return new ScheduleProblem("time_zone_unknown", "The time zone is not an IANA time zone such as Asia/Shanghai.");
        }

        if (source.ExceptionDates is { Count: > RecurrenceLimits.Exceptions })
        {
            return new ScheduleProblem("rule_invalid", $"At most {RecurrenceLimits.Exceptions} dates can be left out.");
        }

        return ValidateRule(source, displayTimeZone);
    }

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
            return new ScheduleProblem("rule_invalid", problem!);
        }

        return recurrence.Starts(source.StartLocal, RecurrenceLimits.Latest).Any()
            ? null
            : new ScheduleProblem("rule_never_fires", "The rule names no day on which the event would run.");
    }
}
