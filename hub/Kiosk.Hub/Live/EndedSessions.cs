using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Live;

/// <summary>Closes connections whose session ended elsewhere: on another hub, with its operator, or while the connection was being opened.</summary>
internal sealed partial class EndedSessions(OperatorConnections connections, IDbContextFactory<HubDbContext> contexts, TimeProvider time, ILogger<EndedSessions> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CloseAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The next round finds the same again.
            catch (Exception exception) when (exception.IsFault(stoppingToken))
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }
        }
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        var open = connections.Sessions;
        if (open.Count == 0)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var standing = await db.Set<OperatorSession>().Where(session => open.Contains(session.Id)).Select(session => session.Id).ToListAsync(cancellationToken);
        connections.Close([.. open.Except(standing)]);
    }

    [LoggerMessage(3302, LogLevel.Error, "Ended sessions could not be looked up; trying again.")]
    private partial void LogFailed(Exception exception);
}
