using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;

namespace Kiosk.Testing;

/// <summary>A player that speaks the wire itself: sees messages in the order they were sent, may send rubbish, may stop reading.</summary>
internal sealed class RawDisplay : IAsyncDisposable
{
    private const byte Separator = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[8 * 1024];
    private readonly MemoryStream _partial = new();
    private readonly Queue<byte[]> _frames = new();

    private int _invocation;

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="handler">E.g. one that binds to another loopback address.</param>
    public static async Task<RawDisplay> ConnectAsync(Uri address, string token, CancellationToken cancellationToken, SocketsHttpHandler? handler = null)
    {
        var display = new RawDisplay();
        display._socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        display._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        var uri = new UriBuilder(address) { Scheme = "ws", Path = DeviceRoutes.Hub }.Uri;
        using var invoker = handler is null ? null : new HttpMessageInvoker(handler, disposeHandler: false);
        await display._socket.ConnectAsync(uri, invoker, cancellationToken);
        await display.SendTextAsync("""{"protocol":"json","version":1}""", cancellationToken);
        await display.ReadAsync(cancellationToken);
        return display;
    }

    public WebSocketState State => _socket.State;

    public Task SendTextAsync(string message, CancellationToken cancellationToken) =>
        SendBytesAsync((byte[])[.. Encoding.UTF8.GetBytes(message), Separator], cancellationToken);

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await _socket.SendAsync(bytes, WebSocketMessageType.Text, true, cancellationToken);

    /// <summary>Calls a hub method without waiting for the answer.</summary>
    public Task InvokeAsync(string method, object argument, CancellationToken cancellationToken) =>
        SendTextAsync(
            JsonSerializer.Serialize(new { type = 1, invocationId = $"{++_invocation}", target = method, arguments = new[] { argument } }, KioskJson.Options),
            cancellationToken);

    public Task HelloAsync(CancellationToken cancellationToken) =>
        InvokeAsync(nameof(IDeviceHub.Hello), new HelloRequest(new Dictionary<string, Kiosk.Contracts.Feeds.FeedVersion>(), "raw"), cancellationToken);

    /// <summary>The next message's bytes, or null when the connection has ended.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (_frames.Count == 0)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
            }
            catch (WebSocketException)
            {
                return null;
            }

            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            var bytes = _buffer.AsSpan(0, received.Count);
            for (int end; (end = bytes.IndexOf(Separator)) >= 0; bytes = bytes[(end + 1)..])
            {
                _partial.Write(bytes[..end]);
                _frames.Enqueue(_partial.ToArray());
                _partial.SetLength(0);
            }

            _partial.Write(bytes);
        }

        return _frames.Dequeue();
    }

    /// <summary>The next message that is not a ping, as JSON.</summary>
    public async Task<JsonNode?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { } frame)
        {
            var message = JsonNode.Parse(frame)!;
            if (message["type"]?.GetValue<int>() != 6)
            {
                return message;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _partial.Dispose();
        return ValueTask.CompletedTask;
    }
}
