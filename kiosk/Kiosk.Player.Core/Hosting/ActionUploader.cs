using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Links;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Hosting;

/// <summary>Uploads host actions, always before the check-ins that rest on them.</summary>
internal sealed partial class ActionUploader(ActionJournal journal, PlayerClock clock, ILogger log)
{
    private static readonly HashSet<Guid> Nothing = [];

    /// <summary>Raised when what is laid over the room's document has changed.</summary>
    public event Action? Changed;

    /// <summary>Whether a meeting's check-ins must wait because the hub does not know of it yet.</summary>
    public bool Holds(Guid meetingId) => journal.IsUnknownToHub(meetingId);

    public async Task DrainAsync(IHubLink link, string epoch, CancellationToken cancellationToken)
    {
        var changed = journal.Correct(clock);
        journal.Reoffer(epoch, clock.Now);
        changed |= journal.Settle(Nothing, clock.Now);
        try
        {
            while (journal.Offer(HostActionBatch.Limit) is { Count: > 0 } batch)
            {
                var reply = await link.UploadHostActionsAsync(new HostActionBatch(batch), cancellationToken);
                var ids = batch.Select(entry => entry.Id).ToHashSet();
                List<HostActionResult> answered = [.. reply.Results.Where(result => ids.Contains(result.Id))];
                if (answered.Count == 0)
                {
                    break;
                }

                journal.Acknowledge(answered, epoch, clock.Now);
                changed = true;
            }
        }
        catch (HubException e)
        {
            LogRefused(e.Message); // an older hub, or one in trouble: check-ins go on, those of a meeting it does not know wait
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }

    [LoggerMessage(3201, LogLevel.Warning, "The hub did not take host actions; they are offered again: {Reason}")]
    private partial void LogRefused(string reason);
}
