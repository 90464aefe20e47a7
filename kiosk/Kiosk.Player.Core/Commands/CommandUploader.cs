using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Commands;

/// <summary>Tells the hub what became of commands, until it has confirmed each.</summary>
internal sealed partial class CommandUploader : IUploader
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(40);

    private readonly CommandDesk desk;
    private readonly Signal news;
    private readonly ILogger log;

    public CommandUploader(CommandDesk desk, TimeProvider time, ILogger log)
    {
        (this.desk, this.log, news) = (desk, log, new Signal(time));
        desk.Changed += news.Set;
    }

    public async Task RunAsync(IHubLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var report in desk.Untold())
            {
                try
                {
                    await link.ReportCommandAsync(report, cancellationToken);
                    desk.Told(report);
                }
                catch (Exception e) when (e is HubException or SqliteException)
                {
                    LogRefused(e.Message); // an older hub, one in trouble, or a full disk here; nothing else waits for it
                }
            }

            await news.WaitAsync(Pause, cancellationToken);
        }
    }

    [LoggerMessage(5105, LogLevel.Warning, "What became of a command was not told; it is told again: {Reason}")]
    private partial void LogRefused(string reason);
}
