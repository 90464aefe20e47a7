using Kiosk.Contracts.Devices;

namespace Kiosk.Testing.Model;

/// <summary>What becomes of something seen.</summary>
internal sealed partial class EveningModel
{
    private (string Code, bool Late, int Paid) Judge(Arrival arrival, Held held, Person person, Came? before)
    {
        var sure = arrival.Clock is not ClockState.Unknown;
        var seen = Counted(arrival.Seen, arrival.Clock);
        if (arrival.By == "card" && person.Cards[arrival.Card] is { } revoked && (!sure || seen >= revoked))
        {
            return ("revoked_card", false, 0);
        }

        // What was seen before it was called off counts as if it had come at once; a clock nobody knows proves no such thing.
        if (held.CancelledAt is { } calledOff && (!sure || seen >= calledOff))
        {
            return ("meeting_cancelled", false, 0);
        }

        if (person.Suspended)
        {
            return ("member_suspended", false, 0);
        }

        if (!held.Roster.Contains(arrival.Member))
        {
            return (held.MembersOnly ? "not_on_roster" : "guest", false, 0);
        }

        if (before?.Records >= MostRecords && arrival.By != "host")
        {
            return ("rate_limited", false, 0);
        }

        var here = before is { Present: true };
        if (seen < held.Opens)
        {
            return (here ? "already_checked_in" : "too_early", false, 0);
        }

        if (seen >= held.Ends || seen >= held.ClosedAt)
        {
            return (here ? "already_checked_in" : "too_late", false, 0);
        }

        if (sure ? IsTakenBack(arrival, seen, held) : before?.TakenBackAt is not null)
        {
            return (here ? "already_checked_in" : "undone", false, 0);
        }

        var late = seen >= held.LateFrom;
        if (!here)
        {
            var paid = Earn(person, late ? 1 : 2, seen, out var entry);
            held.Came[arrival.Member] = new Came(true, late, seen, before?.TakenBackAt, (before?.Records ?? 0) + 1, entry, arrival.Id);
            return ("accepted", late, paid);
        }

        if (!sure || seen >= before!.At)
        {
            return ("already_checked_in", false, 0);
        }

        // Seen earlier than what counted so far: that counts now, on its day, and somebody who was late may have been in time.
        var moved = before.Paid.Select(one => (DayOf(seen), one.Points)).ToList();
        foreach (var (day, points) in before.Paid)
        {
            person.Earned[day] -= points;
            person.Earned[DayOf(seen)] = person.Earned.GetValueOrDefault(DayOf(seen)) + points;
        }

        if (before.Late && !late)
        {
            var paid = Earn(person, 2 - before.Paid.Sum(one => one.Points), seen, out var entry);
            held.Came[arrival.Member] = before with { Late = false, At = seen, Records = before.Records + 1, Paid = [.. moved, .. entry], By = arrival.Id };
            return ("accepted", false, paid);
        }

        held.Came[arrival.Member] = before with { At = seen, Records = before.Records + 1, Paid = moved, By = arrival.Id };
        return ("already_checked_in", false, 0);
    }

    /// <summary>A clock nobody knows counts as now, and nothing was seen after it came in.</summary>
    private DateTimeOffset Counted(DateTimeOffset seen, ClockState clock) => clock is not ClockState.Unknown && seen < Now ? seen : Now;

    private static DateOnly DayOf(DateTimeOffset seen) => DateOnly.FromDateTime(seen.ToOffset(Zone).DateTime);

    private static int Earn(Person person, int points, DateTimeOffset seen, out List<(DateOnly Day, int Points)> entry)
    {
        entry = [];
        if (points <= 0)
        {
            return 0;
        }

        var day = DayOf(seen);
        var granted = Math.Clamp(DayCap - person.Earned.GetValueOrDefault(day), 0, points);
        person.Earned[day] = person.Earned.GetValueOrDefault(day) + granted;
        entry.Add((day, granted));
        Credit(person, granted);
        return granted;
    }

    private static void Credit(Person person, int points)
    {
        var back = Math.Min(person.Owed, points);
        person.Owed -= back;
        person.Available += points - back;
    }
}
