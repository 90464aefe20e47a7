using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Stage;

namespace Kiosk.Player.Vlc.Link;

/// <summary>
/// The connection to the player, the same a browser page has: newest view in, events out; reconnects for ever.
/// </summary>
/// <param name="entry">Address with the one-time key.</param>
internal sealed class StageLink(Uri entry) : IStageFiles, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>What was seen is told even when the connection is away for a moment; at most the latest 200.</summary>
    private readonly Channel<StageEvent> waiting = Channel.CreateBounded<StageEvent>(new BoundedChannelOptions(200) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CookieContainer cookies = new();
    private HttpClient? http;
    private HttpClient? streams;
    private volatile bool connected;

    public void Report(StageEvent seen)
    {
        // A beat is only worth something now.
        if (connected || seen.Kind is not StageEventKind.Heartbeat)
        {
            waiting.Writer.TryWrite(seen);
        }
    }

    /// <summary>A verified file of the player's cache; null when it is not there.</summary>
    public async Task<CachedFile?> FindMediaAsync(string sha256)
    {
        try
        {
            using var response = await http!.GetAsync(new Uri(entry, $"/media/{sha256}/file"));
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<CachedFile>(LinkJson.Options) : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public async Task<Stream> OpenRelayAsync(Guid playId, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(entry, $"/relay/{playId}"));
            var response = await streams!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                // Whoever holds the stream holds the answer.
                return await response.Content.ReadAsStreamAsync(cancellationToken);
            }

            using (response)
            {
                var problem = response.StatusCode is HttpStatusCode.BadGateway ? await response.Content.ReadFromJsonAsync<RelayAnswer>(LinkJson.Options, cancellationToken) : null;
                throw new MediaProblem(problem?.Code ?? "stream_lost", problem?.Detail);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            throw new MediaProblem("stream_lost");
        }
    }

    /// <summary>Hands over views until cancelled.</summary>
    /// <exception cref="HttpRequestException">The key opens nothing, or nobody listens.</exception>
    public async Task RunAsync(Action<StageFrame> onFrame, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The client owns it.
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
        // Answers when the stream's first bytes are there; what is let go is not read to its end.
        streams = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, UseProxy = false, AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(20) };
#pragma warning restore CA2000
        using (var entered = await http.GetAsync(entry, cancellationToken))
        {
            if (entered.StatusCode is not HttpStatusCode.Redirect)
            {
                throw new HttpRequestException("The player does not take the key", null, entered.StatusCode);
            }
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(onFrame, cancellationToken);
            }
            catch (WebSocketException)
            {
                // The player restarts its pages or is away for a moment.
            }

            connected = false;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose()
    {
        http?.Dispose();
        streams?.Dispose();
    }

    private async Task ConnectAsync(Action<StageFrame> onFrame, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        socket.Options.Proxy = null;
        socket.Options.SetRequestHeader("Origin", entry.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(entry) { Scheme = "ws", Path = "/stage", Query = "" }.Uri, cancellationToken);
        connected = true;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(socket, ended.Token);
        try
        {
            await ReceiveAsync(socket, onFrame, ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await sending;
        }
    }

    private async Task SendAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(cancellationToken))
            {
                while (waiting.Reader.TryPeek(out var seen))
                {
                    var bytes = JsonSerializer.SerializeToUtf8Bytes(new StageReport("event", seen), LinkJson.Options);
                    await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
                    waiting.Reader.TryRead(out _);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // What is left is sent over the next connection.
        }
    }

    private static async Task ReceiveAsync(ClientWebSocket socket, Action<StageFrame> onFrame, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                return;
            }

            message.Write(buffer, 0, received.Count);
            if (!received.EndOfMessage)
            {
                continue;
            }

            var json = message.GetBuffer().AsMemory(0, (int)message.Length);
            using (var document = JsonDocument.Parse(json))
            {
                if (document.RootElement.GetProperty("type").GetString() is "view")
                {
                    onFrame(document.RootElement.Deserialize<StageFrame>(LinkJson.Options)!);
                }
            }

            message.SetLength(0);
        }
    }
}
