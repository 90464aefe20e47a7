using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>GET /api/meetings/{id}/attendance /check-ins and /undos: plain lists, at most 500 rows from <c>skip</c>; header X-Total-Count has the number in all.</summary>
internal static class ListAttendance
{
    private const int MostRows = 500;

    public static async Task<Results<Ok<IReadOnlyList<AttendanceRow>>, ProblemHttpResult>> AttendanceAsync(
        Guid id, string? search, Choice<AttendanceState>? state, int? skip, int? take, OperatorAccess access, HubDbContext db, HttpResponse response, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var now = time.GetUtcNow();
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(candidate => candidate.Id == id, cancellationToken);
        var members = MemberSearch.Where(db.Set<Member>().AsNoTracking(), search);
        var rows =
            from entry in db.Set<RosterMember>().AsNoTracking()
            join member in members on entry.MemberId equals member.Id
            join came in db.Set<Attendance>() on new { entry.MeetingId, entry.MemberId } equals new { came.MeetingId, came.MemberId } into arrivals
            from attendance in arrivals.DefaultIfEmpty()
            join evidence in db.Set<CheckInRecord>() on attendance.CheckInId equals evidence.Id into records
            from record in records.DefaultIfEmpty()
            join asked in db.Set<LeaveRequest>() on new { entry.MeetingId, entry.MemberId } equals new { asked.MeetingId, asked.MemberId } into leaves
            from leave in leaves.DefaultIfEmpty()
            where entry.MeetingId == id
            orderby member.Initials, member.Name, member.Id
            select new { member.Id, member.Name, member.Number, entry.Votes, Attendance = attendance, Record = record, Leave = leave == null ? null : (LeaveState?)leave.State };
        var wanted = state?.Value;
        rows = wanted switch
        {
            null => rows,
            AttendanceState.Present or AttendanceState.Late => rows.Where(row => row.Attendance != null && row.Attendance.State == wanted),
            AttendanceState.Leave => rows.Where(row => (row.Attendance == null || row.Attendance.State == AttendanceState.Pending) && row.Leave == LeaveState.Approved),
            // Pending until the end, Absent afterwards.
            _ => rows.Where(row => (row.Attendance == null || row.Attendance.State == AttendanceState.Pending) && row.Leave != LeaveState.Approved),
        };
        response.Headers["X-Total-Count"] = (await rows.CountAsync(cancellationToken)).ToString(CultureInfo.InvariantCulture);
        var found = await rows.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? MostRows, 1, MostRows)).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<AttendanceRow>>([.. found.Select(row =>
        {
            var came = row.Attendance is { State: not AttendanceState.Pending };
            return new AttendanceRow(
                row.Id, row.Name, row.Number, row.Votes, AttendanceStates.Of(row.Attendance?.State, row.Leave, meeting, now), came ? row.Attendance!.At : null,
                came ? row.Record?.Method : null, came ? row.Record?.By : null, came ? row.Record?.Reason : null,
                row.Attendance?.Granted ?? 0, came ? row.Attendance!.CheckInId : null, row.Attendance?.UndoneAt);
        })]);
    }

    public static async Task<Results<Ok<IReadOnlyList<CheckInRecordView>>, ProblemHttpResult>> RecordsAsync(
        Guid id, int? skip, int? take, OperatorAccess access, HubDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var rows =
            from record in db.Set<CheckInRecord>().AsNoTracking()
            join who in db.Set<Member>() on record.MemberId equals who.Id into members
            from member in members.DefaultIfEmpty()
            join place in db.Set<Display>().IgnoreQueryFilters() on record.DisplayId equals place.Id into displays
            from display in displays.DefaultIfEmpty()
            where record.MeetingId == id
            orderby record.ReceivedAt descending, record.Id descending
            select new { Record = record, MemberName = member == null ? null : member.Name, DisplayName = display == null ? null : display.Name };
        response.Headers["X-Total-Count"] = (await rows.CountAsync(cancellationToken)).ToString(CultureInfo.InvariantCulture);
        var found = await rows.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? MostRows, 1, MostRows)).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<CheckInRecordView>>([.. found.Select(row => new CheckInRecordView(
            row.Record.Id, row.MemberName, row.Record.Method, row.Record.Outcome, row.Record.ObservedAt, row.Record.ReceivedAt, row.DisplayName,
            // A record that took longer than a minute waited in a journal.
            row.Record.ReceivedAt - row.Record.ObservedAt > TimeSpan.FromMinutes(1) || row.Record.Clock is ClockState.Unknown,
            row.Record.Reason))]);
    }

    public static async Task<Results<Ok<IReadOnlyList<UndoView>>, ProblemHttpResult>> UndosAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        return TypedResults.Ok<IReadOnlyList<UndoView>>(await (
            from undo in db.Set<AttendanceUndo>()
            join member in db.Set<Member>() on undo.MemberId equals member.Id
            where undo.MeetingId == id
            orderby undo.At descending, undo.Id
            select new UndoView(undo.MemberId, member.Name, undo.At, undo.By, undo.Reason)).Take(MostRows).ToListAsync(cancellationToken));
    }
}
