using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Testing.Model;

/// <summary>What became of an arrival: the outcome and, when the hub says so, points granted and points available.</summary>
internal sealed record Answer(string Code, int Granted = 0, int? Available = null, bool Late = false)
{
    public override string ToString() => $"{Code}{(Late ? " late" : "")}{(Granted > 0 ? $" +{Granted}" : "")}{(Available is { } now ? $" ={now}" : "")}";
}

/// <summary>Evidence as the model sees it.</summary>
/// <param name="Kiosk">The kiosk that read the card, or whose code the phone scanned; -1 for the host.</param>
internal sealed record Arrival(Guid Id, int Member, int Meeting, string By, DateTimeOffset Seen, ClockState Clock, int Card, int Kiosk);

/// <summary>
/// The evening as it should be, written from the design's sentences and not from the hub's code: no database, no batches, one thing after the
/// other. Everything is plain values, so that a copy can try another order.
/// </summary>
internal sealed partial class EveningModel
{
    public const int DayCap = 3;
    public const int MostRecords = 50;
    public static readonly TimeSpan ReopenWithin = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LeftOpen = TimeSpan.FromHours(1);
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    private readonly Dictionary<Guid, Answer> _records = [];

    public DateTimeOffset Now { get; set; }

    public Person[] People { get; private init; } = [];

    public Held[] Meetings { get; private init; } = [];

    public IReadOnlyDictionary<Guid, Answer> Records => _records;

    public static EveningModel Begin(DateTimeOffset now, IEnumerable<Held> meetings) => new()
    {
        Now = now,
        People = [.. Enumerable.Range(0, Evenings.Members).Select(_ => new Person())],
        Meetings = [.. meetings],
    };

    /// <summary>A member: cards by their number with the instant each was revoked, points, and what each day's cap has let through.</summary>
    internal sealed class Person
    {
        public bool Suspended { get; set; }

        public List<DateTimeOffset?> Cards { get; init; } = [null];

        public int Available { get; set; }

        public int Owed { get; set; }

        public Dictionary<DateOnly, int> Earned { get; init; } = [];

        public Person Copy() => new() { Suspended = Suspended, Cards = [.. Cards], Available = Available, Owed = Owed, Earned = new(Earned) };
    }

    /// <summary>A meeting and who has come.</summary>
    internal sealed class Held
    {
        public required DateTimeOffset Opens { get; init; }

        public required DateTimeOffset LateFrom { get; init; }

        /// <summary>As planned.</summary>
        public required DateTimeOffset PlannedEnd { get; init; }

        /// <summary>As it is now: reopened after its time it goes on.</summary>
        public required DateTimeOffset Ends { get; set; }

        /// <summary>When the host last closed or reopened it; one word comes after the other, also in the same instant.</summary>
        public DateTimeOffset? LastWord { get; set; }

        public required bool MembersOnly { get; init; }

        public MeetingState State { get; set; }

        public DateTimeOffset? ClosedAt { get; set; }

        public DateTimeOffset? CancelledAt { get; set; }

        public HashSet<int> Roster { get; init; } = [];

        public HashSet<int> OnLeave { get; init; } = [];

        public Dictionary<int, Came> Came { get; init; } = [];

        /// <summary>All that was seen, with what it was answered.</summary>
        public List<Sighting> Seen { get; init; } = [];

        public List<Retraction> Retracted { get; init; } = [];

        /// <summary>When the host last took somebody back.</summary>
        public Dictionary<int, DateTimeOffset> HostTookBack { get; init; } = [];

        public Held Copy() => new()
        {
            Opens = Opens, LateFrom = LateFrom, PlannedEnd = PlannedEnd, Ends = Ends, LastWord = LastWord, MembersOnly = MembersOnly, State = State, ClosedAt = ClosedAt, CancelledAt = CancelledAt,
            Roster = [.. Roster], OnLeave = [.. OnLeave], Came = Came.ToDictionary(one => one.Key, one => one.Value with { Paid = [.. one.Value.Paid] }),
            Seen = [.. Seen], Retracted = [.. Retracted], HostTookBack = new(HostTookBack),
        };
    }

    /// <param name="Present">False after it was taken back.</param>
    /// <param name="By">The record it rests on.</param>
    /// <param name="Paid">What it brought, each under the day whose cap it was counted on.</param>
    internal sealed record Came(bool Present, bool Late, DateTimeOffset At, DateTimeOffset? TakenBackAt, int Records, List<(DateOnly Day, int Points)> Paid, Guid By);

    public EveningModel Copy()
    {
        var copy = new EveningModel { Now = Now, People = [.. People.Select(person => person.Copy())], Meetings = [.. Meetings.Select(held => held.Copy())] };
        foreach (var (id, answer) in _records)
        {
            copy._records[id] = answer;
        }

        return copy;
    }

    public Answer Arrive(Arrival arrival)
    {
        // The same record again is answered as the first time.
        if (_records.TryGetValue(arrival.Id, out var first))
        {
            return first;
        }

        var (held, person) = (Meetings[arrival.Meeting], People[arrival.Member]);
        var before = held.Came.GetValueOrDefault(arrival.Member);
        var (code, late, paid) = Judge(arrival, held, person, before);
        if (before is not null && ReferenceEquals(held.Came[arrival.Member], before))
        {
            // Nothing changed, but the record is kept and counted.
            held.Came[arrival.Member] = before with { Records = before.Records + 1 };
        }

        var answer = _records[arrival.Id] = new Answer(code, paid, person.Available, late);
        held.Seen.Add(new(arrival, Counted(arrival.Seen, arrival.Clock), code));
        RetractKept(arrival, held);
        return answer;
    }

    public string Give(int member, int amount)
    {
        var person = People[member];
        if (amount < 0 && person.Available + amount < 0)
        {
            return "points_insufficient";
        }

        if (amount > 0)
        {
            Credit(person, amount);
        }
        else
        {
            person.Available += amount;
        }

        return "ok";
    }

    public string CloseMeeting(int meeting)
    {
        var held = Meetings[meeting];
        return held.State switch
        {
            MeetingState.Closed => "ok",
            MeetingState.Cancelled => "meeting_not_open",
            _ when Now < held.Opens => "meeting_not_begun",
            _ => Set(held, MeetingState.Closed),
        };
    }

    /// <summary>Whether nobody has closed it for so long that the hub does, at the next pass it makes.</summary>
    public bool IsLeftOpen(int meeting) => Meetings[meeting] is { State: MeetingState.Scheduled } held && Now >= held.Ends + LeftOpen;

    public EveningModel AfterHubClosed(int meeting)
    {
        var copy = Copy();
        (copy.Meetings[meeting].State, copy.Meetings[meeting].ClosedAt) = (MeetingState.Closed, Meetings[meeting].Ends);
        return copy;
    }

    public string CancelMeeting(int meeting) => Meetings[meeting] switch
    {
        { State: MeetingState.Cancelled } => "ok",
        { State: MeetingState.Closed } => "meeting_not_open",
        var held => Set(held, MeetingState.Cancelled),
    };

    public string ReopenMeeting(int meeting) => Meetings[meeting] switch
    {
        { State: MeetingState.Scheduled } => "ok",
        { State: MeetingState.Closed } held when Now - held.ClosedAt > ReopenWithin => "reopen_too_late",
        { State: MeetingState.Closed } held => Resume(held),
        _ => "meeting_not_closed",
    };

    public string ChangeRoster(int meeting, int member, bool on)
    {
        var held = Meetings[meeting];
        if (held.State is not MeetingState.Scheduled)
        {
            return "meeting_not_open";
        }

        if (!on && held.Roster.Count == 1 && held.Roster.Contains(member))
        {
            return "roster_empty";
        }

        // The edit names the planned time again.
        held.Ends = held.PlannedEnd;
        if (on)
        {
            held.Roster.Add(member);
            return "ok";
        }

        // Who has come stays on it.
        if (held.Came.GetValueOrDefault(member) is not { Present: true })
        {
            held.Roster.Remove(member);
        }

        return "ok";
    }

    public string Excuse(int meeting, int member)
    {
        var held = Meetings[meeting];
        if (!held.Roster.Contains(member))
        {
            return "not_on_roster";
        }

        if (held.State is MeetingState.Cancelled)
        {
            return "meeting_not_open";
        }

        if (held.Came.GetValueOrDefault(member) is { Present: true })
        {
            return "already_present";
        }

        held.OnLeave.Add(member);
        return "ok";
    }

    public void IssueCard(int member)
    {
        var cards = People[member].Cards;
        cards[^1] ??= Now;
        cards.Add(null);
    }

    public AttendanceState StateOf(int meeting, int member)
    {
        var held = Meetings[meeting];
        return held.Came.GetValueOrDefault(member) is { Present: true } came ? came.Late ? AttendanceState.Late : AttendanceState.Present
            : held.OnLeave.Contains(member) ? AttendanceState.Leave
            : held.State is MeetingState.Closed || (held.State is MeetingState.Scheduled && Now >= held.Ends) ? AttendanceState.Absent
            : AttendanceState.Pending;
    }

    /// <summary>All that can be seen from outside about points, meetings and attendance.</summary>
    public string Describe() => string.Join("\n", People.Select((person, at) => $"member {at}: {person.Available} available, {person.Owed} owed")
        .Concat(Meetings.Select((held, at) => $"meeting {at}: {held.State}, for {string.Join(", ", held.Roster.Order())}"))
        .Concat(
            from meeting in Enumerable.Range(0, Meetings.Length)
            from came in Meetings[meeting].Came.OrderBy(one => one.Key)
            select $"meeting {meeting} member {came.Key}: {(came.Value.Present ? came.Value.Late ? "Late" : "Present" : "Pending")} at {came.Value.At:HH:mm:ss}, paid {came.Value.Paid.Sum(paid => paid.Points)}, taken back {came.Value.TakenBackAt:HH:mm:ss}, {came.Value.Records} records"));

    /// <summary>Two models with the same key will never differ again.</summary>
    public string Key() => string.Join("\n", People.Select(person =>
            $"{person.Suspended} {string.Join(",", person.Cards.Select(card => card?.Ticks))} {string.Join(",", person.Earned.OrderBy(day => day.Key))}")
        .Concat(Meetings.Select(held => $"{held.ClosedAt:O} {held.CancelledAt:O} {held.LastWord:O} {held.Ends:O} {string.Join(",", held.OnLeave.Order())} {string.Join(",", held.Came.OrderBy(one => one.Key).SelectMany(one => one.Value.Paid))} {string.Join(",", held.Came.OrderBy(one => one.Key).Select(one => one.Value.By))} {string.Join(",", held.HostTookBack.OrderBy(one => one.Key))} {string.Join(",", held.Seen.Select(seen => $"{seen.Arrival.Id}{seen.Code}").Order(StringComparer.Ordinal))} {string.Join(",", held.Retracted.Select(one => $"{one.Id}{_records[one.Id].Code}").Order(StringComparer.Ordinal))}"))
        .Prepend(Describe()));

    private string Resume(Held held)
    {
        held.Ends = held.Ends > Now ? held.Ends : Now + ReopenWithin;
        return Set(held, MeetingState.Scheduled);
    }

    private string Set(Held held, MeetingState state)
    {
        held.State = state;
        if (state is not MeetingState.Cancelled)
        {
            held.LastWord = held.LastWord >= Now ? held.LastWord.Value.AddMilliseconds(1) : Now;
        }

        held.ClosedAt = state is MeetingState.Closed ? held.LastWord : null;
        held.CancelledAt = state is MeetingState.Cancelled ? Now : null;
        return "ok";
    }
}
