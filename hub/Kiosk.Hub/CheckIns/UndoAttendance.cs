using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>POST /api/meetings/{id}/check-ins/undo: takes a member's attendance back; what it brought is reversed by a posting of its own.</summary>
internal static class UndoAttendance
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, UndoCheckIn input, OperatorAccess access, HubDbContext db, HubWriter writer, PointsRules rules, AttendanceFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        if (new Validation().Text(input.Reason, "reason", 200).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteAsync<Done>(
            (database, cancellation) => UndoAsync(database, id, input, by, rules, feeds, now, cancellation), cancellationToken);
        return result.ToHttp();
    }

    private static async Task<Result<Done>> UndoAsync(
        HubDbContext db, Guid meetingId, UndoCheckIn input, string by, PointsRules rules, AttendanceFeeds feeds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var statements = new Statements(db);
        var ledger = new LedgerStore(statements, rules);
        // Locks the member before anything of theirs is read.
        var account = await ledger.ReadAsync(input.MemberId, cancellationToken);
        var attendance = await db.Set<Attendance>().AsNoTracking().SingleOrDefaultAsync(
            row => row.MeetingId == meetingId && row.MemberId == input.MemberId, cancellationToken);
        if (attendance is null or { State: AttendanceState.Pending })
        {
            return CheckInErrors.NotCheckedIn();
        }

        var meeting = (await new CheckInReader(statements).MeetingAsync(meetingId, cancellationToken))!;
        var current = new AttendanceFacts(
            attendance.State, attendance.At, attendance.Trusted, attendance.Revision, attendance.Granted, attendance.Records)
        {
            CheckInId = attendance.CheckInId, LeftAt = attendance.LeftAt,
        };
        var order = new AttendanceTakeBack.Order(meeting, input.MemberId, attendance.CheckInId, now, now, by, input.Reason.Trim(), UndoSource.Host);
        var undo = new AttendanceTakeBack(statements, ledger);
        account = await undo.ApplyAsync(order, current, account, cancellationToken);
        await undo.RestoreMakeUpAsync(meeting, input.MemberId, now, account, cancellationToken);
        db.OnCommitted(_ => feeds.Touch([meeting.RoomId]));
        db.SignalChanged(Topics.Meetings, meetingId);
        return default(Done);
    }
}
