using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>What the kiosk itself makes of a card.</summary>
/// <param name="Refusal">Null when it is taken; with a meeting set, a refused card is journalled all the same and the hub decides.</param>
/// <param name="Meeting">Meeting the check-in is for, when it is to be journalled.</param>
internal sealed record CardDecision(CheckInOutcome? Refusal, RoomMeeting? Meeting, Guid MemberId, string? MaskedName, bool Late)
{
    /// <summary>The member has come before and leaves now.</summary>
    public bool Leaving { get; init; }

    /// <summary>Not on the list, and journalled before: it waits for the hub and the host.</summary>
    public bool Kept { get; init; }

    /// <summary>The display belongs to a room whose meetings are not here yet: nothing can be said about any card.</summary>
    public bool NotReady { get; init; }

    public static CardDecision Refused(CheckInOutcome outcome, Guid member = default, string? maskedName = null) => new(outcome, null, member, maskedName, false);
}
