using Kiosk.Contracts.Hosting;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>What an action has to say to mean anything.</summary>
internal static class HostActionRules
{
    private const int MostPeople = 100_000;

    public static bool IsInvalid(HostActionEntry entry) => entry.Kind switch
    {
        HostActionKind.Start => entry.MeetingId == Guid.Empty || entry.Start is not { Minutes: >= 1 and <= 24 * 60 } start || !MeetingType.MayBe(start.Type)
            || start.Roster is { Count: > Standby.MostMembers }
            || new Validation().Text(start.Title, "title", 120).Error() is not null,
        HostActionKind.Extend => entry.Until is null,
        HostActionKind.Agenda => entry.Point is not (>= 0 and < 100),
        HostActionKind.Session => entry.Point is not (>= 0 and < MeetingSession.Most),
        HostActionKind.Count => entry.Count is null || IsImpossible(entry.Count),
        HostActionKind.Begin or HostActionKind.CountEnd or HostActionKind.TakeOver or HostActionKind.Close or HostActionKind.Reopen => false,
        _ => true,
    };

    /// <summary>Whether the meeting takes no more of these. Closing, and what undoes it, is always taken: a meeting that was paged through too often still has an end.</summary>
    public static async Task<bool> IsTooManyAsync(HubDbContext db, Guid meetingId, HostActionKind kind, CancellationToken cancellationToken) =>
        kind is not (HostActionKind.Close or HostActionKind.Reopen or HostActionKind.CountEnd)
        && await db.Set<HostAction>().CountAsync(action => action.MeetingId == meetingId, cancellationToken) >= HostLimits.MostActions;

    /// <summary>What became of an action by all that is known today: one that changes nothing is only recorded, one that was too late may have come in time after all.</summary>
    public static HostActionOutcome Shown(HostAction action, IReadOnlySet<Guid> withoutEffect) =>
        action.MeetingId is null ? action.Outcome
        : withoutEffect.Contains(action.Id) ? action.Outcome is HostActionOutcome.TooLate ? HostActionOutcome.TooLate : HostActionOutcome.Recorded
        : action.Outcome is HostActionOutcome.TooLate ? HostActionOutcome.Applied
        : action.Outcome;

    private static bool IsImpossible(VoteCount count) =>
        count is not { Expected: >= 0 and <= MostPeople, Present: >= 0 and <= MostPeople, VotingExpected: >= 0 and <= MostPeople, VotingPresent: >= 0 and <= MostPeople }
        || count.QuorumNeeded is < 0 or > MostPeople;
}
