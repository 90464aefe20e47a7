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
}

/// <summary>What the hub knows when it decides.</summary>
/// <param name="Meeting">Null when there is no such meeting.</param>
/// <param name="Member">Null when there is no such member.</param>
/// <param name="OnRoster">The member is expected.</param>
/// <param name="Current">Null before the first check-in.</param>
/// <param name="CardRevokedAt">When the card was revoked, or null.</param>
internal sealed record CheckInFacts(MeetingFacts? Meeting, MemberFacts? Member, bool OnRoster, AttendanceFacts? Current, DateTimeOffset? CardRevokedAt);

internal sealed record MeetingFacts(
    Guid Id, bool Cancelled, DateTimeOffset? ClosedAt, DateTimeOffset CheckInOpens, DateTimeOffset LateAfter, DateTimeOffset CheckInCloses,
    bool MembersSession, int Points, int LatePoints, string TimeZone, Guid RoomId, DateTimeOffset Start);

internal sealed record MemberFacts(Guid Id, string Name, bool Suspended);

internal sealed record AttendanceFacts(
    Contracts.Operator.AttendanceState State, DateTimeOffset At, bool Trusted, int Revision, DateTimeOffset? UndoneAt, int Granted, int Records);
