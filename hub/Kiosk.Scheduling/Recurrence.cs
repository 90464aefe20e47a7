using Ical.Net;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;

namespace Kiosk.Scheduling;

/// <summary>The wall-clock starts of one event: a single one, or those of an RRULE.</summary>
internal sealed class Recurrence
{
    private const int FirstYear = 1900;
    private const int LastYear = 9000;

    private static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = RecurrenceLimits.UnmatchedPeriods };

    private readonly DateTime first;
    private readonly RecurrenceRule? rule;
    private readonly HashSet<DateTime> exceptions;

    private Recurrence(DateTime first, RecurrenceRule? rule, IReadOnlyList<DateTime>? exceptions)
    {
        this.first = first;
        this.rule = rule;
        this.exceptions = [.. exceptions ?? []];
    }

    public bool Repeats => rule is not null;

    /// <summary>Reads a rule; on failure says in <paramref name="problem"/> what is wrong with it.</summary>
    public static Recurrence? Create(DateTime first, string? ruleText, IReadOnlyList<DateTime>? exceptions, DateTimeZone zone, out ScheduleProblem? problem)
    {
        problem = null;
        if (ruleText is null)
        {
            return new Recurrence(Unspecified(first), null, exceptions);
        }

        problem = Read(ruleText, zone, out var rule);
        return problem is null ? new Recurrence(Unspecified(first), rule, exceptions) : null;
    }

    /// <summary>Starts from <paramref name="from"/> (included) to <paramref name="until"/> (excluded), ascending.</summary>
    public IEnumerable<DateTime> Starts(DateTime from, DateTime until)
    {
        var all = rule is null ? [first] : FromRule(from < first ? first : from);
        foreach (var start in all)
        {
            if (start >= until)
            {
                yield break;
            }

            if (start >= from && !exceptions.Contains(start))
            {
                yield return start;
            }
        }
    }

    private IEnumerable<DateTime> FromRule(DateTime from)
    {
        var evaluator = new RecurrencePatternEvaluator(rule!);
        using var periods = evaluator.Evaluate(Floating(first), Floating(from), Bounded).GetEnumerator();
        while (true)
        {
            try
            {
                if (!periods.MoveNext())
                {
                    yield break;
                }
            }
            catch (Exception e) when (e is EvaluationException or ArgumentException or OverflowException)
            {
                yield break; // nothing for a thousand periods, or past the end of the calendar: it fires no more
            }

            yield return Unspecified(periods.Current.StartTime.Value);
        }
    }

    private static ScheduleProblem? Read(string text, DateTimeZone zone, out RecurrenceRule? rule)
    {
        rule = null;
        if (text.Length > RecurrenceLimits.RuleLength)
        {
            return new ScheduleProblem("rule_too_long", RecurrenceLimits.RuleLength);
        }

        // A part said twice says nothing: RFC 5545 forbids it, and which of the two counts would be chance.
        var names = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')[0].Trim().ToUpperInvariant()).ToList();
        if (!text.Contains("FREQ=", StringComparison.OrdinalIgnoreCase) || names.Distinct().Count() != names.Count)
        {
            return new ScheduleProblem("rule_invalid");
        }

        try
        {
            rule = new RecurrenceRule(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            return new ScheduleProblem("rule_invalid");
        }

        if (rule.Frequency is FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly
            || rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0)
        {
            return new ScheduleProblem("rule_too_often");
        }

        // "1MO" is the first Monday of a month or a year; of a week, a day or a year's numbered weeks it means nothing (RFC 5545, 3.3.10).
        if (rule.ByDay.Any(day => day.Offset is not null)
            && (rule.Frequency is not (FrequencyType.Monthly or FrequencyType.Yearly) || (rule.Frequency is FrequencyType.Yearly && rule.ByWeekNo.Count > 0)))
        {
            return new ScheduleProblem("rule_invalid");
        }

        if (rule.Count > RecurrenceLimits.Count || rule.Interval > RecurrenceLimits.Interval)
        {
            return new ScheduleProblem("rule_count_too_large", RecurrenceLimits.Count, RecurrenceLimits.Interval);
        }

        var parts = rule.ByDay.Count + rule.ByMonth.Count + rule.ByMonthDay.Count + rule.ByWeekNo.Count + rule.ByYearDay.Count + rule.BySetPosition.Count;
        if (parts > RecurrenceLimits.ByParts)
        {
            return new ScheduleProblem("rule_too_many_parts", RecurrenceLimits.ByParts);
        }

        rule.Until = LocalUntil(rule.Until, zone);
        return null;
    }

    /// <summary>An UNTIL in UTC becomes wall-clock time of the zone; a date means the whole day.</summary>
    private static CalDateTime? LocalUntil(CalDateTime? until, DateTimeZone zone)
    {
        // "99991231" is how some calendars say for ever; turning it to another zone would leave the calendar.
        if (until is null || until.Value.Year > LastYear)
        {
            return null;
        }

        if (until.Value.Year < FirstYear)
        {
            return Floating(new DateTime(FirstYear, 1, 1));
        }

        if (!until.HasTime)
        {
            return Floating(until.Value.Date.AddDays(1).AddSeconds(-1));
        }

        return until.IsUtc
            ? Floating(Zones.ToLocal(until.Value.Ticks, zone).ToDateTimeUnspecified())
            : Floating(until.Value);
    }

    private static CalDateTime Floating(DateTime value) => new(Unspecified(value), true);

    private static DateTime Unspecified(DateTime value) => DateTime.SpecifyKind(value, DateTimeKind.Unspecified);
}
