using System.Runtime.InteropServices;
using static Kiosk.Player.Browser.Xlib;

namespace Kiosk.Player.Browser;

/// <summary>
/// The screen the window is to cover, asked of the X server. Where no window manager runs, as on most kiosks, nobody else makes a
/// window as large as the screen, and nothing hides the pointer before it has moved once.
/// </summary>
internal sealed partial record AttachedScreen(int X, int Y, int Width, int Height)
{
    /// <summary>The main monitor; null where there is no X server to ask.</summary>
    public static AttachedScreen? Find() => X11.With(null, display =>
        Monitor(display) ?? new AttachedScreen(0, 0, XDisplayWidth(display, XDefaultScreen(display)), XDisplayHeight(display, XDefaultScreen(display))));

    /// <summary>Moves the pointer there and back, so that the page beneath it gets to say that there is to be none.</summary>
    public static void NudgePointer() => X11.With<object>(null, display =>
    {
        foreach (var step in (int[])[-1, 1])
        {
            _ = XWarpPointer(display, 0, 0, 0, 0, 0, 0, step, step);
            _ = XSync(display, 0);
        }

        return null;
    });

    /// <summary>
    /// Keeps the X server from starting over when its last window goes, and puts paper where it is black and no pointer where it has its cross: a renderer that
    /// dies leaves that behind for a second. Held until the process ends: Xlib ends a process that closes a connection whose server has gone.
    /// </summary>
    public static bool Hold(string? name) => X11.Keep(name, display =>
    {
        var root = XDefaultRootWindow(display);
        _ = XSetWindowBackground(display, root, 0xFBF7F0);
        _ = XClearWindow(display, root);
        var nothing = XCreateBitmapFromData(display, root, [0], 1, 1);
        var colour = default(Colour);
        _ = XDefineCursor(display, root, XCreatePixmapCursor(display, nothing, nothing, ref colour, ref colour, 0, 0));
        _ = XSync(display, 0);
    });

    private static AttachedScreen? Monitor(nint display)
    {
        // Xlib ends the process over a request its server does not know.
        if (XRRQueryVersion(display, out var major, out var minor) == 0 || (major, minor).CompareTo((1, 5)) < 0)
        {
            return null;
        }

        var list = XRRGetMonitors(display, XDefaultRootWindow(display), 1, out var count);
        if (list == 0)
        {
            return null;
        }

        var monitors = Enumerable.Range(0, count).Select(i => Marshal.PtrToStructure<MonitorInfo>(list + (i * Marshal.SizeOf<MonitorInfo>()))).ToList();
        XRRFreeMonitors(list);
        return monitors.Where(m => m is { Width: > 0, Height: > 0 }).OrderByDescending(m => m.Primary).Select(m => new AttachedScreen(m.X, m.Y, m.Width, m.Height)).FirstOrDefault();
    }

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XWarpPointer(nint display, nint from, nint to, int fromX, int fromY, uint fromWidth, uint fromHeight, int toX, int toY);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XSetWindowBackground(nint display, nint window, nuint pixel);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XClearWindow(nint display, nint window);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XCreateBitmapFromData(nint display, nint drawable, ReadOnlySpan<byte> data, uint width, uint height);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XCreatePixmapCursor(nint display, nint source, nint mask, ref Colour foreground, ref Colour background, uint x, uint y);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XDefineCursor(nint display, nint window, nint cursor);

    [LibraryImport("libXrandr.so.2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XRRQueryVersion(nint display, out int major, out int minor);

    [LibraryImport("libXrandr.so.2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XRRGetMonitors(nint display, nint window, int active, out int count);

    [LibraryImport("libXrandr.so.2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void XRRFreeMonitors(nint monitors);

    /// <summary>The C library's <c>XColor</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private record struct Colour(nuint Pixel, ushort Red, ushort Green, ushort Blue, byte Flags, byte Pad);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct MonitorInfo(
        nint Name, int Primary, int Automatic, int Outputs, int X, int Y, int Width, int Height, int WidthMm, int HeightMm, nint OutputIds);
}
