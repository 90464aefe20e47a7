namespace Kiosk.Player.Vlc.X11;

/// <summary>A picture in the X server's memory.</summary>
internal sealed class XPicture(XScreen screen, nint id, int width, int height) : IDisposable
{
    public nint Id { get; } = id;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public void Dispose() => _ = Xlib.XFreePixmap(screen.Display, Id);
}
