using System.Threading.Channels;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Receipts;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Player.Core.Links;

/// <summary>One connection, from the first Hello until it ends: pushes in, receipts, status, check-ins and proof of play out.</summary>
internal sealed class HubSession(
    PlayerOptions options, FeedBook book, FeedReceiver receiver, ReceiptOutbox receipts, StatusReporter status, IReadOnlyList<IUploader> uploaders, PlayerClock clock, OpenLink open, Func<double> random, TimeProvider time,
    Action<IReadOnlyList<DeviceCommand>>? commands = null)
{
    private const int FirstSamples = 5;
    private const int LaterSamples = 2;

    /// <summary>Returns when the connection is gone; throws what broke it.</summary>
    /// <param name="up">Called once state and clock are those of the hub.</param>
    public async Task RunAsync(IHubLink link, string token, Action up, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inbox = Channel.CreateUnbounded<FeedPush>(new UnboundedChannelOptions { SingleReader = true });
        var fetches = Channel.CreateUnbounded<FeedPush?>(new UnboundedChannelOptions { SingleReader = true });
        link.FeedChanged += push => inbox.Writer.TryWrite(push);
        link.CommandGiven += command => commands?.Invoke([command]);
        await link.ConnectAsync(cancellationToken);
        await ClockSamples.MeasureAsync(clock, link.GetHubTimeAsync, FirstSamples, cancellationToken);
        await HelloAsync(link, token, cancellationToken);
        up();
        using var held = open.Hold(link);

        Task[] work =
        [
            ReceiveAsync(inbox.Reader, fetches.Writer, ending.Token),
            FetchAsync(link, token, fetches.Reader, ending.Token),
            ReconcileAsync(link, fetches.Writer, ending.Token),
            SendReceiptsAsync(link, ending.Token),
            status.RunAsync(link, ending.Token),
            .. uploaders.Select(uploader => uploader.RunAsync(link, ending.Token)),
        ];
        var first = await Task.WhenAny([link.Closed, .. work]);
        await ending.CancelAsync();
        try
        {
            await Task.WhenAll(work);
        }
        catch (Exception) when (first == link.Closed && !cancellationToken.IsCancellationRequested)
        {
            // the connection took its work with it
        }

        await first;
    }

    private async Task HelloAsync(IHubLink link, string token, CancellationToken cancellationToken)
    {
        var reply = await link.HelloAsync(new HelloRequest(book.Versions, options.Version, options.Renderer), cancellationToken);
        await receiver.TakeAsync(reply, token, cancellationToken);
        if (reply.Commands is { Count: > 0 } waiting)
        {
            commands?.Invoke(waiting);
        }
    }

    /// <summary>Takes pushes in order; what needs something fetched, which may take minutes, is handed on.</summary>
    private async Task ReceiveAsync(ChannelReader<FeedPush> inbox, ChannelWriter<FeedPush?> fetches, CancellationToken cancellationToken)
    {
        await foreach (var push in inbox.ReadAllAsync(cancellationToken))
        {
            if (!receiver.TryTake(push))
            {
                fetches.TryWrite(push);
            }
            else if (FeedKeys.KindOf(push.Key) == FeedKeys.DisplayKind && receiver.MissesFeeds())
            {
                fetches.TryWrite(null);
            }
        }
    }

    /// <summary>Fetches in order; a null asks for a reconcile.</summary>
    private async Task FetchAsync(IHubLink link, string token, ChannelReader<FeedPush?> fetches, CancellationToken cancellationToken)
    {
        await foreach (var push in fetches.ReadAllAsync(cancellationToken))
        {
            if (push is null)
            {
                await HelloAsync(link, token, cancellationToken);
                continue;
            }

            await receiver.TakeAsync(push, token, cancellationToken);
            if (FeedKeys.KindOf(push.Key) == FeedKeys.DisplayKind && receiver.MissesFeeds())
            {
                await HelloAsync(link, token, cancellationToken);
            }
        }
    }

    private async Task ReconcileAsync(IHubLink link, ChannelWriter<FeedPush?> fetches, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(30 + 20 * random()), time, cancellationToken);
            await ClockSamples.MeasureAsync(clock, link.GetHubTimeAsync, LaterSamples, cancellationToken);
            fetches.TryWrite(null);
        }
    }

    private async Task SendReceiptsAsync(IHubLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await receipts.SendAsync(link, cancellationToken);
            }
            catch (HubException)
            {
                // A hub in trouble, e.g. with a full disk: they are offered again, and nothing else waits for it.
            }

            await receipts.WaitAsync(TimeSpan.FromSeconds(40), cancellationToken);
        }
    }
}
