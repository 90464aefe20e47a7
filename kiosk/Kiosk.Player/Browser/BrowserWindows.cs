using System.Runtime.InteropServices;
using static Kiosk.Player.Browser.Xlib;

namespace Kiosk.Player.Browser;

/// <summary>
/// The windows of the browser on an X screen without a window manager. A kiosk has one; another one — a question of the browser, a file
/// dialog, a second window — lies over it, takes its keys and never goes away by itself.
/// </summary>
internal static partial class BrowserWindows
{
    private const int Viewable = 2;
    private const nint Cardinal = 6;

    /// <summary>How many windows of a process a person can see; 0 where nobody can tell.</summary>
    public static int Count(int processId, string? screen = null) => X11.With(screen, display => CountOf(display, processId));

    private static int CountOf(nint display, int processId)
    {
        if (XQueryTree(display, XDefaultRootWindow(display), out _, out _, out var list, out var count) == 0)
        {
            return 0;
        }

        try
        {
            var seen = 0;
            for (var i = 0; i < count; i++)
            {
                var window = Marshal.ReadIntPtr(list, i * IntPtr.Size);
                // Menus and tooltips are not windows of their own: they go away with whatever opened them.
                if (XGetWindowAttributes(display, window, out var it) != 0 && it is { MapState: Viewable, OverrideRedirect: 0, Width: > 1, Height: > 1 } && PropertyOf(display, window, "_NET_WM_PID", Cardinal) == processId)
                {
                    seen++;
                }
            }

            return seen;
        }
        finally
        {
            if (list != 0)
            {
                _ = XFree(list);
            }
        }
    }

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XQueryTree(nint display, nint window, out nint root, out nint parent, out nint children, out uint count);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XGetWindowAttributes(nint display, nint window, out WindowAttributes attributes);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct WindowAttributes(
        int X, int Y, int Width, int Height, int BorderWidth, int Depth, nint Visual, nint Root, int Class, int BitGravity, int WinGravity, int BackingStore,
        nuint BackingPlanes, nuint BackingPixel, int SaveUnder, nint Colormap, int MapInstalled, int MapState, nint AllEventMasks, nint YourEventMask, nint DoNotPropagateMask,
        int OverrideRedirect, nint Screen);
}
