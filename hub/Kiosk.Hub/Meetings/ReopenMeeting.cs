using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>POST /api/meetings/{id}/reopen: takes back a close made by mistake. What was checked in stays as it is.</summary>
internal static class ReopenMeeting
{
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<Done>((database, cancellation) => ReopenAsync(database, id, rooms, now, cancellation), cancellationToken);
        return result.ToHttp();
    }

    private static async Task<Result<Done>> ReopenAsync(HubDbContext db, Guid id, RoomFeeds rooms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Before the room is looked at: it and a meeting being saved must not both find the room free.
        await db.TakeFeedTurnAsync(cancellationToken);
        var meeting = await db.Set<Meeting>().SingleAsync(candidate => candidate.Id == id, cancellationToken);
        if (meeting.State is MeetingState.Scheduled)
        {
            return default(Done);
        }

        if (meeting is not { State: MeetingState.Closed, ClosedAt: { } closedAt })
        {
            return MeetingsErrors.NotClosed();
        }

        if (now - closedAt > Within)
        {
            return MeetingsErrors.ReopenTooLate((int)Within.TotalMinutes);
        }

        var taken = await db.Set<Meeting>().Where(other => other.RoomId == meeting.RoomId && other.Id != id && other.State == MeetingState.Scheduled
                && other.Start < meeting.End && other.End > meeting.Start)
            .Select(other => other.Title).FirstOrDefaultAsync(cancellationToken);
        if (taken is not null)
        {
            return MeetingsErrors.RoomTaken(taken);
        }

        meeting.State = MeetingState.Scheduled;
        meeting.ClosedAt = null;
        meeting.Revision++;
        db.SignalChanged(Topics.Meetings, id);
        await rooms.PublishAsync(db, [meeting.RoomId], now, cancellationToken);
        return default(Done);
    }
}
