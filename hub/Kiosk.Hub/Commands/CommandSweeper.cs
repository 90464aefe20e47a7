using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Commands;

/// <summary>Records that a command's time is over, whether or not its display ever comes.</summary>
internal sealed partial class CommandSweeper(HubWriter writer, IDbContextFactory<HubDbContext> contexts, TimeProvider time, ILogger<CommandSweeper> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const int Batch = 200;

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
        while (await Due(db, now).AnyAsync(cancellationToken))
        {
            await writer.WriteAsync<Done>(
                async (writing, token) =>
                {
                    foreach (var command in await Due(writing, now).OrderBy(command => command.Id).Take(Batch).ToListAsync(token))
                    {
                        CommandRules.Pass(command, now);
                        writing.SignalChanged(Topics.Commands, command.DisplayId);
                    }

                    return new Done();
                },
                cancellationToken);
        }
    }

    private static IQueryable<DisplayCommand> Due(HubDbContext db, DateTimeOffset now)
    {
        var silent = now - CommandRules.Silence;
        return db.Set<DisplayCommand>().Where(command =>
            (command.State == DisplayCommandState.Queued && command.Expiry <= now) || (command.State == DisplayCommandState.Delivered && command.Expiry <= silent));
    }

    [LoggerMessage(3501, LogLevel.Error, "Commands whose time is over could not be marked; trying again.")]
    private partial void LogSweepFailed(Exception exception);
}
