using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>Lets time pass: meetings enter and leave what rooms know, and those nobody closed are closed an hour after their end.</summary>
internal sealed partial class MeetingHorizon(
    HubWriter writer, IDbContextFactory<HubDbContext> contexts, RoomFeeds rooms, CardIssuers issuers, TimeProvider time, ILogger<MeetingHorizon> logger) : BackgroundService
{
    public static readonly TimeSpan CloseAfter = TimeSpan.FromHours(1);

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        DateTimeOffset? last = null;
        do
        {
            var now = time.GetUtcNow();
            try
            {
                await PassAsync(last, now, stoppingToken);
                last = now;
            }
#pragma warning disable CA1031 // The next pass covers the same stretch of time again.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <param name="last">The instant of the pass before; null at start, when every room with meetings is looked at.</param>
    private async Task PassAsync(DateTimeOffset? last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (last is null)
        {
            await EnsureIssuersAsync(cancellationToken);
        }

        var changed = await writer.WriteAsync<IReadOnlyList<Guid>>(
            async (db, cancellation) =>
            {
                var rooms = await CloseAsync(db, now, cancellation);
                rooms.UnionWith(await MovedAsync(db, last, now, cancellation));
                return rooms.ToList();
            },
            cancellationToken);
        // A transaction for a few rooms, so that nobody waits long.
        foreach (var some in changed.Value!.Chunk(20))
        {
            await writer.WriteAsync<Done>(
                async (db, cancellation) =>
                {
                    await rooms.PublishAsync(db, some, now, cancellation);
                    return default(Done);
                },
                cancellationToken);
        }
    }

    // Key files are made before a transaction needs them.
    private async Task EnsureIssuersAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var root in await db.Set<OrgUnit>().Where(unit => unit.ParentId == null).Select(unit => unit.Id).ToListAsync(cancellationToken))
        {
            issuers.Of(root);
        }
    }

    private static async Task<HashSet<Guid>> CloseAsync(HubDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = now - CloseAfter;
        var open = await db.Set<Meeting>().Where(meeting => meeting.State == MeetingState.Scheduled && meeting.End <= ended).OrderBy(meeting => meeting.End).Take(200).ToListAsync(cancellationToken);
        foreach (var meeting in open)
        {
            meeting.State = MeetingState.Closed;
            meeting.ClosedAt = meeting.CheckInCloses > meeting.End ? meeting.CheckInCloses : meeting.End;
            meeting.Revision++;
            db.SignalChanged(Topics.Meetings, meeting.Id);
        }

        return [.. open.Select(meeting => meeting.RoomId)];
    }

    // Rooms of meetings that crossed an edge of what rooms know: the horizon, the opening of the attendance, the end of the thanks.
    private static async Task<IReadOnlyList<Guid>> MovedAsync(HubDbContext db, DateTimeOffset? last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var meetings = db.Set<Meeting>().AsNoTracking();
        var hour = TimeSpan.FromHours(1);
        if (last is not { } since)
        {
            var recent = now.AddDays(-1);
            var horizon = now + RoomFeeds.Horizon;
            return await meetings.Where(meeting => meeting.End > recent && meeting.Start <= horizon).Select(meeting => meeting.RoomId).Distinct().ToListAsync(cancellationToken);
        }

        DateTimeOffset enterFrom = since + RoomFeeds.Horizon, enterTo = now + RoomFeeds.Horizon;
        DateTimeOffset openFrom = since + hour, openTo = now + hour;
        DateTimeOffset leaveFrom = since - RoomFeeds.Thanks, leaveTo = now - RoomFeeds.Thanks;
        return await meetings.Where(meeting =>
            (meeting.Start > enterFrom && meeting.Start <= enterTo)
            || (meeting.CheckInOpens > openFrom && meeting.CheckInOpens <= openTo)
            || (meeting.End > leaveFrom && meeting.End <= leaveTo)
            || (meeting.CheckInCloses > since && meeting.CheckInCloses <= now)
            || (meeting.ClosedAt != null && meeting.ClosedAt > leaveFrom && meeting.ClosedAt <= leaveTo))
            .Select(meeting => meeting.RoomId).Distinct().ToListAsync(cancellationToken);
    }

    [LoggerMessage(4001, LogLevel.Error, "The meetings' horizon could not be moved; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
