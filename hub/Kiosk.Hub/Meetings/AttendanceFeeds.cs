using System.Threading.Channels;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Meetings;

/// <summary>
/// Brings who-has-come to the rooms' displays: at once for the first arrival, then at most every 200 ms for all that came meanwhile, so that a crowd
/// at the door costs a few documents and not one a head. What a crash leaves unpublished the next start publishes.
/// </summary>
internal sealed partial class AttendanceFeeds(HubWriter writer, TimeProvider time, ILogger<AttendanceFeeds> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

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

            try
            {
                await writer.WriteAsync<Done>(
                    async (db, cancellation) =>
                    {
                        await RoomFeeds.PublishAttendanceAsync(db, rooms, time.GetUtcNow(), cancellation);
                        return default(Done);
                    },
                    stoppingToken);
            }
#pragma warning disable CA1031 // Tried again with the next arrival, and by the horizon's next pass.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(exception);
                Touch(rooms);
            }

            // Real time on purpose: this only spares work, nothing depends on it.
            await Task.Delay(_pause, stoppingToken);
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
