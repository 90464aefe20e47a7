using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Operator;

/// <summary>Who is expected: by rule from the meeting's unit (with everything under it), adjusted by name. Followed until check-in opens.</summary>
/// <param name="Kinds">人员类别; all when null or empty.</param>
/// <param name="Posts">Only holders of one of these posts; no condition when null or empty.</param>
/// <param name="Added">Expected besides; at most 500.</param>
/// <param name="Removed">Not expected although the rule names them; at most 500.</param>
/// <param name="Observers">列席: expected, never votes, counted apart; at most 500.</param>
public sealed record RosterRule(
    IReadOnlyList<PersonKind>? Kinds = null, IReadOnlyList<MemberPost>? Posts = null, IReadOnlyList<Guid>? Added = null, IReadOnlyList<Guid>? Removed = null,
    IReadOnlyList<Guid>? Observers = null);

/// <summary>POST /api/meetings/roster-preview (Host) → <see cref="RosterPreview"/>: how many a rule reaches now.</summary>
/// <param name="Type">Gives the rule when <paramref name="Roster"/> is null.</param>
public sealed record RosterPreviewInput(Guid OrgUnitId, string? Type, RosterRule? Roster, IReadOnlyList<Guid>? RosterMemberIds = null, IReadOnlyList<Guid>? JointUnitIds = null);

/// <param name="Expected">应到.</param>
/// <param name="Voting">Of those, with a vote.</param>
/// <param name="Names">The first of them, by name; at most 30.</param>
public sealed record RosterPreview(int Expected, int Voting, int Observers, IReadOnlyList<string> Names);

/// <summary>
/// PUT /api/meetings/{id}/roster/{memberId} (Host): puts somebody on the roster, also while the meeting runs, or signs them up.
/// DELETE takes them off (409 <c>already_present</c> once they have come); of a sign-up meeting: withdraws the sign-up.
/// </summary>
public sealed record RosterChange(RosterKind Kind = RosterKind.Expected);

/// <summary>结对共建: GET /api/meeting-invitations?orgUnitId=; POST /api/meeting-invitations/{meetingId}/{orgUnitId}/accept, /decline (Host of that unit).</summary>
public sealed record MeetingInvitation(
    Guid MeetingId, Guid OrgUnitId, string OrgUnitName, string Title, string TypeName, string HostUnitName, string RoomName, DateTimeOffset Start, DateTimeOffset End, string TimeZone,
    JointState State, MeetingState MeetingState);

public sealed record JointUnit(Guid OrgUnitId, string Name, JointState State);

public enum JointState
{
    /// <summary>Waits for a host of the unit.</summary>
    Invited,
    Accepted,
    Declined,
}
