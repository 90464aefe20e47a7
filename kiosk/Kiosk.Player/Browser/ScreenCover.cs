using System.Runtime.InteropServices;
using static Kiosk.Player.Browser.Xlib;

namespace Kiosk.Player.Browser;

/// <summary>
/// A window in the colour of paper over the whole screen while a browser starts, and once its page has died: until it paints, its own window is grey and then white for
/// seconds, and afterwards it shows what the browser says about it. Only on an X screen without a window manager, where every window belongs to the kiosk. It goes with the process, however that ends.
/// </summary>
internal sealed partial class ScreenCover
{
    private const nuint Paper = 0xFBF7F0;
    private const nint SubstructureNotify = 1 << 19;
    private const nuint OverrideRedirect = 1 << 9;
    private const int MapNotify = 19;
    private const int ConfigureNotify = 22;
    // Xlib ends a process that asks a server which has gone, unless both say otherwise: the one for all connections, and the one for this. From then on it answers with nothing.
    private static readonly ServerLost SayNothing = static _ => 0;
    private static readonly ServerGone StayAlive = static (_, _) => { };
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly object guard = new();
    private readonly nint display;
    private bool wanted;

    private ScreenCover(nint display)
    {
        this.display = display;
        _ = XSetIOErrorHandler(Marshal.GetFunctionPointerForDelegate(SayNothing));
        XSetIOErrorExitHandler(display, Marshal.GetFunctionPointerForDelegate(StayAlive), 0);
        new Thread(Run) { IsBackground = true, Name = "screen cover" }.Start();
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ServerLost(nint display);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void ServerGone(nint display, nint data);

    /// <summary>Null where there is no X server of that name, a window manager runs on it, or Xlib is older than 1.7.</summary>
    public static ScreenCover? On(string? screen)
    {
        ScreenCover? cover = null;
        _ = X11.Keep(screen, display => cover = HasManager(display) ? null : new ScreenCover(display));
        return cover;
    }

    /// <summary>Covers the screen, over every window that comes, until <see cref="Lift"/>.</summary>
    public void Put() => Want(true);

    public void Lift() => Want(false);

    private void Want(bool cover)
    {
        lock (guard)
        {
            wanted = cover;
            Monitor.Pulse(guard);
        }
    }

    /// <summary>Waits for the other wish; false when it does not come within the time.</summary>
    private bool Awaits(bool cover, TimeSpan limit)
    {
        lock (guard)
        {
            return wanted == cover || (Monitor.Wait(guard, limit) && wanted == cover);
        }
    }

    // The display belongs to this thread.
    private void Run()
    {
        while (true)
        {
            while (!Awaits(true, Timeout.InfiniteTimeSpan))
            {
                // woken by a wish that was taken back
            }

            var root = XDefaultRootWindow(display);
            var screen = XDefaultScreen(display);
            var window = XCreateSimpleWindow(display, root, 0, 0, (uint)XDisplayWidth(display, screen), (uint)XDisplayHeight(display, screen), 0, Paper, Paper);
            var unmanaged = new SetAttributes { OverrideRedirect = 1 };
            _ = XChangeWindowAttributes(display, window, OverrideRedirect, ref unmanaged);
            _ = XSelectInput(display, root, SubstructureNotify);
            _ = XMapRaised(display, window);
            do
            {
                StayAbove(window);
            }
            while (!Awaits(false, Look));

            _ = XSelectInput(display, root, 0);
            _ = XDestroyWindow(display, window);
            _ = XSync(display, 1);
        }
    }

    private void StayAbove(nint window)
    {
        var covered = false;
        while (XPending(display) > 0)
        {
            _ = XNextEvent(display, out var happened);
            covered |= happened.Type is MapNotify or ConfigureNotify && happened.Window != window;
        }

        if (covered)
        {
            _ = XRaiseWindow(display, window);
            _ = XFlush(display);
        }
    }

    private static bool HasManager(nint display) => PropertyOf(display, XDefaultRootWindow(display), "_NET_SUPPORTING_WM_CHECK", 0) is not null;

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XSetIOErrorHandler(nint handler);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void XSetIOErrorExitHandler(nint display, nint handler, nint data);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XCreateSimpleWindow(nint display, nint parent, int x, int y, uint width, uint height, uint borderWidth, nuint border, nuint background);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XChangeWindowAttributes(nint display, nint window, nuint which, ref SetAttributes attributes);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XSelectInput(nint display, nint window, nint events);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XMapRaised(nint display, nint window);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XRaiseWindow(nint display, nint window);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XDestroyWindow(nint display, nint window);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XPending(nint display);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XNextEvent(nint display, out Event happened);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XFlush(nint display);

    /// <summary>The C library's <c>XSetWindowAttributes</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private record struct SetAttributes(
        nint BackgroundPixmap, nuint BackgroundPixel, nint BorderPixmap, nuint BorderPixel, int BitGravity, int WinGravity, int BackingStore, nuint BackingPlanes,
        nuint BackingPixel, int SaveUnder, nint EventMask, nint DoNotPropagateMask, int OverrideRedirect, nint Colormap, nint Cursor);

    /// <summary>The C library's <c>XEvent</c>, as far as it is the same for the events that are asked for.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Event
    {
        [FieldOffset(0)]
        public int Type;

        [FieldOffset(40)]
        public nint Window;
    }
}
