using static Kiosk.Player.Vlc.X11.Xlib;

namespace Kiosk.Player.Vlc.X11;

/// <summary>A window. What we draw is its background, so that the server paints it whenever it comes into view and nobody has to redraw.</summary>
internal sealed unsafe class XWindow(XScreen screen, nint id, int width, int height) : IDisposable
{
    public nint Id { get; } = id;

    public int Width { get; private set; } = width;

    public int Height { get; private set; } = height;

    public bool Mapped { get; private set; }

    public XScreen Screen { get; } = screen;

    public void SetPicture(XPicture picture)
    {
        // The server keeps what it needs of the picture; ours may be freed at once.
        _ = XSetWindowBackgroundPixmap(Screen.Display, Id, picture.Id);
        _ = XClearWindow(Screen.Display, Id);
    }

    /// <param name="rgb">0xRRGGBB.</param>
    public void SetColor(uint rgb)
    {
        _ = XSetWindowBackground(Screen.Display, Id, rgb);
        _ = XClearWindow(Screen.Display, Id);
    }

    public void Place(int x, int y, int width, int height)
    {
        (Width, Height) = (width, height);
        _ = XMoveResizeWindow(Screen.Display, Id, x, y, (uint)width, (uint)height);
    }

    public void Show()
    {
        Mapped = true;
        _ = XMapWindow(Screen.Display, Id);
    }

    public void Hide()
    {
        Mapped = false;
        _ = XUnmapWindow(Screen.Display, Id);
    }

    public void Raise() => _ = XRaiseWindow(Screen.Display, Id);

    public void Lower() => _ = XLowerWindow(Screen.Display, Id);

    /// <summary>
    /// Takes the background from the windows others made inside this one: libvlc's are black. Without one, what was on the screen
    /// before stays until the first picture is put there.
    /// </summary>
    public int ClearInnerBackgrounds() => ClearBelow(Id, 0);

    /// <summary>Changes when one of the windows others made inside this one is replaced.</summary>
    public int InnerWindows()
    {
        var known = new HashCode();
        Collect(Id, 0, ref known);
        return known.ToHashCode() | 1;
    }

    public void Dispose() => _ = XDestroyWindow(Screen.Display, Id);

    private void Collect(nint window, int level, ref HashCode known)
    {
        if (level > 3 || XQueryTree(Screen.Display, window, out _, out _, out var children, out var count) == 0 || children == null)
        {
            return;
        }

        for (var i = 0; i < count; i++)
        {
            known.Add(children[i]);
            Collect(children[i], level + 1, ref known);
        }

        _ = XFree((nint)children);
    }

    private int ClearBelow(nint window, int level)
    {
        if (level > 3 || XQueryTree(Screen.Display, window, out _, out _, out var children, out var count) == 0 || children == null)
        {
            return 0;
        }

        var found = (int)count;
        for (var i = 0; i < count; i++)
        {
            _ = XSetWindowBackgroundPixmap(Screen.Display, children[i], 0);
            found += ClearBelow(children[i], level + 1);
        }

        _ = XFree((nint)children);
        return found;
    }
}
