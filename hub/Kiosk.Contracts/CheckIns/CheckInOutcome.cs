namespace Kiosk.Contracts.CheckIns;

/// <summary>Every way a check-in can end; on the wire in snake_case (<c>already_checked_in</c>).</summary>
public enum CheckInOutcome
{
    Accepted,
    AlreadyCheckedIn,
    TooEarly,
    TooLate,
    NotOnRoster,
    Guest,
    UnknownCard,
    WrongIssuer,
    RevokedCard,
    ExpiredCode,
    WrongMeeting,
    MeetingCancelled,
    MemberSuspended,
    RateLimited,

    /// <summary>The host took the attendance back after this was seen; only the host settles it.</summary>
    Undone,
}
