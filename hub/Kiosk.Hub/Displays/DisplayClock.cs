using System.Threading.Channels;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>Derives displays anew when the passing of time changes what they may receive: an audience boundary, a new week.</summary>
internal sealed partial class DisplayClock(
    IDbContextFactory<HubDbContext> contexts, HubWriter writer, DisplayFeeds feeds, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<DisplayClock> logger) : BackgroundService
{
    private const int Batch = 100;

    private static readonly TimeSpan _longestSleep = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A display's next boundary may have come closer.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Derives the display first if a boundary has passed that the clock has not come to yet.</summary>
    public async Task EnsureCurrentAsync(Guid displayId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Display>().AnyAsync(display => display.Id == displayId && display.DerivedUntil <= now, cancellationToken))
        {
            await RefreshAsync([displayId], cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The hub's own address is part of the documents and known only once it listens.
        await StartedAsync(stoppingToken);
        await GuardAsync(RefreshAllAsync, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await GuardAsync(SleepAsync, stoppingToken);
            await GuardAsync(RefreshDueAsync, stoppingToken);
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task SleepAsync(CancellationToken stoppingToken)
    {
        var sleep = _longestSleep;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(stoppingToken);
            if (await db.Set<Display>().MinAsync(display => (DateTimeOffset?)display.DerivedUntil, stoppingToken) is { } next)
            {
                var left = next - time.GetUtcNow();
                sleep = left < TimeSpan.Zero ? TimeSpan.Zero : left < sleep ? left : sleep;
            }

            using var limit = new CancellationTokenSource(sleep, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Slept enough.
        }
    }

    private async Task RefreshAllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var batch in (await db.Set<Display>().Select(display => display.Id).ToListAsync(cancellationToken)).Chunk(Batch))
        {
            await RefreshAsync(batch, cancellationToken);
        }
    }

    private async Task RefreshDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Set<Display>().Where(display => display.DerivedUntil <= now).Select(display => display.Id).ToListAsync(cancellationToken);
        foreach (var batch in due.Chunk(Batch))
        {
            await RefreshAsync(batch, cancellationToken);
        }
    }

    private Task<Result<Done>> RefreshAsync(IReadOnlyCollection<Guid> displayIds, CancellationToken cancellationToken) =>
        writer.WriteAsync<Done>(
            async (db, token) =>
            {
                await feeds.RefreshAsync(db, displayIds, time.GetUtcNow(), token);
                return new Done();
            },
            cancellationToken);

    private async Task GuardAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken);
        }
        catch (Exception exception) when (exception.IsFault(stoppingToken))
        {
            LogRefreshFailed(exception);
            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
        }
    }

    [LoggerMessage(3201, LogLevel.Error, "Displays could not be derived anew; trying again.")]
    private partial void LogRefreshFailed(Exception exception);
}
