using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>POST /api/meetings/{id}/close and /cancel. Doing either twice is the same as once.</summary>
internal static class EndMeeting
{
    public static Task<Results<NoContent, ProblemHttpResult>> CloseAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken) =>
        EndAsync(id, MeetingState.Closed, access, db, writer, rooms, time.GetUtcNow(), cancellationToken);

    public static Task<Results<NoContent, ProblemHttpResult>> CancelAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken) =>
        EndAsync(id, MeetingState.Cancelled, access, db, writer, rooms, time.GetUtcNow(), cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        Guid id, MeetingState state, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var meeting = await database.Set<Meeting>().SingleAsync(candidate => candidate.Id == id, cancellation);
                if (meeting.State == state)
                {
                    return default(Done);
                }

                if (meeting.State is not MeetingState.Scheduled)
                {
                    return MeetingsErrors.NotOpen();
                }

                if (state is MeetingState.Closed && now < meeting.CheckInOpens)
                {
                    return MeetingsErrors.NotBegun();
                }

                meeting.State = state;
                meeting.ClosedAt = state is MeetingState.Closed ? now : null;
                meeting.Revision++;
                database.SignalChanged(Topics.Meetings, id);
                await rooms.PublishAsync(database, [meeting.RoomId], now, cancellation);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }
}
