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
/// <param name="JointUnitIds">Counted once they agreed: to <paramref name="MeetingId"/>, or because the caller hosts them, too.</param>
public sealed record RosterPreviewInput(Guid OrgUnitId, string? Type, RosterRule? Roster, IReadOnlyList<Guid>? RosterMemberIds = null, IReadOnlyList<Guid>? JointUnitIds = null, Guid? MeetingId = null);

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

/// <summary>
/// GET /api/meeting-invitations/{meetingId}/{orgUnitId} (Host of that unit, once it takes part; before 404 <c>invitation_unknown</c>): a joint meeting as it concerns the unit.
/// </summary>
/// <param name="Expected">应到 of all units; others are numbers only.</param>
/// <param name="OwnExpected">Of the unit's own members.</param>
/// <param name="Point">Index of the current agenda point, from 0; null before the first.</param>
/// <param name="People">The unit's own members who are expected or have come, by name.</param>
public sealed record JointMeetingView(
    Guid MeetingId, Guid OrgUnitId, string OrgUnitName, string HostUnitName, string Title, string TypeName, string RoomName, DateTimeOffset Start, DateTimeOffset End, string TimeZone,
    MeetingState State, int Expected, int Present, int OwnExpected, int OwnPresent, IReadOnlyList<string> Agenda, int? Point, IReadOnlyList<JointPerson> People)
{
    /// <summary>Leave of the unit's members that waits for a word; null for whoever is not the unit's secretary and decides none (GET /api/meetings/{id}/leave?orgUnitId=).</summary>
    public int? LeaveWaiting { get; init; }

    /// <summary>Why it was cancelled; null where nobody said.</summary>
    public string? CancelReason { get; init; }
}

/// <param name="Expected">On the roster as 应到.</param>
/// <param name="At">When they came; null while they have not.</param>
public sealed record JointPerson(Guid MemberId, string Name, bool Expected, AttendanceState State, DateTimeOffset? At);

public sealed record JointUnit(Guid OrgUnitId, string Name, JointState State);

public enum JointState
{
    /// <summary>Waits for a host of the unit.</summary>
    Invited,
    Accepted,
    Declined,
}
