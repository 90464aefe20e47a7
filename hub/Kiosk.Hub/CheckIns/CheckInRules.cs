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
/// <param name="Lift">Replaces a late arrival: only the difference is paid.</param>
internal sealed record AttendanceChange(AttendanceState State, DateTimeOffset At, bool Trusted, int Revision, int Points, bool Lift);

/// <summary>
/// The one decision behind every way of checking in.
/// Clocks: Synced and Holdover are trusted, but nothing can have been seen after it was received. A record of an Unknown clock counts as seen
/// when it was received: it opens an attendance, never improves or revives one; after the end it is kept as <c>too_late</c> for the host to settle.
/// The earliest trusted instant wins, and nothing ever makes an arrival worse.
/// </summary>
internal static class CheckInRules
{
    /// <summary>Records for one member and meeting from which on a sender is told to stop.</summary>
    public const int MostRecords = 50;

    public static CheckInDecision Decide(CheckInEvidence evidence, CheckInFacts facts)
    {
        var trusted = evidence.Clock is not ClockState.Unknown;
        var at = trusted && evidence.ObservedAt < evidence.ReceivedAt ? evidence.ObservedAt : evidence.ReceivedAt;
        CheckInDecision Refuse(CheckInOutcome outcome) => new(outcome, at, null);

        if (evidence.Refusal is { } refusal)
        {
            return Refuse(refusal);
        }

        if (facts.Meeting is not { } meeting)
        {
            return Refuse(CheckInOutcome.WrongMeeting);
        }

        if (facts.Member is not { } member)
        {
            return Refuse(CheckInOutcome.UnknownCard);
        }

        // A card read before it was revoked was good when it was read.
        if (facts.CardRevokedAt is { } revokedAt && (!trusted || at >= revokedAt))
        {
            return Refuse(CheckInOutcome.RevokedCard);
        }

        if (meeting.Cancelled)
        {
            return Refuse(CheckInOutcome.MeetingCancelled);
        }

        if (member.Suspended)
        {
            return Refuse(CheckInOutcome.MemberSuspended);
        }

        if (!facts.OnRoster)
        {
            return Refuse(meeting.MembersSession ? CheckInOutcome.NotOnRoster : CheckInOutcome.Guest);
        }

        if (facts.Current is { Records: >= MostRecords } && evidence.Method is not CheckInMethod.Helper)
        {
            return Refuse(CheckInOutcome.RateLimited);
        }

        var closes = meeting.ClosedAt is { } closed && closed < meeting.CheckInCloses ? closed : meeting.CheckInCloses;
        var present = facts.Current is { State: not AttendanceState.Pending };
        if (at < meeting.CheckInOpens)
        {
            return Refuse(present ? CheckInOutcome.AlreadyCheckedIn : CheckInOutcome.TooEarly);
        }

        if (at >= closes)
        {
            return Refuse(present ? CheckInOutcome.AlreadyCheckedIn : CheckInOutcome.TooLate);
        }

        var state = at >= meeting.LateAfter ? AttendanceState.Late : AttendanceState.Present;
        var points = state is AttendanceState.Late ? meeting.LatePoints : meeting.Points;
        if (facts.Current is not { } current)
        {
            return new(CheckInOutcome.Accepted, at, new(state, at, trusted, 1, points, Lift: false));
        }

        // What was seen before the host took the attendance back never revives it, nor improves what came after.
        if (current.UndoneAt is { } undoneAt && (!trusted || at <= undoneAt))
        {
            return Refuse(present ? CheckInOutcome.AlreadyCheckedIn : CheckInOutcome.Undone);
        }

        if (!present)
        {
            return new(CheckInOutcome.Accepted, at, new(state, at, trusted, current.Revision + 1, points, Lift: false));
        }

        var earlier = trusted && at < current.At;
        var lift = earlier && current.State is AttendanceState.Late && state is AttendanceState.Present;
        return lift
            ? new(CheckInOutcome.Accepted, at, new(state, at, trusted, current.Revision + 1, points, Lift: true))
            : earlier
                ? new(CheckInOutcome.AlreadyCheckedIn, at, new(current.State, at, trusted, current.Revision, points, Lift: false))
                : Refuse(CheckInOutcome.AlreadyCheckedIn);
    }
}
