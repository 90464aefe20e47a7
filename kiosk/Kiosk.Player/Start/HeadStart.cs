using Kiosk.Player.Browser;
using Kiosk.Player.Loopback;

namespace Kiosk.Player.Start;

/// <summary>What the first picture waits for longest, made before the app around it: the door of the loopback pages and the renderer on its way to it.</summary>
internal sealed class HeadStart : IDisposable
{
    /// <param name="launch">Null shows nothing by itself.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public HeadStart(AppOptions options, IRendererLaunch? launch)
    {
        Door = new LoopbackDoor(options.Port);
        Renderer = launch is null ? null : new RendererStarter(options, launch, Door, Access, Pulse);
    }

    public LoopbackDoor Door { get; }

    public LoopbackAccess Access { get; } = new();

    public RendererPulse Pulse { get; } = new(TimeProvider.System);

    public RendererStarter? Renderer { get; }

    public void Dispose()
    {
        Renderer?.Dispose();
        Door.Dispose();
    }
}
