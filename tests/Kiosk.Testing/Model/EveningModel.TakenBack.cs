using Kiosk.Contracts.Devices;

namespace Kiosk.Testing.Model;

/// <summary>What a kiosk takes back of its own.</summary>
/// <param name="Record">What it made before.</param>
/// <param name="SameBoot">Its running clock says how long ago that was, whatever its calendar says.</param>
internal sealed record Retraction(Guid Id, int Member, int Meeting, int Kiosk, Guid Record, DateTimeOffset Seen, ClockState Clock, bool SameBoot)
{
    /// <summary>The instant that counts.</summary>
    public DateTimeOffset Counted { get; init; }
}

/// <param name="Counted">The instant that counts.</param>
/// <param name="Code">What it was answered.</param>
internal sealed record Sighting(Arrival Arrival, DateTimeOffset Counted, string Code);

/// <summary>What is taken back: by the host, all that was seen until then; by a kiosk, its own record and what it saw itself from there to the undo.</summary>
internal sealed partial class EveningModel
{
    private static readonly TimeSpan RetractWithin = TimeSpan.FromMinutes(15);

    public string TakeBack(int member, int meeting)
    {
        var held = Meetings[meeting];
        if (held.Came.GetValueOrDefault(member) is not { Present: true } came)
        {
            return "not_checked_in";
        }

        Reverse(member, held, came, Now);
        held.HostTookBack[member] = Now;
        return "ok";
    }

    public Answer Retract(Retraction retraction)
    {
        if (_records.TryGetValue(retraction.Id, out var first))
        {
            return first;
        }

        var held = Meetings[retraction.Meeting];
        retraction = retraction with { Counted = Counted(retraction.Seen, retraction.Clock) };
        held.Retracted.Add(retraction);
        _records[retraction.Id] = new Answer("wrong_meeting", 0, People[retraction.Member].Available);
        return held.Seen.FirstOrDefault(seen => seen.Arrival.Id == retraction.Record) is { } named ? Apply(retraction, named, held) : _records[retraction.Id];
    }

    private void RetractKept(Arrival arrival, Held held)
    {
        foreach (var kept in held.Retracted.Where(one => one.Record == arrival.Id).OrderBy(one => one.Counted))
        {
            Apply(kept, held.Seen[^1], held);
        }
    }

    private Answer Apply(Retraction retraction, Sighting named, Held held)
    {
        var code = Judge(retraction, named, held);
        return _records[retraction.Id] = new Answer(code, 0, People[retraction.Member].Available);
    }

    private string Judge(Retraction retraction, Sighting named, Held held)
    {
        TimeSpan? since = retraction.SameBoot || (retraction.Clock is not ClockState.Unknown && named.Arrival.Clock is not ClockState.Unknown) ? retraction.Seen - named.Arrival.Seen : null;
        if (since < TimeSpan.Zero || since > RetractWithin)
        {
            return "too_late";
        }

        // From here on it stands, also while what follows is worked out.
        _records[retraction.Id] = new Answer("taken_back");
        if (held.Came.GetValueOrDefault(retraction.Member) is not { Present: true } came)
        {
            return "taken_back";
        }

        if (!Covers(retraction, held.Seen.First(seen => seen.Arrival.Id == came.By), held))
        {
            return "already_checked_in";
        }

        Reverse(retraction.Member, held, came, retraction.Counted);
        var others = held.Seen.Where(seen => seen.Arrival.Member == retraction.Member && seen.Arrival.Clock is not ClockState.Unknown && seen.Code is "accepted" or "already_checked_in")
            .Where(seen => !held.Retracted.Any(one => Stands(one) && Covers(one, seen, held)))
            .OrderBy(seen => seen.Counted).ThenBy(seen => seen.Arrival.Id.ToString(), StringComparer.Ordinal);
        foreach (var other in others)
        {
            var before = held.Came[retraction.Member];
            // It was counted when it came.
            Judge(other.Arrival with { Seen = other.Counted }, held, People[retraction.Member], before with { Records = 0 });
            if (held.Came[retraction.Member] is { Present: true } again)
            {
                held.Came[retraction.Member] = again with { Records = before.Records };
                return "already_checked_in";
            }
        }

        return "taken_back";
    }

    private bool IsTakenBack(Arrival arrival, DateTimeOffset counted, Held held) =>
        (held.HostTookBack.TryGetValue(arrival.Member, out var at) && counted <= at)
        || held.Retracted.Any(one => Stands(one) && Covers(one, new Sighting(arrival, counted, ""), held));

    private bool Stands(Retraction retraction) => _records[retraction.Id].Code is "taken_back" or "already_checked_in";

    /// <summary>The record itself, or the same card in the hand before the same kiosk between the two.</summary>
    private static bool Covers(Retraction retraction, Sighting seen, Held held) => seen.Arrival.Id == retraction.Record
        || (seen.Arrival.Member == retraction.Member && seen.Arrival.By == "card" && seen.Arrival.Kiosk == retraction.Kiosk && seen.Counted <= retraction.Counted
            && held.Seen.First(one => one.Arrival.Id == retraction.Record).Counted <= seen.Counted);

    private void Reverse(int member, Held held, Came came, DateTimeOffset at)
    {
        var person = People[member];
        foreach (var (day, points) in came.Paid)
        {
            person.Earned[day] -= points;
        }

        var all = came.Paid.Sum(paid => paid.Points);
        var there = Math.Min(all, person.Available);
        person.Available -= there;
        person.Owed += all - there;
        held.Came[member] = came with { Present = false, TakenBackAt = came.TakenBackAt > at ? came.TakenBackAt : at, Paid = [] };
    }
}
