using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Kiosk.Player.Vlc.X11;

/// <summary>The calls of the X library that are used.</summary>
internal static unsafe partial class Xlib
{
    private const string Library = "libX11.so.6";

    [LibraryImport(Library)]
    internal static partial int XInitThreads();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint XOpenDisplay(string? name);

    [LibraryImport(Library)]
    internal static partial int XCloseDisplay(nint display);

    [LibraryImport(Library)]
    internal static partial nint XSetErrorHandler(delegate* unmanaged[Cdecl]<nint, nint, int> handler);

    [LibraryImport(Library)]
    internal static partial int XDefaultScreen(nint display);

    [LibraryImport(Library)]
    internal static partial nint XDefaultRootWindow(nint display);

    [LibraryImport(Library)]
    internal static partial nint XDefaultVisual(nint display, int screen);

    [LibraryImport(Library)]
    internal static partial int XDefaultDepth(nint display, int screen);

    [LibraryImport(Library)]
    internal static partial int XDisplayWidth(nint display, int screen);

    [LibraryImport(Library)]
    internal static partial int XDisplayHeight(nint display, int screen);

    [LibraryImport(Library)]
    internal static partial nint XCreateWindow(
        nint display, nint parent, int x, int y, uint width, uint height, uint border, int depth, uint windowClass, nint visual, nuint mask, WindowAttributes* attributes);

    [LibraryImport(Library)]
    internal static partial int XChangeWindowAttributes(nint display, nint window, nuint mask, WindowAttributes* attributes);

    [LibraryImport(Library)]
    internal static partial int XDestroyWindow(nint display, nint window);

    [LibraryImport(Library)]
    internal static partial int XMapWindow(nint display, nint window);

    [LibraryImport(Library)]
    internal static partial int XUnmapWindow(nint display, nint window);

    [LibraryImport(Library)]
    internal static partial int XRaiseWindow(nint display, nint window);

    [LibraryImport(Library)]
    internal static partial int XLowerWindow(nint display, nint window);

    [LibraryImport(Library)]
    internal static partial int XMoveResizeWindow(nint display, nint window, int x, int y, uint width, uint height);

    [LibraryImport(Library)]
    internal static partial int XSetWindowBackgroundPixmap(nint display, nint window, nint pixmap);

    [LibraryImport(Library)]
    internal static partial int XSetWindowBackground(nint display, nint window, nuint pixel);

    [LibraryImport(Library)]
    internal static partial int XClearWindow(nint display, nint window);

    [LibraryImport(Library)]
    internal static partial int XQueryTree(nint display, nint window, out nint root, out nint parent, out nint* children, out uint count);

    [LibraryImport(Library)]
    internal static partial int XFree(nint data);

    [LibraryImport(Library)]
    internal static partial nint XCreatePixmap(nint display, nint drawable, uint width, uint height, uint depth);

    [LibraryImport(Library)]
    internal static partial int XFreePixmap(nint display, nint pixmap);

    [LibraryImport(Library)]
    internal static partial nint XCreateBitmapFromData(nint display, nint drawable, byte* data, uint width, uint height);

    [LibraryImport(Library)]
    internal static partial nint XCreatePixmapCursor(nint display, nint source, nint mask, Color* foreground, Color* background, uint x, uint y);

    [LibraryImport(Library)]
    internal static partial nint XCreateGC(nint display, nint drawable, nuint mask, nint values);

    [LibraryImport(Library)]
    internal static partial int XSetGraphicsExposures(nint display, nint gc, int on);

    [LibraryImport(Library)]
    internal static partial int XFreeGC(nint display, nint gc);

    [LibraryImport(Library)]
    internal static partial nint XCreateImage(
        nint display, nint visual, uint depth, int format, int offset, nint data, uint width, uint height, int bitmapPad, int bytesPerLine);

    [LibraryImport(Library)]
    internal static partial int XPutImage(
        nint display, nint drawable, nint gc, nint image, int sourceX, int sourceY, int x, int y, uint width, uint height);

    [LibraryImport(Library)]
    internal static partial int XCopyArea(
        nint display, nint source, nint target, nint gc, int sourceX, int sourceY, uint width, uint height, int x, int y);

    [LibraryImport(Library)]
    internal static partial int XFlush(nint display);

    [LibraryImport(Library)]
    internal static partial int XSync(nint display, int discard);

    /// <summary>XSetWindowAttributes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct WindowAttributes
    {
        public nint BackgroundPixmap;
        public nuint BackgroundPixel;
        public nint BorderPixmap;
        public nuint BorderPixel;
        public int BitGravity;
        public int WinGravity;
        public int BackingStore;
        public nuint BackingPlanes;
        public nuint BackingPixel;
        public int SaveUnder;
        public nint EventMask;
        public nint DoNotPropagateMask;
        public int OverrideRedirect;
        public nint Colormap;
        public nint Cursor;
    }

    /// <summary>XColor.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Color
    {
        public nuint Pixel;
        public ushort Red;
        public ushort Green;
        public ushort Blue;
        public byte Flags;
        public byte Pad;
    }

    internal static class Mask
    {
        public const nuint BackPixmap = 1 << 0;
        public const nuint OverrideRedirect = 1 << 9;
        public const nuint Cursor = 1 << 14;
    }
}
