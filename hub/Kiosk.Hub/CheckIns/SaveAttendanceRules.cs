using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>GET, PUT /api/meetings/{id}/attendance-rules. Points that waited for an exit which is no longer asked for are posted at once.</summary>
internal static class SaveAttendanceRules
{
    public static async Task<Results<Ok<AttendanceRules>, ProblemHttpResult>> GetAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken) =>
        await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error
            ? Problems.From(error)
            : TypedResults.Ok(AttendanceRuleSet.Of(await db.Set<Meeting>().AsNoTracking().SingleAsync(meeting => meeting.Id == id, cancellationToken)));

    public static async Task<Results<Ok<AttendanceRules>, ProblemHttpResult>> PutAsync(
        Guid id, AttendanceRules input, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, PointsRules rules, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var invalid = AttendanceRuleSet.Check(new Validation(), input).Error();
        if (invalid is not null)
        {
            return Problems.From(invalid);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<AttendanceRules>((database, cancellation) => SaveAsync(database, id, input, rooms, rules, now, cancellation), cancellationToken);
        return result.ToHttp();
    }

    private static async Task<Result<AttendanceRules>> SaveAsync(
        HubDbContext db, Guid id, AttendanceRules input, RoomFeeds rooms, PointsRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.TakeFeedTurnAsync(cancellationToken);
        await db.LockMeetingAsync(id, cancellationToken);
        var meeting = await db.Set<Meeting>().SingleAsync(candidate => candidate.Id == id, cancellationToken);
        if (meeting.State is MeetingState.Cancelled)
        {
            return MeetingsErrors.NotOpen();
        }

        // What somebody has earned is not put under a condition afterwards.
        var stricter = input.ExitScan is ExitScan.Required && meeting.ExitScan is not ExitScan.Required;
        if (stricter && await db.Set<Attendance>().AnyAsync(row => row.MeetingId == id && row.State != AttendanceState.Pending, cancellationToken))
        {
            return CheckInErrors.ExitRuleFixed();
        }

        var eased = meeting.ExitScan is ExitScan.Required && input.ExitScan is not ExitScan.Required;
        AttendanceRuleSet.Apply(meeting, input);
        meeting.Revision++;
        if (eased)
        {
            await PayWaiting.AllAsync(db, meeting, rules, now, cancellationToken);
        }

        db.SignalChanged(Topics.Meetings, id);
        await rooms.PublishAsync(db, [meeting.RoomId], now, cancellationToken);
        return AttendanceRuleSet.Of(meeting);
    }
}
