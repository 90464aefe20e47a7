using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>POST /api/meetings/{id}/close and /cancel. Doing either twice is the same as once.</summary>
internal static class EndMeeting
{
    public static async Task<Results<NoContent, ProblemHttpResult>> CloseAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, MeetingRunner runner, TimeProvider time, CancellationToken cancellationToken) =>
        await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error
            ? Problems.From(error)
            : (await RunMeeting.DoAsync(id, new RunInput(HostActionKind.Close), access.Name, writer, runner, time.GetUtcNow(), cancellationToken)).ToHttp();

    public static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(
        Guid id, MeetingCancellation? input, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, PointsRules rules, TimeProvider time, CancellationToken cancellationToken)
    {
        var reason = string.IsNullOrWhiteSpace(input?.Reason) ? null : input.Reason.Trim();
        return new Validation().Text(reason, "reason", 120, optional: true).Error() is { } invalid
            ? Problems.From(invalid)
            : await CancelAsync(id, reason, access, db, writer, rooms, rules, time, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(
        Guid id, string? reason, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, PointsRules rules, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await database.TakeFeedTurnAsync(cancellation);
                await database.LockMeetingAsync(id, cancellation);
                var meeting = await database.Set<Meeting>().SingleAsync(candidate => candidate.Id == id, cancellation);
                if (meeting.State is MeetingState.Cancelled)
                {
                    return default(Done);
                }

                if (meeting.State is not MeetingState.Scheduled)
                {
                    return MeetingsErrors.NotOpen();
                }

                // Told here and not before: whoever was let in up to now was let in before it was cancelled.
                var now = time.GetUtcNow();
                await PayWaiting.CancelAsync(database, meeting, reason, rules, now, cancellation);
                meeting.ClosedAt = null;
                database.SignalChanged(Topics.Meetings, id);
                await rooms.PublishAsync(database, [meeting.RoomId], now, cancellation);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }
}
