using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>Meetings as the admin sees them.</summary>
internal static class MeetingViews
{
    internal sealed record Row(
        Meeting Meeting, string OrgUnitName, string RoomName, int Expected, int Present, int LeaveWaiting, int OnLeave, int Observers, int ObserversPresent, List<MeetingSession> Sessions);

    public static IQueryable<Row> Rows(HubDbContext db, IQueryable<Meeting> meetings) =>
        from meeting in meetings
        join unit in db.Set<OrgUnit>() on meeting.OrgUnitId equals unit.Id
        join room in db.Set<Room>() on meeting.RoomId equals room.Id
        select new Row(
            meeting,
            unit.Name,
            room.Name,
            db.Set<RosterMember>().Count(entry => entry.MeetingId == meeting.Id && entry.Kind == RosterKind.Expected),
            db.Set<Attendance>().Count(attendance => attendance.MeetingId == meeting.Id && attendance.State != AttendanceState.Pending
                && db.Set<RosterMember>().Any(entry => entry.MeetingId == meeting.Id && entry.MemberId == attendance.MemberId && entry.Kind == RosterKind.Expected)),
            meeting.State == MeetingState.Cancelled ? 0 : db.Set<LeaveRequest>().Count(leave => leave.MeetingId == meeting.Id && leave.State == LeaveState.Requested
                && db.Set<RosterMember>().Any(entry => entry.MeetingId == meeting.Id && entry.MemberId == leave.MemberId)),
            db.Set<LeaveRequest>().Count(leave => leave.MeetingId == meeting.Id && leave.State == LeaveState.Approved
                && db.Set<RosterMember>().Any(entry => entry.MeetingId == meeting.Id && entry.MemberId == leave.MemberId)
                && !db.Set<Attendance>().Any(attendance =>
                    attendance.MeetingId == meeting.Id && attendance.MemberId == leave.MemberId && attendance.State != AttendanceState.Pending)),
            db.Set<RosterMember>().Count(entry => entry.MeetingId == meeting.Id && entry.Kind == RosterKind.Observer),
            db.Set<Attendance>().Count(attendance => attendance.MeetingId == meeting.Id && attendance.State != AttendanceState.Pending
                && db.Set<RosterMember>().Any(entry => entry.MeetingId == meeting.Id && entry.MemberId == attendance.MemberId && entry.Kind == RosterKind.Observer)),
            db.Set<MeetingSession>().Where(session => session.MeetingId == meeting.Id).OrderBy(session => session.Position).ToList());

    public static MeetingSummary Summary(Row row) => new(
        row.Meeting.Id, row.Meeting.Number, row.Meeting.Title, row.Meeting.Type, TypeNameOf(row.Meeting, row.Sessions),
        row.Meeting.OrgUnitId, row.OrgUnitName, row.Meeting.RoomId, row.RoomName, row.Meeting.Start, row.Meeting.End, row.Meeting.TimeZone,
        row.Meeting.State, row.Meeting.CheckInOpens, row.Meeting.ClosedAt < row.Meeting.CheckInCloses ? row.Meeting.ClosedAt.Value : row.Meeting.CheckInCloses,
        row.Expected, row.Present, row.LeaveWaiting, row.OnLeave, row.Observers, row.ObserversPresent, row.Meeting.SignUp, row.Meeting.SeriesId, row.Meeting.CancelReason);

    /// <summary>Of several sessions, all their names.</summary>
    public static string TypeNameOf(Meeting meeting, IReadOnlyList<MeetingSession> sessions) => sessions.Count == 0
        ? MeetingType.NameOf(meeting.Type, meeting.TypeName)
        : string.Join(MeetingsText.Get("type_separator"), sessions.Select(session => MeetingType.NameOf(session.Type, session.TypeName)).Distinct());

    public static string? QuorumSourceOf(Meeting meeting) =>
        meeting.QuorumPercent is null ? null : MeetingType.QuorumSourceOf(meeting.QuorumType ?? meeting.Type, meeting.QuorumSource);

    public static async Task<MeetingDetail?> DetailAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken)
    {
        var row = await Rows(db, db.Set<Meeting>().AsNoTracking().Where(meeting => meeting.Id == meetingId)).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var meeting = row.Meeting;
        var voting = db.Set<RosterMember>().Where(entry => entry.MeetingId == meetingId && entry.Votes);
        var votingExpected = await voting.CountAsync(cancellationToken);
        var votingPresent = await voting.CountAsync(
            entry => db.Set<Attendance>().Any(attendance =>
                attendance.MeetingId == meetingId && attendance.MemberId == entry.MemberId && attendance.State != AttendanceState.Pending), cancellationToken);
        var observers = await db.Set<RosterMember>().Where(entry => entry.MeetingId == meetingId && entry.Kind == RosterKind.Observer).Select(entry => entry.MemberId).ToListAsync(cancellationToken);
        var clash = meeting.State is MeetingState.Scheduled
            ? await StoreMeeting.ClashAsync(db, meeting.RoomId, meeting.Id, meeting.Start, meeting.End, cancellationToken)
            : null;
        return new MeetingDetail(
            Summary(row), meeting.MembersSession, meeting.HostName, meeting.Agenda, votingExpected, votingPresent,
            Quorum.Needed(meeting.QuorumPercent, votingExpected), QuorumSourceOf(meeting),
            meeting.Revision, meeting.RosterChosen, RosterRules.Of(meeting, observers),
            await HostsAsync(db, meetingId, cancellationToken),
            [.. SessionsOf(meeting, row.Sessions)],
            await PeopleAsync(db, [.. meeting.RosterAdded, .. meeting.RosterRemoved, .. observers], cancellationToken),
            await JointAsync(db, meetingId, cancellationToken),
            clash,
            AttendanceRuleSet.Of(meeting))
        {
            MarksAbsent = meeting.MarksAbsent,
            HostsAtScreen = await HostRights.AnyAtScreenAsync(db, meeting, cancellationToken),
            NoDisplay = !await db.Set<Display>().AnyAsync(display => display.RoomId == meeting.RoomId, cancellationToken),
        };
    }

    /// <summary>Sessions with their ends.</summary>
    public static IEnumerable<MeetingSessionView> SessionsOf(Meeting meeting, IReadOnlyList<MeetingSession> sessions) => sessions.Select((session, at) => new MeetingSessionView(
        session.Type, MeetingType.NameOf(session.Type, session.TypeName),
        session.Title.Length > 0 ? session.Title : MeetingType.NameOf(session.Type, session.TypeName), session.Start, at + 1 < sessions.Count ? sessions[at + 1].Start : meeting.End, session.Agenda));

    private static async Task<IReadOnlyList<MeetingPerson>> HostsAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken) => await (
        from host in db.Set<MeetingHost>()
        join member in db.Set<Member>() on host.MemberId equals member.Id
        where host.MeetingId == meetingId
        orderby host.Position
        select new MeetingPerson(member.Id, member.Name)).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<MeetingPerson>> PeopleAsync(HubDbContext db, List<Guid> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await db.Set<Member>().Where(member => ids.Contains(member.Id)).OrderBy(member => member.Initials).ThenBy(member => member.Id)
            .Select(member => new MeetingPerson(member.Id, member.Name)).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<JointUnit>> JointAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken) => await (
        from joint in db.Set<MeetingUnit>()
        join unit in db.Set<OrgUnit>() on joint.OrgUnitId equals unit.Id
        where joint.MeetingId == meetingId
        orderby unit.Name
        select new JointUnit(unit.Id, unit.Name, joint.State)).ToListAsync(cancellationToken);
}
