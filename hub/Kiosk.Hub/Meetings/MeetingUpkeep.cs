using System.Threading.Channels;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Meetings.Series;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>
/// Keeps coming meetings true: series are made ahead, and rosters follow their rules (somebody joined, moved, was made a committee member)
/// until check-in opens. Every hour, and soon after members changed.
/// </summary>
internal sealed partial class MeetingUpkeep(
    HubWriter writer, IDbContextFactory<HubDbContext> contexts, RoomFeeds rooms, TimeProvider time, ILogger<MeetingUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    // An import changes members one by one.
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Never blocks.</summary>
    public void Touch() => _wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = time.CreateTimer(_ => Touch(), null, _interval, _interval);
        Touch();
        while (await _wake.Reader.WaitToReadAsync(stoppingToken))
        {
            _wake.Reader.TryRead(out _);
            try
            {
                await PassAsync(time.GetUtcNow(), stoppingToken);
            }
#pragma warning disable CA1031 // The next pass finds the same again.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }

            // Real time on purpose: this only spares work, nothing depends on it.
            await Task.Delay(_pause, stoppingToken);
        }
    }

    /// <summary>Everything that is due at this instant.</summary>
    public async Task PassAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Guid> series;
        List<Meeting> meetings;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            series = await db.Set<MeetingSeries>().Where(entry => entry.CancelledAt == null && entry.EndsBefore == null).OrderBy(entry => entry.Id).Select(entry => entry.Id).ToListAsync(cancellationToken);
            meetings = await db.Set<Meeting>().AsNoTracking().Where(meeting => meeting.State == MeetingState.Scheduled && !meeting.RosterChosen && meeting.CheckInOpens > now)
                .OrderBy(meeting => meeting.Start).ToListAsync(cancellationToken);
        }

        foreach (var id in series)
        {
            var made = await writer.WriteAsync<Done>((db, cancellation) => MakeAsync(db, id, now, cancellation), cancellationToken);
            if (!made.IsOk)
            {
                LogNotMade(id, made.Error.Code);
            }
        }

        foreach (var meeting in meetings)
        {
            // Asked outside the write, which others wait for; few rosters change in an hour.
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await SaveRoster.IsStaleAsync(db, meeting, cancellationToken))
            {
                await writer.WriteAsync<Done>((database, cancellation) => RefreshAsync(database, meeting.Id, now, cancellation), cancellationToken);
            }
        }
    }

    private async Task<Result<Done>> MakeAsync(HubDbContext db, Guid seriesId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.TakeFeedTurnAsync(cancellationToken);
        var series = await db.Set<MeetingSeries>().SingleOrDefaultAsync(entry => entry.Id == seriesId && entry.CancelledAt == null && entry.EndsBefore == null, cancellationToken);
        var changed = new HashSet<Guid>();
        if (series is not null && await SeriesMaker.MakeAsync(db, series, null, freeRoom: false, changed, now, cancellationToken) is { IsOk: false } refused)
        {
            return refused;
        }

        if (changed.Count > 0)
        {
            await rooms.PublishAsync(db, changed, now, cancellationToken);
        }

        return default(Done);
    }

    private async Task<Result<Done>> RefreshAsync(HubDbContext db, Guid meetingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.TakeFeedTurnAsync(cancellationToken);
        var meeting = await db.Set<Meeting>().SingleOrDefaultAsync(
            row => row.Id == meetingId && row.State == MeetingState.Scheduled && !row.RosterChosen && row.CheckInOpens > now, cancellationToken);
        if (meeting is not null && await SaveRoster.RefreshAsync(db, meeting, now, cancellationToken))
        {
            db.SignalChanged(Contracts.Operator.Topics.Meetings, meeting.Id);
            await rooms.PublishAsync(db, [meeting.RoomId], now, cancellationToken);
        }

        return default(Done);
    }

    [LoggerMessage(4010, LogLevel.Error, "Coming meetings could not be looked after; it is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(4011, LogLevel.Warning, "The next meetings of series {SeriesId} could not be made: {Code}.")]
    private partial void LogNotMade(Guid seriesId, string code);
}
