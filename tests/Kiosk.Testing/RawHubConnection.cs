using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Kiosk.Testing;

/// <summary>A WebSocket to one of the hub's SignalR endpoints that says whatever it likes.</summary>
internal sealed class RawHubConnection : IAsyncDisposable
{
    private const byte Separator = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly MemoryStream _partial = new();
    private readonly Queue<byte[]> _frames = new();

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<RawHubConnection> OpenAsync(Uri hub, string path, string header, string value, CancellationToken cancellationToken)
    {
        var connection = new RawHubConnection();
        connection._socket.Options.SetRequestHeader(header, value);
        await connection._socket.ConnectAsync(new UriBuilder(hub) { Scheme = "ws", Path = path }.Uri, cancellationToken);
        await connection.SendAsync("""{"protocol":"json","version":1}""", cancellationToken);
        _ = await connection.ReadAsync(cancellationToken);
        return connection;
    }

    /// <summary>A message with its end mark.</summary>
    public Task SendAsync(string message, CancellationToken cancellationToken) =>
        SendBytesAsync((byte[])[.. Encoding.UTF8.GetBytes(message), Separator], cancellationToken);

    public Task SendBytesAsync(byte[] bytes, CancellationToken cancellationToken) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Text, true, cancellationToken);

    /// <summary>The next message that is no ping, or null when the hub ended the connection.</summary>
    public async Task<JsonNode?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_frames.TryDequeue(out var frame))
            {
                var message = JsonNode.Parse(frame)!;
                if (message["type"]?.GetValue<int>() != 6)
                {
                    return message;
                }
            }

            try
            {
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                Take(_buffer.AsSpan(0, received.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _partial.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value != Separator)
            {
                _partial.WriteByte(value);
                continue;
            }

            _frames.Enqueue(_partial.ToArray());
            _partial.SetLength(0);
        }
    }
}
