namespace Kiosk.Contracts.Operator;

/// <summary>请假: why a member asks to be excused.</summary>
public enum LeaveKind
{
    /// <summary>公事.</summary>
    Official,

    /// <summary>私事.</summary>
    Personal,

    /// <summary>病假: its reason is for the secretary alone.</summary>
    Sick,
}

public enum LeaveState
{
    /// <summary>Waits for the host.</summary>
    Requested,
    Approved,
    Declined,
    Withdrawn,
}

/// <summary>GET /api/meetings/{id}/leave (Host): requests for leave, those that wait first; at most 500 from <c>skip</c>, header X-Total-Count.</summary>
/// <param name="Kind">Null: private, for the secretary alone; everybody else sees 请假.</param>
/// <param name="Reason">As the member wrote it; may be empty, and is for whoever does not see the kind.</param>
/// <param name="Note">What the host answered.</param>
/// <param name="Revision">To be named when deciding.</param>
/// <param name="OfPartner">Decided for a member of a branch that takes part: whoever asks here cannot change it.</param>
public sealed record LeaveView(
    Guid MemberId, string Name, string? MemberNumber, LeaveKind? Kind, string Reason, LeaveState State, DateTimeOffset RequestedAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? Note, int Revision,
    bool OfPartner = false);

/// <summary>POST /api/meetings/{id}/leave (Host): a member asked by word of mouth; approved at once. 404 <c>not_on_roster</c>, 409 <c>already_present leave_of_partner</c>.</summary>
/// <param name="Reason">At most 200 characters; may be empty.</param>
public sealed record LeaveInput(Guid MemberId, LeaveKind Kind, string? Reason);

/// <summary>POST /api/meetings/{id}/leave/{memberId}/decision (Host). 404 <c>leave_unknown</c>, 409 <c>revision_changed</c>, 409 <c>leave_withdrawn</c>,
/// 409 <c>leave_of_partner</c>: decided for a member of a branch that takes part; the branch alone changes it.</summary>
/// <param name="Note">For the member, at most 200 characters.</param>
public sealed record LeaveDecision(bool Approve, string? Note, int Revision);
