using Kiosk.Hub.Backup;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

/// <summary>Looks every half minute at what is wrong, and writes down what has to be told. Nothing is written while nothing changes.</summary>
internal sealed partial class AlertWatch(
    AlertPass pass, AlertTurn turns, HubWriter writer, TimeProvider time, ILogger<AlertWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>After a start displays have this long to come back before anything is judged.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan AlertsKept = TimeSpan.FromDays(90);
    public static readonly TimeSpan MessagesKept = TimeSpan.FromDays(30);

    private static readonly TimeSpan _cleanInterval = TimeSpan.FromHours(6);

    private readonly DateTimeOffset _started = time.GetUtcNow();
    private DateTimeOffset _cleaned = DateTimeOffset.MinValue;

    /// <summary>One look. Public for tests, which walk the clock themselves.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _started < Settle)
        {
            return;
        }

        var sight = await pass.SeeAsync(now, cancellationToken);
        await using var turn = await turns.TakeAsync(cancellationToken);
        if (await pass.DecideAsync(sight, _started, now, cancellationToken) is { IsEmpty: false } decision)
        {
            await decision.WriteAsync(writer, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                await CleanAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The next look finds the same again.
            catch (Exception exception) when (exception.IsFault(stoppingToken))
#pragma warning restore CA1031
            {
                LogLookFailed(exception);
            }
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _cleaned < _cleanInterval)
        {
            return;
        }

        var (alerts, messages) = (now - AlertsKept, now - MessagesKept);
        await writer.WriteAsync<int>(
            async (db, token) => await db.Set<Alert>().Where(alert => alert.Until < alerts).ExecuteDeleteAsync(token)
                + await db.Set<AlertMessage>().Where(message => message.CreatedAt < messages && (message.SentAt != null || message.FailedAt != null)).ExecuteDeleteAsync(token),
            cancellationToken);
        _cleaned = now;
    }

    [LoggerMessage(5601, LogLevel.Error, "Whether something is wrong with displays could not be looked up; trying again.")]
    private partial void LogLookFailed(Exception exception);
}
