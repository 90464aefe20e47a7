using System.Net.WebSockets;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Player.Core.View;

namespace Kiosk.Load.Kill;

/// <summary>
/// What stands before a kiosk started with <c>--window none</c>: it opens the printed address as the browser would, hands cards in as a
/// scanner does and sees what a member sees.
/// </summary>
internal sealed class StagePage : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[512 * 1024];
    private Guid _last;

    public static async Task<StagePage> OpenAsync(MortalProcess kiosk, CancellationToken cancellationToken)
    {
        var page = new StagePage();
        await StageDoor.EnterAsync(kiosk, page._socket, cancellationToken);
        _ = await page.NextAsync(cancellationToken);
        return page;
    }

    /// <summary>The answer a member sees to this card; null when the kiosk says nothing in time.</summary>
    public async Task<CheckInView?> ReadCardAsync(string card, CancellationToken cancellationToken)
    {
        await SendAsync($$"""{"type":"card","text":"{{card}}"}""", cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        while (true)
        {
            var answer = await NextAsync(patience.Token);
            if (answer is not null && answer.Id != _last)
            {
                _last = answer.Id;
                return answer;
            }
        }
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private Task SendAsync(string text, CancellationToken cancellationToken) =>
        _socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).AsTask();

    // The result on screen in the next frame; frames are level-triggered, so one card is handed in at a time.
    private async Task<CheckInView?> NextAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw new IOException("The kiosk closed the page.");
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                using var frame = JsonDocument.Parse(_buffer.AsMemory(0, length));
                return frame.RootElement.TryGetProperty("view", out var view) && view.TryGetProperty("checkIn", out var checkIn)
                    ? checkIn.Deserialize<CheckInView>(KioskJson.Options)
                    : null;
            }
        }
    }
}
