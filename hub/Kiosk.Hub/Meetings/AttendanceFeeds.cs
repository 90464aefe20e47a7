using System.Diagnostics;
using System.Threading.Channels;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>
/// Brings who-has-come to the rooms' displays: at once for the first arrival, then together for all that came meanwhile, so that a crowd
/// at the door costs a few documents and not one a head. The documents are made outside the write, which check-ins share.
/// What a crash leaves unpublished the next start publishes.
/// </summary>
internal sealed partial class AttendanceFeeds(
    HubWriter writer, IDbContextFactory<HubDbContext> contexts, TimeProvider time, ILogger<AttendanceFeeds> logger) : BackgroundService
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(200);

    // Crowds in many rooms at once: at most a fifth of one processor goes into telling the walls.
    private const int PauseForWork = 4;

    private readonly Lock _sync = new();
    private readonly HashSet<Guid> _rooms = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private sealed record Made(Guid RoomId, string Key, long BasedOn, MadeDocument Document);

    /// <summary>Never blocks.</summary>
    public void Touch(IEnumerable<Guid> roomIds)
    {
        lock (_sync)
        {
            _rooms.UnionWith(roomIds);
        }

        _wake.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _wake.Reader.WaitToReadAsync(stoppingToken))
        {
            _wake.Reader.TryRead(out _);
            var rooms = Take();
            if (rooms.Count == 0)
            {
                continue;
            }

            var started = Stopwatch.GetTimestamp();
            try
            {
                await PublishAsync(rooms, stoppingToken);
            }
#pragma warning disable CA1031 // Tried again after the pause.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(exception);
                Touch(rooms);
            }

            // Real time on purpose: this only spares work, nothing depends on it.
            var pause = Stopwatch.GetElapsedTime(started) * PauseForWork;
            await Task.Delay(pause < _shortestPause ? _shortestPause : pause, stoppingToken);
        }
    }

    private async Task PublishAsync(List<Guid> rooms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var made = new List<Made>();
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            foreach (var room in rooms.Order())
            {
                var key = FeedKeys.Attendance(room);
                if (await db.Set<Feed>().Where(feed => feed.Key == key).Select(feed => new { feed.Version, feed.Sha256 }).SingleOrDefaultAsync(cancellationToken) is not { } head)
                {
                    // The room's meeting was not published yet; that publishes this as well.
                    continue;
                }

                var document = FeedStore.Make(await RoomFeeds.AttendanceAsync(db, room, now, cancellationToken));
                if (document.Sha256 != head.Sha256)
                {
                    made.Add(new Made(room, key, head.Version, document));
                }
            }
        }

        if (made.Count == 0)
        {
            return;
        }

        var overtaken = await writer.WriteAsync<List<Guid>>(
            async (db, cancellation) =>
            {
                var left = new List<Guid>();
                foreach (var one in made)
                {
                    if (!await FeedStore.PublishMadeAsync(db, one.Key, one.Document, one.BasedOn, now, cancellation))
                    {
                        left.Add(one.RoomId);
                    }
                }

                return left;
            },
            cancellationToken);
        if (overtaken.Value is { Count: > 0 } rest)
        {
            Touch(rest);
        }
    }

    private List<Guid> Take()
    {
        lock (_sync)
        {
            var rooms = _rooms.ToList();
            _rooms.Clear();
            return rooms;
        }
    }

    [LoggerMessage(4000, LogLevel.Error, "Attendance could not be published; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
