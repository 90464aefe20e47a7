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

    // One write a room: with the documents of many in one, check-ins would wait for them all.
    private async Task PublishAsync(List<Guid> rooms, CancellationToken cancellationToken)
    {
        foreach (var room in rooms.Order())
        {
            if (!await PublishAsync(room, cancellationToken))
            {
                Touch([room]);
            }
        }
    }

    /// <returns>False when the feed moved on meanwhile.</returns>
    private async Task<bool> PublishAsync(Guid room, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = FeedKeys.Attendance(room);
        await using var read = await contexts.CreateDbContextAsync(cancellationToken);
        if (await read.Set<Feed>().Where(feed => feed.Key == key).Select(feed => new { feed.Version, feed.Sha256 }).SingleOrDefaultAsync(cancellationToken) is not { } head)
        {
            // The room's meeting was not published yet; that publishes this as well.
            return true;
        }

        var document = FeedStore.Make(await RoomFeeds.AttendanceAsync(read, room, now, cancellationToken));
        return document.Sha256 == head.Sha256
            || (await writer.WriteAsync<bool>(async (db, cancellation) => await FeedStore.PublishMadeAsync(db, key, document, head.Version, now, cancellation), cancellationToken)).Value;
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
