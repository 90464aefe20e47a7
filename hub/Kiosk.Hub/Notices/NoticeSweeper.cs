using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Notices;

/// <summary>Takes expired notices out of their feeds. Displays stop showing them by their own clock; this keeps what they hold small.</summary>
internal sealed partial class NoticeSweeper(HubWriter writer, IDbContextFactory<HubDbContext> contexts, TimeProvider time, ILogger<NoticeSweeper> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private const int Batch = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception.IsFault(stoppingToken))
            {
                LogSweepFailed(exception);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (await db.Set<Notice>().AnyAsync(notice => !notice.Ended && notice.Expiry <= now, cancellationToken))
        {
            await writer.WriteAsync((database, token) => EndAsync(database, now, token), cancellationToken);
        }
    }

    private static async Task<Result<Done>> EndAsync(HubDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = await db.Set<Notice>().Where(notice => !notice.Ended && notice.Expiry <= now).OrderBy(notice => notice.Id).Take(Batch).ToListAsync(cancellationToken);
        expired.ForEach(notice => notice.Ended = true);
        var ids = expired.Select(notice => notice.Id).ToList();
        var scopes = await db.Set<NoticeScope>().Where(scope => ids.Contains(scope.NoticeId)).Select(scope => scope.Scope).Distinct().ToListAsync(cancellationToken);
        await NoticeFeeds.PublishAsync(db, scopes, now, cancellationToken);
        db.SignalChanged(Topics.Notices);
        return new Done();
    }

    [LoggerMessage(3401, LogLevel.Error, "Expired notices could not be taken out of their feeds; trying again.")]
    private partial void LogSweepFailed(Exception exception);
}
