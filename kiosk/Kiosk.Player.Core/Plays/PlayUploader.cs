using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Plays;

/// <summary>Sends the proof of play while there is a link, a minute's showings together.</summary>
internal sealed partial class PlayUploader(PlayLog log, Func<string?> epoch, TimeProvider time, ILogger logger) : IUploader
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    public async Task RunAsync(IHubLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (epoch() is { } current)
            {
                try
                {
                    await SendAsync(link, current, cancellationToken);
                }
                catch (Exception e) when (e is HubException or SqliteException)
                {
                    LogRefused(e.Message); // an older hub, one in trouble, or a full disk here; nothing else waits for it
                }
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task SendAsync(IHubLink link, string current, CancellationToken cancellationToken)
    {
        log.Correct();
        log.Reoffer(current);
        log.Condense();
        while (log.Offer(PlayBatch.Limit) is { Count: > 0 } batch)
        {
            await link.UploadPlaysAsync(new PlayBatch(batch), cancellationToken);
            log.Acknowledge(batch, current);
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "The proof of play was not sent; it is offered again: {Reason}")]
    private partial void LogRefused(string reason);
}
