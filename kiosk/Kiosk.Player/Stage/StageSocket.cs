using System.Net.WebSockets;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;
using Kiosk.Player.Start;
using Kiosk.Player.Texts;

namespace Kiosk.Player.Stage;

/// <summary>
/// One page's connection. Views are level-triggered: while one is being sent any number of newer ones collapse into the newest.
/// </summary>
internal sealed partial class StageSocket(
    WebSocket socket, IPlayer player, ViewClock clock, RendererPulse pulse, AppOptions options, ReadAloud aloud, ILogger logger) : IDisposable
{
    private const int MessageLimit = 8192;

    /// <summary>What the code of a practice meeting says to a phone: no address, so nothing opens.</summary>
    private const string PracticeCode = "练习，不能签到 · Practice only";

    private readonly SemaphoreSlim changed = new(1, 1);
    private readonly SemaphoreSlim sending = new(1, 1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        player.ViewChanged += OnViewChanged;
        pulse.Connected();
        Task[] both = [SendViewsAsync(ended.Token), ReceiveAsync(ended.Token)];
        try
        {
            // Whichever ends, the page connects anew: one that only told and heard no more would show what was for ever.
            await await Task.WhenAny(both);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The page went away or the player stops; the page reconnects by itself.
        }
#pragma warning disable CA1031 // Likewise; and what is wrong with one view may be right with the next.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroke(e);
        }
        finally
        {
            player.ViewChanged -= OnViewChanged;
            pulse.Disconnected();
            await ended.CancelAsync();
            await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        changed.Dispose();
        sending.Dispose();
    }

    private void OnViewChanged(StageView view)
    {
        try
        {
            if (changed.CurrentCount == 0)
            {
                changed.Release();
            }
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else has just raised the same flag, or the page has gone.
        }
    }

    private async Task SendViewsAsync(CancellationToken cancellationToken)
    {
        string? language = null;
        long revision = -1;
        while (true)
        {
            await changed.WaitAsync(cancellationToken);
            var view = player.View;
            if (view.Revision == revision)
            {
                continue;
            }

            var texts = view.Language == language ? null : Texts(view.Language);
            var frame = new StageFrame(
                view, (long)clock.Age(view).TotalMilliseconds, QrImage.Of(view.Touch?.Practice is null ? view.Meeting?.QrText : PracticeCode), QrImage.Of(view.Pairing?.ClaimUrl), texts, options.Camera,
                QrImage.Of(view.Touch?.Practice?.CardText), aloud.CanSpeak);
            await SendAsync(frame, cancellationToken);
            (language, revision) = (view.Language, view.Revision);
        }
    }

    private static Dictionary<string, string> Texts(string language) =>
        TextCatalog.Stage.All(language).Concat(TextCatalog.Touch.All(language)).ToDictionary(StringComparer.Ordinal);

    private async Task SendAsync(StageOutput message, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken);
        try
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(message, StageJson.Options);
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[MessageLimit];
        var length = 0;
        while (socket.State == WebSocketState.Open)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += received.Count;
            if (received.MessageType != WebSocketMessageType.Text || (!received.EndOfMessage && length == buffer.Length))
            {
                return;
            }

            if (received.EndOfMessage)
            {
                Take(buffer.AsSpan(0, length), cancellationToken);
                length = 0;
            }
        }
    }

    private void Take(ReadOnlySpan<byte> utf8, CancellationToken cancellationToken)
    {
        StageMessage? message;
        try
        {
            message = JsonSerializer.Deserialize<StageMessage>(utf8, StageJson.Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            LogUnreadable();
            return;
        }

        switch (message)
        {
            case StageReport { Event: { } seen }:
                if (seen.Kind is StageEventKind.Heartbeat)
                {
                    pulse.Beat();
                }

                player.Report(seen);
                break;
            case StageTouch { Action: { } action }:
                player.Touch(action);
                break;
            case StageNumber { Number: >= 10 and <= 99 } tapped:
                _ = TapAsync(tapped, cancellationToken);
                break;
            case StageCard { Text: { Length: > 0 and <= StageCard.Limit } text }:
                _ = ReadCardAsync(text, cancellationToken);
                break;
            case StageHost { Command: { } command } when command.Text is null or { Length: <= StageHost.TextLimit }:
                _ = HostAsync(command, cancellationToken);
                break;
        }
    }

    private async Task TapAsync(StageNumber tapped, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await player.TapNumberAsync(tapped.Meeting, tapped.Number);
            await SendAsync(
                new NumberAnswered(reply is null ? "hub_unreachable" : Codes.Of(reply.Outcome), reply?.MaskedName), cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The page went away; it says so by itself after a while.
        }
    }

    private async Task ReadCardAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await player.ReadCardAsync(text, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
#pragma warning disable CA1031 // Whatever went wrong, the person at the kiosk must hear that the card did not count.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogCardFailed(e);
            await SendAsync(new CardFailed(), cancellationToken);
        }
    }

    private async Task HostAsync(HostCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await player.HostAsync(command, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
#pragma warning disable CA1031 // The panel stays as it is and the host presses again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogHostFailed(e, command.Kind);
        }
    }

    [LoggerMessage(EventId = 3103, Level = LogLevel.Error, Message = "{Command} of a host could not be taken")]
    private partial void LogHostFailed(Exception exception, HostCommandKind command);

    [LoggerMessage(EventId = 3104, Level = LogLevel.Error, Message = "A view could not be sent to the stage; the page connects anew")]
    private partial void LogBroke(Exception exception);

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "The stage page sent a message that cannot be read; ignored")]
    private partial void LogUnreadable();

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "A card could not be taken")]
    private partial void LogCardFailed(Exception exception);
}
