namespace Kiosk.Contracts.Operator;

public enum GuestKind
{
    /// <summary>来宾: a name, nothing more.</summary>
    Guest,

    /// <summary>外单位党员: of a branch outside the system; gets a printed receipt to take home.</summary>
    Visitor,
}

/// <summary>GET, POST /api/meetings/{id}/guests (Host); at most 500. POST …/guests/{guestId}/remove with a reason takes one back.</summary>
/// <param name="ReceiptNumber">Of the 参加组织生活证明, visitors only; its page is /print/meetings/{id}/guests/{guestId}/receipt.</param>
/// <param name="RemovedAt">Entered by mistake; kept with who and why.</param>
public sealed record GuestView(
    Guid Id, GuestKind Kind, string Name, string? Branch, PersonKind? PersonKind, DateTimeOffset At, string By, string? ReceiptNumber, DateTimeOffset? RemovedAt, string? RemovedBy, string? RemovedReason);

/// <param name="Name">1–60 characters.</param>
/// <param name="Branch">1–120 characters, visitors only.</param>
/// <param name="PersonKind">Visitors only.</param>
/// <param name="At">When they came; null = now.</param>
public sealed record GuestInput(GuestKind Kind, string Name, string? Branch = null, PersonKind? PersonKind = null, DateTimeOffset? At = null);

public sealed record RemoveGuest(string Reason);

/// <summary>
/// POST /api/meetings/{id}/floating (Host) → <see cref="CheckIns.CheckInResult"/>: a member of another branch of this system (流动党员), or one who was not
/// expected, takes part here: no vote, not among the expected; points and attendance go to the home branch's record.
/// 404 <c>member_unknown</c> also when number and name do not belong together.
/// </summary>
/// <param name="MemberNumber">As on the card.</param>
/// <param name="Name">In full: a number alone must not tell who it belongs to.</param>
/// <param name="Reason">1–200 characters.</param>
public sealed record FloatingCheckIn(string MemberNumber, string Name, string Reason, DateTimeOffset? At = null);

/// <summary>GET /api/meetings/{id}/attendance/others (Host): who came without being expected; those of other branches with the name masked.</summary>
/// <param name="HomeUnit">The branch they belong to.</param>
/// <param name="Elsewhere">It is not a unit of this host.</param>
public sealed record UnexpectedRow(
    Guid MemberId, string Name, string HomeUnit, bool Elsewhere, AttendanceState State, DateTimeOffset At, CheckIns.CheckInMethod? Method, int Points, DateTimeOffset? LeftAt);

/// <summary>GET /api/members/{id}/elsewhere (Host): meetings of other branches a member took part in, newest first; at most 200.</summary>
public sealed record ElsewhereRow(Guid MeetingId, string Title, string TypeName, string UnitName, DateTimeOffset Start, string TimeZone, AttendanceState State, DateTimeOffset At, int Points);
