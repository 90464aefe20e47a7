using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Schedules;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;

namespace Kiosk.Hub.Meetings.Series;

/// <summary>When a series meets: an RRULE over wall-clock times of a zone, as schedules have it.</summary>
internal sealed record SeriesDates(DateTime StartLocal, DateTime EndLocal, string TimeZone, string Rule, IReadOnlyList<DateTime> Skipped)
{
    private ScheduleEvent Event => new(Guid.Empty, "", StartLocal, EndLocal, TimeZone, Rule, Skipped, 0, Disclosure.Internal, new PlaylistRef(Guid.Empty, "", ""));

    public static SeriesDates Of(MeetingSeries series) => new(series.StartLocal, series.EndLocal, series.TimeZone, series.RecurrenceRule, series.Skipped);

    /// <summary>The rule without the name of its property; what it says is checked by <see cref="Check"/>.</summary>
    public static string Clean(string? rule)
    {
        var text = (rule ?? "").Trim();
        return text.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase) ? text["RRULE:".Length..] : text;
    }

    /// <summary>Null when the rule can be read and fires at all.</summary>
    public Error? Check() => ScheduleRules.Validate(Event) is { } problem ? ScheduleErrors.Invalid(problem) : null;

    /// <summary>Meetings that start from an instant (included) to another (excluded), at most so many.</summary>
    public IReadOnlyList<EventOccurrence> Between(DateTimeOffset from, DateTimeOffset until, int most) =>
        [.. ScheduleRules.Expand(Event, TimeZone, from, until, most + 2).Where(occurrence => occurrence.Start >= from).Take(most)];

    /// <summary>Whether the rule, but for what was skipped, meets at this wall-clock time.</summary>
    public bool Meets(DateTime local)
    {
        var start = MeetingTimes.At(local, TimeZone);
        return (this with { Skipped = [] }).Between(start, start.AddSeconds(1), 1).Count == 1;
    }

    /// <summary>The same rule from a later start: one that counts has counted some already.</summary>
    public string RuleFrom(DateTime local)
    {
        var parts = Rule.Split(';').ToList();
        var at = parts.FindIndex(part => part.StartsWith("COUNT=", StringComparison.OrdinalIgnoreCase));
        if (at < 0 || !int.TryParse(parts[at]["COUNT=".Length..], out var count))
        {
            return Rule;
        }

        var before = (this with { Skipped = [] }).Between(MeetingTimes.At(StartLocal, TimeZone), MeetingTimes.At(local, TimeZone), count).Count;
        parts[at] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"COUNT={Math.Max(1, count - before)}");
        return string.Join(';', parts);
    }
}
