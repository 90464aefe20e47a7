using System.Threading.Channels;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Receipts;

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
        var inbox = Channel.CreateUnbounded<FeedPush?>(new UnboundedChannelOptions { SingleReader = true });
        link.FeedChanged += push => inbox.Writer.TryWrite(push);
        link.CommandGiven += command => commands?.Invoke([command]);
        await link.ConnectAsync(cancellationToken);
        await ClockSamples.MeasureAsync(clock, link.GetHubTimeAsync, FirstSamples, cancellationToken);
        await HelloAsync(link, token, cancellationToken);
        up();
        using var held = open.Hold(link);

        Task[] work =
        [
            ReceiveAsync(link, token, inbox.Reader, ending.Token),
            ReconcileAsync(link, inbox.Writer, ending.Token),
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

    /// <summary>Takes pushes in order; a null asks for a reconcile.</summary>
    private async Task ReceiveAsync(IHubLink link, string token, ChannelReader<FeedPush?> inbox, CancellationToken cancellationToken)
    {
        await foreach (var push in inbox.ReadAllAsync(cancellationToken))
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

    private async Task ReconcileAsync(IHubLink link, ChannelWriter<FeedPush?> inbox, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(30 + 20 * random()), time, cancellationToken);
            await ClockSamples.MeasureAsync(clock, link.GetHubTimeAsync, LaterSamples, cancellationToken);
            inbox.TryWrite(null);
        }
    }

    private async Task SendReceiptsAsync(IHubLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            await receipts.SendAsync(link, cancellationToken);
            await receipts.WaitAsync(TimeSpan.FromSeconds(40), cancellationToken);
        }
    }
}
