using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;

namespace Kiosk.Hub.CheckIns;

/// <summary>One check-in as it reached the hub.</summary>
internal sealed record CheckInEvidence(
    Guid Id,
    Guid MeetingId,
    Guid? MemberId,
    CheckInMethod Method,
    Guid? DisplayId,
    DateTimeOffset ObservedAt,
    DateTimeOffset ReceivedAt,
    ClockState Clock)
{
    /// <summary>Already decided before the database is asked, e.g. an unreadable card; the record is kept all the same.</summary>
    public CheckInOutcome? Refusal { get; init; }

    public int? CardSerial { get; init; }

    public string? By { get; init; }

    public string? Reason { get; init; }

    public string? BootId { get; init; }

    public long? MonotonicMs { get; init; }

    public CheckInKind Kind { get; init; }

    /// <summary>Names the record taken back, with <see cref="CheckInKind.Undo"/>.</summary>
    public Guid? Undoes { get; init; }

    /// <summary>The host has looked at this very case: neither an undo before nor an early close stands against it.</summary>
    public bool HostDecides { get; init; }

    /// <summary>The record that could not be applied and is settled by this.</summary>
    public Guid? Settles { get; init; }

    /// <summary>The host lets somebody take part who is not expected.</summary>
    public bool Admitted { get; init; }

    /// <summary>Entered by somebody who answers for it, not read by a device.</summary>
    public bool ByHand => Method is CheckInMethod.Helper or CheckInMethod.Paper;

    /// <summary>What is known of the phone, for the host's eyes.</summary>
    public FairPlay.PhoneEvidence? Phone { get; init; }
}

/// <summary>What the hub knows when it decides.</summary>
/// <param name="Meeting">Null when there is no such meeting.</param>
/// <param name="Member">Null when there is no such member.</param>
/// <param name="OnRoster">The member is expected.</param>
/// <param name="Current">Null before the first check-in.</param>
/// <param name="CardRevokedAt">When the card was revoked, or null.</param>
internal sealed record CheckInFacts(MeetingFacts? Meeting, MemberFacts? Member, bool OnRoster, AttendanceFacts? Current, DateTimeOffset? CardRevokedAt)
{
    /// <summary>A trusted record of the member in the exit window that came before the arrival did; null where exits are not recorded.</summary>
    public DateTimeOffset? SeenLeaving { get; init; }

    /// <summary>Nothing seen up to this instant counts, because it was taken back; null when nothing was. See docs/decisions/0008.</summary>
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>Something of this member at this meeting was taken back by a device, or is to be once it is here.</summary>
    public bool AnyUndo { get; init; }

    /// <summary>What an approved make-up has brought; it gives way to the attendance.</summary>
    public int MadeUp { get; init; }
}

/// <param name="CancelledAt">Null unless it was cancelled.</param>
internal sealed record MeetingFacts(
    Guid Id, DateTimeOffset? CancelledAt, DateTimeOffset? ClosedAt, DateTimeOffset CheckInOpens, DateTimeOffset LateAfter, DateTimeOffset CheckInCloses,
    bool MembersSession, int Points, int LatePoints, string TimeZone, Guid RoomId, DateTimeOffset Start)
{
    /// <summary>Who comes has signed up by that.</summary>
    public bool SignUp { get; init; }

    /// <summary>Null where exits are not recorded.</summary>
    public (DateTimeOffset Opens, DateTimeOffset Closes)? Exit { get; init; }

    /// <summary>Points wait for the exit.</summary>
    public bool ExitRequired { get; init; }

    public TimeSpan Grace { get; init; }
}

internal sealed record MemberFacts(Guid Id, string Name, bool Suspended)
{
    /// <summary>流动党员 at a branch that is not their own.</summary>
    public bool Floating { get; init; }
}

internal sealed record AttendanceFacts(
    Contracts.Operator.AttendanceState State, DateTimeOffset At, bool Trusted, int Revision, int Granted, int Records)
{
    public Guid CheckInId { get; init; }

    public DateTimeOffset? LeftAt { get; init; }
}
