using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/meetings?orgUnitId=&amp;from=&amp;to=&amp;skip=&amp;take=.</summary>
/// <param name="LeaveWaiting">Requests for leave that wait for the host.</param>
/// <param name="OnLeave">Excused, and did not come after all.</param>
/// <param name="TypeName">Of several sessions, all their names: 党员大会、党课.</param>
/// <param name="Expected">应到; without 列席. Of a sign-up meeting: who has signed up.</param>
/// <param name="Observers">列席: expected, never votes, counted apart.</param>
/// <param name="SignUp">Members sign up of their own will; nobody is absent.</param>
/// <param name="SeriesId">The series it is one of, or null.</param>
/// <param name="CancelReason">Why it does not take place, shown to members.</param>
public sealed record MeetingSummary(
    Guid Id, int Number, string Title, string Type, string TypeName, Guid OrgUnitId, string OrgUnitName, Guid RoomId, string RoomName,
    DateTimeOffset Start, DateTimeOffset End, string TimeZone, MeetingState State, DateTimeOffset CheckInOpens, DateTimeOffset CheckInCloses, int Expected, int Present,
    int LeaveWaiting = 0, int OnLeave = 0, int Observers = 0, int ObserversPresent = 0, bool SignUp = false, Guid? SeriesId = null, string? CancelReason = null);

/// <summary>GET /api/meetings/{id}.</summary>
/// <param name="RosterChosen">The roster was chosen by name; otherwise it is everybody of the unit, and an edit says so again with null.</param>
/// <param name="Roster">Who is expected by rule, and what was adjusted by name.</param>
/// <param name="Hosts">The host, then up to five deputies.</param>
/// <param name="Sessions">More than one session in an evening, by start; empty for a meeting of one kind.</param>
/// <param name="People">Names of everybody named in <paramref name="Roster"/>.</param>
/// <param name="JointUnits">结对共建: units that take part besides the meeting's own.</param>
/// <param name="RoomClash">Title of another meeting in the same room at the same time, or null.</param>
public sealed record MeetingDetail(MeetingSummary Summary, bool MembersSession, string? HostName, IReadOnlyList<string> Agenda, int VotingExpected, int VotingPresent, int? QuorumNeeded, string? QuorumSource, int Revision, bool RosterChosen = false,
    RosterRule? Roster = null, IReadOnlyList<MeetingPerson>? Hosts = null, IReadOnlyList<MeetingSessionView>? Sessions = null, IReadOnlyList<MeetingPerson>? People = null,
    IReadOnlyList<JointUnit>? JointUnits = null, string? RoomClash = null, AttendanceRules? Attendance = null)
{
    /// <summary>Nothing hangs at its place: who comes is checked in by the host, or signs on paper.</summary>
    public bool NoDisplay { get; init; }

    /// <summary>Whoever has neither come nor leave is absent once it is closed.</summary>
    public bool MarksAbsent { get; init; } = true;

    /// <summary>Somebody with a host PIN and a card may host it at a kiosk.</summary>
    public bool HostsAtScreen { get; init; }
}

public sealed record MeetingPerson(Guid MemberId, string Name);

/// <param name="Start">The first starts with the meeting; each ends where the next starts.</param>
public sealed record MeetingSessionView(string Type, string TypeName, string Title, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<string> Agenda);

/// <param name="Title">1–120 characters; null or empty: the type's name.</param>
/// <param name="StartLocal">Ascending, the first at the meeting's start, all before its end; 400 <c>sessions_out_of_order</c>.</param>
public sealed record MeetingSessionInput(string Type, string? Title, DateTime StartLocal, IReadOnlyList<string>? Agenda = null);

/// <summary>POST /api/meetings, PUT /api/meetings/{id} (Host); POST /api/meetings/{id}/close, /cancel. Null in <paramref name="Roster"/> and what follows it keeps what an edited meeting has.</summary>
/// <param name="Title">1–120 characters.</param>
/// <param name="StartLocal">Wall-clock time in <paramref name="TimeZone"/>, at most two years ahead (400 <c>meeting_too_far</c>) and one year back (<c>meeting_too_old</c>).</param>
/// <param name="EndLocal">After the start, within 24 hours; 400 <c>range_inverted</c>.</param>
/// <param name="TimeZone">IANA id; 400 <c>time_zone_unknown</c>.</param>
/// <param name="RosterMemberIds">Chosen by name; null: by <paramref name="Roster"/>.</param>
/// <param name="Agenda">At most 30 points of 200 characters.</param>
/// <param name="PastConfirmed">The meeting is over already and is meant to be entered afterwards; without it 400 <c>meeting_past</c>.</param>
/// <param name="Roster">Null for a new meeting: whom its type expects.</param>
/// <param name="HostMemberIds">The host, then up to five deputies; 400 <c>hosts_too_many host_unknown</c>.</param>
/// <param name="Sessions">At most five; the first gives the meeting its type, and together they give it its agenda. Empty: a meeting of one kind.</param>
/// <param name="Attendance">Exit scan, grace and make-up; null for a new meeting: what its type says. Of a meeting whose check-in is open they are changed by PUT /api/meetings/{id}/attendance-rules alone.</param>
/// <param name="JointUnitIds">Units invited besides the own; those the caller hosts take part at once.</param>
/// <param name="PaidAgainConfirmed">
/// The unit had a meeting on that day which was cancelled after people got points in it: they keep those and get points in this one too. Without it 400 <c>meeting_pays_again</c>.
/// </param>
public sealed record MeetingInput(
    Guid OrgUnitId, Guid RoomId, string Type, string Title, DateTime StartLocal, DateTime EndLocal, string TimeZone,
    string? HostName, IReadOnlyList<string> Agenda, IReadOnlyList<Guid>? RosterMemberIds, bool? MembersSession, int? Revision,
    bool PastConfirmed = false, RosterRule? Roster = null, IReadOnlyList<Guid>? HostMemberIds = null, IReadOnlyList<MeetingSessionInput>? Sessions = null,
    IReadOnlyList<Guid>? JointUnitIds = null, AttendanceRules? Attendance = null, bool PaidAgainConfirmed = false);

/// <summary>POST /api/meetings/{id}/cancel (Host); the body may be left out.</summary>
/// <param name="Reason">At most 120 characters.</param>
public sealed record MeetingCancellation(string? Reason);

/// <summary>
/// GET /api/meetings/{id}/attendance?search=&amp;state=&amp;skip=&amp;take=: the roster with who has come, names in full (Host).
/// At most 500 rows at a time; header <c>X-Total-Count</c> says how many there are.
/// </summary>
/// <param name="CheckInId">The check-in that counts, to be named when undoing.</param>
/// <param name="UndoneAt">When it was last taken back, by the host or by the device that had recorded it.</param>
/// <param name="LeftAt">离场: when the member left, where that is recorded.</param>
/// <param name="Seen">Every sighting, earliest first, when more than one device saw the member; the earliest trusted one counts.</param>
/// <param name="ExitMissing">Points wait for the exit, which is not recorded yet.</param>
public sealed record AttendanceRow(
    Guid MemberId, string Name, string? MemberNumber, bool Votes, AttendanceState State, DateTimeOffset? At, CheckInMethod? Method, string? By, string? Reason, int Points, Guid? CheckInId,
    DateTimeOffset? UndoneAt = null, DateTimeOffset? LeftAt = null, IReadOnlyList<Sighting>? Seen = null, bool ExitMissing = false, RosterKind Kind = RosterKind.Expected);

public enum AttendanceState
{
    /// <summary>待签到: still awaited.</summary>
    Pending,
    Present,
    Late,

    /// <summary>请假, approved, and did not come after all.</summary>
    Leave,

    /// <summary>缺席: the meeting is over. A journalled check-in that arrives later still makes it Present.</summary>
    Absent,

    /// <summary>补学: did not come and has made up for it, approved by the host.</summary>
    MakeUp,
}

/// <summary>GET /api/meetings/{id}/check-ins?skip=&amp;take=: every record, also those that could not be applied, with its outcome (Host); paged like the attendance.</summary>
/// <param name="CountedAt">The instant that counts; differs from the observed one when the device's clock could not be trusted.</param>
/// <param name="ClockUnknown">The device had no clock to trust.</param>
/// <param name="SincePreviousMs">Since the card before it at the same device, by that device's own running clock; null for the first of a boot.</param>
/// <param name="Settlement">What the host decided about a record that could not be applied.</param>
public sealed record CheckInRecordView(
    Guid Id, string? MemberName, CheckInMethod Method, CheckInOutcome Outcome, DateTimeOffset ObservedAt, DateTimeOffset ReceivedAt, string? DisplayName, bool Offline, string? Reason,
    Guid? MemberId = null, Guid? DisplayId = null, DateTimeOffset? CountedAt = null, bool ClockUnknown = false, long? SincePreviousMs = null, SettlementView? Settlement = null);

/// <summary>POST /api/meetings/{id}/check-ins (Host): the host checks a member in → <see cref="CheckInResult"/>.</summary>
/// <param name="Reason">Why by hand, 1–200 characters.</param>
/// <param name="At">When the member came, confirmed by the host (a paper sheet after a power cut); null = now.</param>
/// <param name="Exit">The member left; 409 <c>not_checked_in</c> for somebody who has not come.</param>
public sealed record HelperCheckIn(Guid MemberId, string Reason, DateTimeOffset? At = null, bool Exit = false);

/// <summary>GET /api/meetings/{id}/undos (Host): attendance taken back, newest first; at most 500.</summary>
/// <param name="Source">Who took it back: the host, the kiosk that had recorded it, or the member's phone.</param>
public sealed record UndoView(Guid MemberId, string MemberName, DateTimeOffset At, string By, string Reason, UndoSource Source = UndoSource.Host);

public enum UndoSource
{
    Host,
    Kiosk,
    Phone,
}

/// <summary>POST /api/meetings/{id}/check-ins/undo (Host): takes a member's attendance back; points are reversed.</summary>
public sealed record UndoCheckIn(Guid MemberId, string Reason);

/// <summary>POST /api/check-in-keys/rotate (Admin of everything).</summary>
/// <param name="KeyId">Of the keys that count from now on.</param>
/// <param name="Displays">How many displays were given them.</param>
public sealed record CheckInKeysRotated(int KeyId, int Displays);

/// <summary>GET /api/meetings/{id}/refused-scans (Host): how often a display code was refused, without a trace of who scanned it.</summary>
/// <param name="Reason"><c>expired_code altered_code wrong_meeting</c>.</param>
/// <param name="LastAt">To the minute.</param>
public sealed record RefusedScanCount(string Reason, int Count, DateTimeOffset LastAt);
