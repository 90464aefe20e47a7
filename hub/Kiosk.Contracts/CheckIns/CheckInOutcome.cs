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

    /// <summary>离场已记下: seen again in the exit window after having come.</summary>
    Left,

    /// <summary>Answer to an undo of the same device: its check-in counts no more; a new scan does.</summary>
    TakenBack,
}
