using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>
/// GET /api/meeting-invitations/{meetingId}/{orgUnitId}: how a joint meeting goes for a unit that takes part. Its own members by name, of all others only how many.
/// Everything else of the meeting stays with the branch that holds it.
/// </summary>
internal static class ReadJointMeeting
{
    private const int MostRows = 500;

    public static async Task<Results<Ok<JointMeetingView>, ProblemHttpResult>> GetAsync(
        Guid meetingId, Guid orgUnitId, OperatorAccess access, HubDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Host, orgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        // Who was only asked, or said no, learns nothing; the invitation itself says what there is to know.
        if (!await db.Set<MeetingUnit>().AnyAsync(unit => unit.MeetingId == meetingId && unit.OrgUnitId == orgUnitId && unit.State == JointState.Accepted, cancellationToken))
        {
            return Problems.From(MeetingsErrors.InvitationUnknown());
        }

        var now = time.GetUtcNow();
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(candidate => candidate.Id == meetingId, cancellationToken);
        var names = await (
            from host in db.Set<OrgUnit>()
            from mine in db.Set<OrgUnit>()
            from room in db.Set<Room>()
            where host.Id == meeting.OrgUnitId && mine.Id == orgUnitId && room.Id == meeting.RoomId
            select new { Host = host.Name, Mine = mine.Name, mine.Path, Room = room.Name }).SingleAsync(cancellationToken);
        var people = await PeopleAsync(db, meeting, names.Path, now, cancellationToken);
        var count = await RunViews.CountAsync(db, meeting, cancellationToken);
        var run = await RunViews.OfAsync(db, meetingId, now, cancellationToken);
        return TypedResults.Ok(new JointMeetingView(
            meetingId, orgUnitId, names.Mine, names.Host, meeting.Title, MeetingType.NameOf(meeting.Type, meeting.TypeName), names.Room, meeting.Start, meeting.End, meeting.TimeZone,
            meeting.State, count.Expected, count.Present, people.Count(one => one.Expected), people.Count(one => one is { Expected: true, State: AttendanceState.Present or AttendanceState.Late }),
            meeting.Agenda, run.Point, people)
        {
            CancelReason = meeting.State is MeetingState.Cancelled ? meeting.CancelReason : null,
            LeaveWaiting = await LeaveWaitingAsync(db, access, meeting, orgUnitId, names.Path, cancellationToken),
        });
    }

    // Null for whoever only hosts there: leave of a joint meeting's guests is their own secretary's.
    private static async Task<int?> LeaveWaitingAsync(HubDbContext db, OperatorAccess access, Meeting meeting, Guid orgUnitId, string path, CancellationToken cancellationToken) =>
        !await access.HoldsAsync(OperatorRole.Secretary, orgUnitId, cancellationToken) ? null
        : meeting.State is MeetingState.Cancelled ? 0
        : await (
            from request in LeaveRequest.OnRoster(db)
            join member in RosterQuery.Of(db, path) on request.MemberId equals member.Id
            where request.MeetingId == meeting.Id && request.State == LeaveState.Requested
            select request).CountAsync(cancellationToken);

    private static async Task<IReadOnlyList<JointPerson>> PeopleAsync(HubDbContext db, Meeting meeting, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from member in RosterQuery.Of(db, path)
            join entry in db.Set<RosterMember>().Where(entry => entry.MeetingId == meeting.Id) on member.Id equals entry.MemberId into entries
            from entry in entries.DefaultIfEmpty()
            join came in db.Set<Attendance>().Where(row => row.MeetingId == meeting.Id) on member.Id equals came.MemberId into arrivals
            from attendance in arrivals.DefaultIfEmpty()
            join asked in db.Set<LeaveRequest>().Where(row => row.MeetingId == meeting.Id) on member.Id equals asked.MemberId into leaves
            from leave in leaves.DefaultIfEmpty()
            join handed in db.Set<MakeUp>().Where(row => row.MeetingId == meeting.Id) on member.Id equals handed.MemberId into made
            from makeUp in made.DefaultIfEmpty()
            where entry != null || (attendance != null && attendance.State != AttendanceState.Pending)
            orderby member.Initials, member.Name, member.Id
            select new
            {
                member.Id, member.Name, Kind = entry == null ? null : (RosterKind?)entry.Kind, State = attendance == null ? null : (AttendanceState?)attendance.State,
                At = attendance == null ? null : (DateTimeOffset?)attendance.At, Leave = leave == null ? null : (LeaveState?)leave.State, MakeUp = makeUp == null ? null : (MakeUpState?)makeUp.State,
            }).Take(MostRows).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new JointPerson(
            row.Id, row.Name, row.Kind is RosterKind.Expected, AttendanceStates.Of(row.State, row.Leave, meeting, now, row.MakeUp),
            row.State is AttendanceState.Present or AttendanceState.Late ? row.At : null))];
    }
}
