using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kiosk.Player.Tests.Support;

/// <summary>
/// A camera on the loopback: ffmpeg makes its RTP packets, this hands them to whoever says PLAY, inside the connection or by UDP.
/// It can die and come back at the same address, fall silent, ask for a login and refuse packets inside the connection.
/// </summary>
internal sealed class RtspServer : IAsyncDisposable
{
    private readonly Process sender;
    private readonly UdpClient[] rtp;
    private readonly string sdp;
    private readonly ConcurrentDictionary<Session, byte> sessions = new();
    private readonly CancellationTokenSource ended = new();
    private TcpListener? listener;

    private RtspServer(Process sender, UdpClient[] rtp, string sdp)
    {
        (this.sender, this.rtp, this.sdp) = (sender, rtp, sdp);
        for (var track = 0; track < rtp.Length; track++)
        {
            _ = HandOnAsync(track);
        }
    }

    public int Port { get; private set; }

    /// <summary><c>user:password</c> in clear that a client must give; null asks for none.</summary>
    public string? Login { get; set; }

    /// <summary>Packets only by UDP.</summary>
    public bool UdpOnly { get; set; }

    /// <summary>Connections stay, nothing comes.</summary>
    public bool Silent { get; set; }

    /// <summary>How many have said PLAY and are still there.</summary>
    public int Watching => sessions.Count(each => each.Key.Playing);

    /// <summary>How packets went to those who said PLAY, in order.</summary>
    public ConcurrentQueue<string> Transports { get; } = new();

    public string Address(string login = "") => $"rtsp://{login}{(login.Length > 0 ? "@" : "")}127.0.0.1:{Port}/live";

    /// <param name="picture">Input of ffmpeg, a lavfi source.</param>
    /// <param name="codec">Options of ffmpeg for the picture.</param>
    /// <param name="sound">Options of ffmpeg for the sound; null without.</param>
    public static async Task<RtspServer> StartAsync(string picture, string codec = "libx264 -preset ultrafast -tune zerolatency", string? sound = "-c:a aac")
    {
        var rtp = Enumerable.Range(0, sound is null ? 1 : 2).Select(_ => new UdpClient(new IPEndPoint(IPAddress.Loopback, 0))).ToArray();
        var file = Path.GetTempFileName();
        var outputs = $"-map 0:v -c:v {codec} -pix_fmt yuv420p -g 15 -flags +global_header -f rtp {Target(rtp[0])}" + (sound is null ? "" : $" -map 1:a {sound} -f rtp {Target(rtp[1])}");
        var sender = Process.Start(new ProcessStartInfo(
            "ffmpeg", $"-v error -nostdin -re -f lavfi -i {picture} -re -f lavfi -i sine=f=330:r=48000 -sdp_file {file} {outputs}"))!;
        string sdp;
        while (!(sdp = await File.ReadAllTextAsync(file)).Contains(sound is null ? "m=video" : "m=audio", StringComparison.Ordinal) || !sdp.EndsWith('\n'))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        File.Delete(file);
        var server = new RtspServer(sender, rtp, sdp);
        server.Open();
        return server;
    }

    /// <summary>Closes every connection and takes no more.</summary>
    public void Die()
    {
        listener?.Dispose();
        listener = null;
        foreach (var session in sessions.Keys)
        {
            session.Dispose();
        }
    }

    /// <summary>Takes connections, at the same port as before.</summary>
    public void Open()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        Die();
        sender.Kill();
        await sender.WaitForExitAsync(CancellationToken.None);
        sender.Dispose();
        foreach (var each in rtp)
        {
            each.Dispose();
        }

        ended.Dispose();
    }

    // No feedback port: what ffmpeg sends there is lost, and no client here needs it.
    private static string Target(UdpClient client) => $"rtp://127.0.0.1:{((IPEndPoint)client.Client.LocalEndPoint!).Port}?pkt_size=1300";

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
            {
                var session = new Session(await from.AcceptTcpClientAsync(ended.Token), this);
                sessions[session] = 0;
                _ = session.RunAsync();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Died.
        }
    }

    private async Task HandOnAsync(int track)
    {
        try
        {
            while (true)
            {
                var packet = (await rtp[track].ReceiveAsync(ended.Token)).Buffer;
                foreach (var session in sessions.Keys.Where(each => each.Playing && !Silent))
                {
                    await session.SendAsync(track, packet);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Ended.
        }
    }

    private sealed class Session(TcpClient client, RtspServer server) : IDisposable
    {
        private readonly NetworkStream stream = client.GetStream();
        private readonly SemaphoreSlim writing = new(1, 1);
        private readonly UdpClient udp = new(new IPEndPoint(IPAddress.Loopback, 0));
        private readonly IPEndPoint?[] targets = new IPEndPoint?[2];

        public bool Playing { get; private set; }

        public async Task SendAsync(int track, byte[] packet)
        {
            try
            {
                if (targets[track] is { } target)
                {
                    await udp.SendAsync(packet, target);
                }
                else
                {
                    await WriteAsync([(byte)'$', (byte)(track * 2), (byte)(packet.Length >> 8), (byte)packet.Length, .. packet]);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
            {
                Dispose();
            }
        }

        public async Task RunAsync()
        {
            try
            {
                var input = new List<byte>();
                var one = new byte[1];
                while (await stream.ReadAsync(one) == 1)
                {
                    input.Add(one[0]);
                    if (input[0] == '$')
                    {
                        // Feedback of the client.
                        var head = new byte[3];
                        await stream.ReadExactlyAsync(head);
                        await stream.ReadExactlyAsync(new byte[(head[1] << 8) | head[2]]);
                        input.Clear();
                    }
                    else if (input.Count >= 4 && input[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
                    {
                        await AnswerAsync(Encoding.ASCII.GetString([.. input]).Split("\r\n"));
                        input.Clear();
                    }
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
            {
                // Gone.
            }

            Dispose();
        }

        public void Dispose()
        {
            server.sessions.TryRemove(this, out _);
            Playing = false;
            client.Dispose();
            udp.Dispose();
        }

        private async Task AnswerAsync(string[] request)
        {
            var headers = request.Skip(1).Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            var (method, address) = (request[0].Split(' ')[0], request[0].Split(' ')[1]);
            var (status, extra, body) = ("200 OK", "", "");
            if (method is not "OPTIONS" && server.Login is { } login && headers.GetValueOrDefault("Authorization") != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login)))
            {
                (status, extra) = ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"camera\"\r\n");
            }
            else if (method is "DESCRIBE")
            {
                (extra, body) = ($"Content-Type: application/sdp\r\nContent-Base: {address}/\r\n", Described());
            }
            else if (method is "SETUP")
            {
                (status, extra) = SetUp(int.Parse(address[^1..], System.Globalization.CultureInfo.InvariantCulture), headers["Transport"]);
            }

            await WriteAsync(Encoding.ASCII.GetBytes($"RTSP/1.0 {status}\r\nCSeq: {headers["CSeq"]}\r\nSession: 1\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n{extra}Content-Length: {body.Length}\r\n\r\n{body}"));
            if (method is "PLAY" && status is "200 OK")
            {
                server.Transports.Enqueue(targets[0] is null ? "tcp" : "udp");
                Playing = true;
            }
        }

        private (string Status, string Extra) SetUp(int track, string transport)
        {
            if (transport.Contains("/TCP", StringComparison.Ordinal))
            {
                return server.UdpOnly ? ("461 Unsupported Transport", "") : ("200 OK", $"Transport: RTP/AVP/TCP;unicast;interleaved={track * 2}-{(track * 2) + 1}\r\n");
            }

            var port = int.Parse(transport.Split("client_port=")[1].Split('-', ';')[0], System.Globalization.CultureInfo.InvariantCulture);
            targets[track] = new IPEndPoint(IPAddress.Loopback, port);
            var own = ((IPEndPoint)udp.Client.LocalEndPoint!).Port;
            return ("200 OK", $"Transport: RTP/AVP;unicast;client_port={port}-{port + 1};server_port={own}-{own + 1}\r\n");
        }

        /// <summary>What ffmpeg said of its packets, with an address of its own for each track.</summary>
        private string Described()
        {
            var track = 0;
            return string.Concat(server.sdp[server.sdp.IndexOf("v=0", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => line.StartsWith("m=", StringComparison.Ordinal)
                    ? $"{line.Split(' ')[0]} 0 {string.Join(' ', line.Split(' ')[2..])}\r\na=control:track{track++}\r\n"
                    : line.StartsWith("c=", StringComparison.Ordinal) ? "c=IN IP4 0.0.0.0\r\n" : line + "\r\n"));
        }

        private async Task WriteAsync(byte[] bytes)
        {
            await writing.WaitAsync();
            try
            {
                await stream.WriteAsync(bytes);
            }
            finally
            {
                writing.Release();
            }
        }
    }
}
