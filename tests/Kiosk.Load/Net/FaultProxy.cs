using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Kiosk.Load.Net;

/// <summary>What the wire between a player and its hub does to it.</summary>
internal enum WireFault
{
    None,

    /// <summary>Every stretch of bytes comes late.</summary>
    Delay,

    /// <summary>Connections live for moments only.</summary>
    Cut,

    /// <summary>Connections stay open and carry nothing.</summary>
    HalfOpen,

    /// <summary>What the player sends arrives, no answer comes back: it has to send it again.</summary>
    Deaf,

    /// <summary>Nobody listens.</summary>
    Away,
}

/// <summary>Stands before a hub, passes bytes on as it is told, and counts what the player was given.</summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Random _random;
    private readonly int _hubPort;
    private long _given;
    private double _freeAt;
    private volatile WireFault _fault;

    public FaultProxy(int hubPort, int seed)
    {
        (_hubPort, _random) = (hubPort, new Random(seed));
        _listener.Server.SendBufferSize = 64 * 1024;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Bytes from the hub that were handed to the player's connections.</summary>
    public long Given => Interlocked.Read(ref _given);

    /// <summary>Bytes a second the wire carries to the player, all connections together; 0: as many as it can.</summary>
    public double BytesPerSecond { get; set; }

    public WireFault Fault
    {
        get => _fault;
        set
        {
            _fault = value;
            if (value is WireFault.Cut or WireFault.Away)
            {
                CutAll();
            }
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _listener.Dispose();
        CutAll();
        _ended.Dispose();
    }

    private void CutAll()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptSocketAsync(_ended.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the end
        }
    }

    private async Task CarryAsync(Socket player)
    {
        using var hub = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        player.NoDelay = true;
        player.SendBufferSize = 64 * 1024;
        (_open[player], _open[hub]) = (true, true);
        try
        {
            if (_fault != WireFault.Away)
            {
                await hub.ConnectAsync(IPAddress.Loopback, _hubPort, _ended.Token);
                await Task.WhenAny(PumpAsync(player, hub, toPlayer: false), PumpAsync(hub, player, toPlayer: true));
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the hub is away
        }
        finally
        {
            player.Dispose();
            _open.TryRemove(player, out _);
            _open.TryRemove(hub, out _);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool toPlayer)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer.AsMemory(), _ended.Token)) > 0)
            {
                if (!await PassesAsync(toPlayer))
                {
                    continue;
                }

                if (toPlayer && Wait(read) is var wait && wait > TimeSpan.FromMilliseconds(2))
                {
                    await Task.Delay(wait, _ended.Token);
                }

                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _ended.Token);
                }

                if (toPlayer)
                {
                    Interlocked.Add(ref _given, read);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // one of the two is gone
        }
    }

    /// <summary>Whether bytes pass now; what is swallowed never comes, so the connection has to be given up by whoever waits.</summary>
    private async Task<bool> PassesAsync(bool toPlayer)
    {
        switch (_fault)
        {
            case WireFault.Delay:
                await Task.Delay(Next(20, 400), _ended.Token);
                return true;
            case WireFault.Cut when Next(0, 20) == 0:
                throw new SocketException((int)SocketError.ConnectionReset);
            case WireFault.HalfOpen:
                return false;
            case WireFault.Deaf:
                return !toPlayer;
            default:
                return true;
        }
    }

    private TimeSpan Wait(int bytes)
    {
        if (BytesPerSecond <= 0)
        {
            return TimeSpan.Zero;
        }

        lock (_random)
        {
            var now = TimeProvider.System.GetElapsedTime(0).TotalSeconds;
            _freeAt = Math.Max(_freeAt, now - 0.01) + bytes / BytesPerSecond;
            return TimeSpan.FromSeconds(Math.Max(0, _freeAt - now));
        }
    }

    private int Next(int from, int to)
    {
        lock (_random)
        {
            return _random.Next(from, to);
        }
    }
}
