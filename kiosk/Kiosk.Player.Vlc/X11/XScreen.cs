using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Kiosk.Player.Vlc.X11.Xlib;

namespace Kiosk.Player.Vlc.X11;

/// <summary>A connection to the X server and the screen behind it. One thread uses it.</summary>
internal sealed unsafe class XScreen : IDisposable
{
    private readonly nint visual;
    private readonly int depth;

    /// <exception cref="InvalidOperationException">No X server, or one whose screen has other than 24 or 32 bits.</exception>
    public XScreen()
    {
        _ = XInitThreads();
        Display = XOpenDisplay(null);
        if (Display == 0)
        {
            throw new InvalidOperationException("There is no X screen to draw on");
        }

        // A window of libvlc may go between being seen and being asked about; the default would end the process over that.
        _ = XSetErrorHandler(&OnError);
        var screen = XDefaultScreen(Display);
        (Root, visual, depth) = (XDefaultRootWindow(Display), XDefaultVisual(Display, screen), XDefaultDepth(Display, screen));
        (Width, Height) = (XDisplayWidth(Display, screen), XDisplayHeight(Display, screen));
        if (depth is not (24 or 32))
        {
            throw new InvalidOperationException($"The X screen has {depth} bits; 24 are needed");
        }

        Gc = XCreateGC(Display, Root, 0, 0);
        _ = XSetGraphicsExposures(Display, Gc, 0);
    }

    public nint Display { get; }

    public nint Root { get; }

    public int Width { get; }

    public int Height { get; }

    internal nint Gc { get; }

    /// <summary>Makes a window that shows what its background is and, until it has one, what was there before.</summary>
    public XWindow CreateWindow(XWindow? parent, int x, int y, int width, int height)
    {
        var attributes = new WindowAttributes { BackgroundPixmap = 0, OverrideRedirect = 1 };
        var id = XCreateWindow(
            Display, parent?.Id ?? Root, x, y, (uint)width, (uint)height, 0, depth, 1, visual, Mask.BackPixmap | Mask.OverrideRedirect, &attributes);
        return new XWindow(this, id, width, height);
    }

    /// <summary>Copies pixels (BGRA, premultiplied, opaque) into a picture the server keeps.</summary>
    public XPicture CreatePicture(nint pixels, int width, int height)
    {
        var pixmap = XCreatePixmap(Display, Root, (uint)width, (uint)height, (uint)depth);
        var image = XCreateImage(Display, visual, (uint)depth, 2, 0, pixels, (uint)width, (uint)height, 32, width * 4);
        _ = XPutImage(Display, pixmap, Gc, image, 0, 0, 0, 0, (uint)width, (uint)height);
        _ = XFree(image); // the structure alone: the pixels are not its own
        return new XPicture(this, pixmap, width, height);
    }

    /// <summary>What shows where no window is: after a renderer has died, until the next one is up.</summary>
    public void SetBackdrop(XPicture picture)
    {
        _ = XSetWindowBackgroundPixmap(Display, Root, picture.Id);
        _ = XClearWindow(Display, Root);
    }

    public void HideCursor(XWindow window)
    {
        byte nothing = 0;
        var color = default(Color);
        var bitmap = XCreateBitmapFromData(Display, Root, &nothing, 1, 1);
        var attributes = new WindowAttributes { Cursor = XCreatePixmapCursor(Display, bitmap, bitmap, &color, &color, 0, 0) };
        _ = XChangeWindowAttributes(Display, window.Id, Mask.Cursor, &attributes);
        _ = XFreePixmap(Display, bitmap);
    }

    public void Flush() => _ = XFlush(Display);

    /// <summary>Returns when the server has done everything that was asked.</summary>
    public void Sync() => _ = XSync(Display, 0);

    public void Dispose()
    {
        _ = XFreeGC(Display, Gc);
        _ = XCloseDisplay(Display);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnError(nint display, nint error) => 0;
}
