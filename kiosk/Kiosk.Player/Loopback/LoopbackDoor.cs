using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kiosk.Player.Loopback;

/// <summary>Where the loopback pages are: open before the server behind it runs, so that a renderer can be on its way meanwhile. Who knocks early waits.</summary>
internal sealed class LoopbackDoor : IDisposable
{
    private const int Waiting = 512;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <param name="port">0 takes a free one.</param>
    /// <exception cref="SocketException">Another program has the port.</exception>
    public LoopbackDoor(int port)
    {
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen(Waiting);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        Address = (IPEndPoint)listener.LocalEndPoint!;
        Origin = string.Create(CultureInfo.InvariantCulture, $"http://{Address}");
    }

    public IPEndPoint Address { get; }

    /// <summary>E.g. <c>http://127.0.0.1:41873</c>.</summary>
    public string Origin { get; }

    /// <summary>The server takes it over.</summary>
    public Socket HandOver() => listener;

    public void Dispose() => listener.Dispose();
}
