using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.CheckIns;

/// <summary>What a check-in changes.</summary>
/// <param name="CountedAt">The instant that counts.</param>
/// <param name="Change">Null when the attendance stays as it is.</param>
internal sealed record CheckInDecision(CheckInOutcome Outcome, DateTimeOffset CountedAt, AttendanceChange? Change);

/// <param name="Revision">Part of the key under which points are posted.</param>
/// <param name="Points">What this attendance is worth in all.</param>
/// <param name="Lift">Goes on from what was granted before: only the difference is paid.</param>
internal sealed record AttendanceChange(AttendanceState State, DateTimeOffset At, bool Trusted, int Revision, int Points, bool Lift)
{
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Points are posted now; false while they wait for the exit.</summary>
    public bool Pays { get; init; } = true;

    /// <summary>The record that made it an attendance stays the one that counts.</summary>
    public bool KeepsRecord { get; init; }
}

/// <summary>
/// The one decision behind every way of checking in.
/// Clocks: Synced and Holdover are trusted, but nothing can have been seen after it was received. A record of an Unknown clock counts as seen
/// when it was received: it opens an attendance, never improves or revives one; after the end it is kept as <c>too_late</c> for the host to settle, after a cancellation as <c>meeting_cancelled</c>.
/// The earliest trusted instant wins, and nothing ever makes an arrival worse. Where exits are recorded the latest trusted one in their window is when
/// the member left, in whatever order the two arrive.
/// </summary>
internal static class CheckInRules
{
    /// <summary>Records for one member and meeting from which on a sender is told to stop.</summary>
    public const int MostRecords = 50;

    public static CheckInDecision Decide(CheckInEvidence evidence, CheckInFacts facts)
    {
        var trusted = evidence.Clock is not ClockState.Unknown;
        var at = InstantOf(evidence);
        CheckInDecision Refuse(CheckInOutcome outcome) => new(outcome, at, null);

        if (Refusal(evidence, facts, trusted, at) is { } refusal)
        {
            return Refuse(refusal);
        }

        var (meeting, current) = (facts.Meeting!, facts.Current);
        var present = current is { State: not AttendanceState.Pending };
        if (present && Leaving(evidence, facts, trusted, at) is { } left)
        {
            return left;
        }

        if (evidence.Kind is CheckInKind.Exit)
        {
            return Refuse(CheckInOutcome.TooEarly);
        }

        if (at < meeting.CheckInOpens)
        {
            return Refuse(present ? CheckInOutcome.AlreadyCheckedIn : CheckInOutcome.TooEarly);
        }

        if (at >= ClosesFor(evidence, meeting) + meeting.Grace)
        {
            return Refuse(present ? CheckInOutcome.AlreadyCheckedIn : CheckInOutcome.TooLate);
        }

        // What was seen before the attendance was taken back never revives it, nor improves what came after.
        if (facts.UndoneAt is { } undoneAt && !evidence.HostDecides && (!trusted || at <= undoneAt))
        {
            return Refuse(present ? CheckInOutcome.AlreadyCheckedIn : CheckInOutcome.Undone);
        }

        var state = at >= meeting.LateAfter + meeting.Grace ? AttendanceState.Late : AttendanceState.Present;
        var points = state is AttendanceState.Late ? meeting.LatePoints : meeting.Points;
        return present
            ? Again(meeting, current!, new(state, at, trusted, current!.Revision, points, Lift: false))
            : new(CheckInOutcome.Accepted, at, Arrival(meeting, facts, new(state, at, trusted, (current?.Revision ?? 0) + 1, points, Lift: false)));
    }

    /// <summary>The instant that counts for a record.</summary>
    public static DateTimeOffset InstantOf(CheckInEvidence evidence) =>
        evidence.Clock is not ClockState.Unknown && evidence.ObservedAt < evidence.ReceivedAt ? evidence.ObservedAt : evidence.ReceivedAt;

    private static CheckInOutcome? Refusal(CheckInEvidence evidence, CheckInFacts facts, bool trusted, DateTimeOffset at)
    {
        var present = facts.Current is { State: not AttendanceState.Pending };
        return evidence.Refusal is { } refusal ? refusal
            : facts.Meeting is not { } meeting ? CheckInOutcome.WrongMeeting
            : facts.Member is not { } member ? CheckInOutcome.UnknownCard
            // A card read before it was revoked was good when it was read.
            : facts.CardRevokedAt is { } revokedAt && (!trusted || at >= revokedAt) ? CheckInOutcome.RevokedCard
            // Who was there before it was called off was there, in whatever order the two arrive.
            : meeting.CancelledAt is { } cancelledAt && (!trusted || at >= cancelledAt) ? CheckInOutcome.MeetingCancelled
            : member.Suspended ? CheckInOutcome.MemberSuspended
            // Whoever has come and was taken off the roster since has come all the same.
            : !facts.OnRoster && !present && !member.Floating && !evidence.Admitted ? (meeting.MembersSession ? CheckInOutcome.NotOnRoster : CheckInOutcome.Guest)
            : facts.Current is { Records: >= MostRecords } && !evidence.ByHand ? CheckInOutcome.RateLimited
            : null;
    }

    private static DateTimeOffset ClosesFor(CheckInEvidence evidence, MeetingFacts meeting) =>
        !evidence.HostDecides && meeting.ClosedAt is { } closed && closed < meeting.CheckInCloses ? closed : meeting.CheckInCloses;

    /// <summary>Null when this is not about leaving. A clock that cannot be trusted never makes an exit: it would improve what stands.</summary>
    private static CheckInDecision? Leaving(CheckInEvidence evidence, CheckInFacts facts, bool trusted, DateTimeOffset at)
    {
        var (meeting, current) = (facts.Meeting!, facts.Current!);
        var said = evidence.Kind is CheckInKind.Exit;
        if (!trusted || at <= current.At || at <= facts.UndoneAt || (!said && !(IsExit(meeting, at) && at - current.At >= ExitWindow.ShortestStay)))
        {
            return null;
        }

        var pays = meeting.ExitRequired && current.LeftAt is null;
        var worth = current.State is AttendanceState.Late ? meeting.LatePoints : meeting.Points;
        return new(CheckInOutcome.Left, at, new(current.State, current.At, current.Trusted, current.Revision + (pays ? 1 : 0), worth, Lift: true)
        {
            LeftAt = current.LeftAt > at ? current.LeftAt : at,
            Pays = pays,
            KeepsRecord = true,
        });
    }

    private static bool IsExit(MeetingFacts meeting, DateTimeOffset at) => meeting.Exit is { } exit && at >= exit.Opens && at < exit.Closes;

    private static AttendanceChange Arrival(MeetingFacts meeting, CheckInFacts facts, AttendanceChange change)
    {
        var left = facts.SeenLeaving is { } seen && seen - change.At >= ExitWindow.ShortestStay ? facts.SeenLeaving : null;
        return change with { LeftAt = left, Pays = !meeting.ExitRequired || left is not null };
    }

    /// <summary>Seen again, or an earlier record that was longer on its way.</summary>
    private static CheckInDecision Again(MeetingFacts meeting, AttendanceFacts current, AttendanceChange seen)
    {
        if (!seen.Trusted || seen.At >= current.At)
        {
            return new(CheckInOutcome.AlreadyCheckedIn, seen.At, null);
        }

        // What was taken for a late arrival was the exit.
        var left = current.LeftAt ?? (current.Trusted && IsExit(meeting, current.At) && current.At - seen.At >= ExitWindow.ShortestStay ? current.At : null);
        var lift = current.State is AttendanceState.Late && seen.State is AttendanceState.Present;
        var pays = meeting.ExitRequired ? left is not null && (lift || current.LeftAt is null) : lift;
        var change = new AttendanceChange(
            lift ? seen.State : current.State, seen.At, seen.Trusted, current.Revision + (lift || pays ? 1 : 0),
            (lift ? seen.State : current.State) is AttendanceState.Late ? meeting.LatePoints : meeting.Points, Lift: true) { LeftAt = left, Pays = pays };
        return new(lift ? CheckInOutcome.Accepted : CheckInOutcome.AlreadyCheckedIn, seen.At, change);
    }
}
