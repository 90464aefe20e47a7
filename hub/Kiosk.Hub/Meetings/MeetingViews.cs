using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>Meetings as the admin sees them.</summary>
internal static class MeetingViews
{
    internal sealed record Row(Meeting Meeting, string OrgUnitName, string RoomName, int Expected, int Present, int LeaveWaiting, int OnLeave);

    public static IQueryable<Row> Rows(HubDbContext db, IQueryable<Meeting> meetings) =>
        from meeting in meetings
        join unit in db.Set<OrgUnit>() on meeting.OrgUnitId equals unit.Id
        join room in db.Set<Room>() on meeting.RoomId equals room.Id
        select new Row(
            meeting,
            unit.Name,
            room.Name,
            db.Set<RosterMember>().Count(entry => entry.MeetingId == meeting.Id),
            db.Set<Attendance>().Count(attendance => attendance.MeetingId == meeting.Id && attendance.State != AttendanceState.Pending
                && db.Set<RosterMember>().Any(entry => entry.MeetingId == meeting.Id && entry.MemberId == attendance.MemberId)),
            meeting.State == MeetingState.Cancelled ? 0 : db.Set<LeaveRequest>().Count(leave => leave.MeetingId == meeting.Id && leave.State == LeaveState.Requested),
            db.Set<LeaveRequest>().Count(leave => leave.MeetingId == meeting.Id && leave.State == LeaveState.Approved
                && !db.Set<Attendance>().Any(attendance =>
                    attendance.MeetingId == meeting.Id && attendance.MemberId == leave.MemberId && attendance.State != AttendanceState.Pending)));

    public static MeetingSummary Summary(Row row) => new(
        row.Meeting.Id, row.Meeting.Number, row.Meeting.Title, row.Meeting.Type, MeetingType.Find(row.Meeting.Type)?.Name ?? row.Meeting.Type,
        row.Meeting.OrgUnitId, row.OrgUnitName, row.Meeting.RoomId, row.RoomName, row.Meeting.Start, row.Meeting.End, row.Meeting.TimeZone,
        row.Meeting.State, row.Meeting.CheckInOpens, row.Meeting.ClosedAt < row.Meeting.CheckInCloses ? row.Meeting.ClosedAt.Value : row.Meeting.CheckInCloses,
        row.Expected, row.Present, row.LeaveWaiting, row.OnLeave);

    public static async Task<MeetingDetail?> DetailAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken)
    {
        var row = await Rows(db, db.Set<Meeting>().AsNoTracking().Where(meeting => meeting.Id == meetingId)).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var voting = db.Set<RosterMember>().Where(entry => entry.MeetingId == meetingId && entry.Votes);
        var votingExpected = await voting.CountAsync(cancellationToken);
        var votingPresent = await voting.CountAsync(
            entry => db.Set<Attendance>().Any(attendance =>
                attendance.MeetingId == meetingId && attendance.MemberId == entry.MemberId && attendance.State != AttendanceState.Pending), cancellationToken);
        return new MeetingDetail(
            Summary(row), row.Meeting.MembersSession, row.Meeting.HostName, row.Meeting.Agenda, votingExpected, votingPresent,
            Quorum.Needed(row.Meeting.QuorumPercent, votingExpected),
            row.Meeting.QuorumPercent is null ? null : MeetingType.Find(row.Meeting.Type)?.QuorumSource,
            row.Meeting.Revision, row.Meeting.RosterChosen);
    }
}
