using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

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
        Named = string.Create(CultureInfo.InvariantCulture, $"http://{Name}:{Address.Port}");
    }

    /// <summary>
    /// A name of this process's own for the machine itself. A cookie belongs to a name and not to a port: that of <c>127.0.0.1</c> a browser would bring to
    /// every page from another port of this machine.
    /// </summary>
    public static string Name { get; } = $"kiosk-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.localhost";

    public IPEndPoint Address { get; }

    /// <summary>E.g. <c>http://127.0.0.1:41873</c>.</summary>
    public string Origin { get; }

    /// <summary>For a browser, e.g. <c>http://kiosk-5f0c….localhost:41873</c>.</summary>
    public string Named { get; }

    /// <summary>The server takes it over.</summary>
    public Socket HandOver() => listener;

    public void Dispose() => listener.Dispose();
}
