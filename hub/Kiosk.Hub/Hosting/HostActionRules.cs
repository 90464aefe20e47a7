using Kiosk.Contracts.Hosting;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Shared;

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

    private static bool IsImpossible(VoteCount count) =>
        count is not { Expected: >= 0 and <= MostPeople, Present: >= 0 and <= MostPeople, VotingExpected: >= 0 and <= MostPeople, VotingPresent: >= 0 and <= MostPeople }
        || count.QuorumNeeded is < 0 or > MostPeople;
}
