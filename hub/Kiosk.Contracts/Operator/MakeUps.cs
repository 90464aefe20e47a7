namespace Kiosk.Contracts.Operator;

public enum MakeUpState
{
    /// <summary>Waits for the host.</summary>
    Submitted,
    Approved,

    /// <summary>Sent back with a reason; may be handed in again.</summary>
    Returned,

    /// <summary>Approved once and taken back; its points are reversed.</summary>
    Revoked,

    /// <summary>The member turned out to have been there: the attendance counts instead.</summary>
    Superseded,
}

/// <summary>GET /api/meetings/{id}/make-ups (Host): 补学, those that wait first; at most 500 from <c>skip</c>, header X-Total-Count.</summary>
/// <param name="Text">What the member did.</param>
/// <param name="Material">The lesson or material, as named.</param>
/// <param name="Photos">How many there are: GET …/make-ups/{memberId}/photos/{0…}; 404 <c>photo_not_ready</c> while one is being prepared.</param>
/// <param name="EnteredBy">The host who entered it; null when the member handed it in.</param>
/// <param name="Note">What the host answered.</param>
/// <param name="Revision">To be named when deciding.</param>
public sealed record MakeUpView(
    Guid MemberId, string Name, string? MemberNumber, MakeUpState State, string Text, string? Material, int Photos, DateTimeOffset SubmittedAt, string? EnteredBy,
    DateTimeOffset? DecidedAt, string? DecidedBy, string? Note, int Points, int Revision);

/// <summary>POST /api/meetings/{id}/make-ups (Host): handed in by word of mouth; approved at once. 404 <c>not_on_roster</c>, 409 <c>already_present</c>, <c>make_up_too_early</c>.</summary>
/// <param name="Text">At most 1,000 characters; it or <paramref name="Material"/> is needed.</param>
/// <param name="Material">At most 120 characters.</param>
public sealed record MakeUpInput(Guid MemberId, string? Text, string? Material);

/// <summary>
/// POST /api/meetings/{id}/make-ups/{memberId}/decision (Host). Approving posts the points; a return needs a reason.
/// 404 <c>make_up_unknown</c>, 409 <c>revision_changed</c>, <c>make_up_decided</c>, <c>already_present</c>.
/// </summary>
/// <param name="Note">For the member, at most 200 characters.</param>
public sealed record MakeUpDecision(bool Approve, string? Note, int Revision);

/// <summary>POST /api/meetings/{id}/make-ups/{memberId}/revoke (Host): takes an approval back; 409 <c>make_up_not_approved</c>.</summary>
public sealed record RevokeMakeUp(string Reason);
