using System.Runtime.InteropServices;

namespace Kiosk.Player.Browser;

/// <summary>A short visit to an X server.</summary>
internal static partial class X11
{
    // Xlib ends the process over an error nobody handles, and a window may be gone between two questions about it.
    private static readonly ErrorHandler Ignore = static (_, _) => 0;

    static X11()
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = XSetErrorHandler(Marshal.GetFunctionPointerForDelegate(Ignore));
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                // Nothing to ask: a Wayland-only machine.
            }
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ErrorHandler(nint display, nint error);

    /// <summary>The answer of an X server, or the default where there is none.</summary>
    /// <param name="screen">The server to ask; null for the one of this session.</param>
    public static T? With<T>(string? screen, Func<nint, T?> ask)
    {
        if (!OperatingSystem.IsLinux() || string.IsNullOrEmpty(screen ?? Environment.GetEnvironmentVariable("DISPLAY")))
        {
            return default;
        }

        try
        {
            // What was set in this process the C library does not see.
            var display = XOpenDisplay(screen ?? Environment.GetEnvironmentVariable("DISPLAY"));
            if (display == 0)
            {
                return default;
            }

            try
            {
                return ask(display);
            }
            finally
            {
                _ = XCloseDisplay(display);
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return default;
        }
    }

    /// <summary>Opens a connection that is never closed; false where there is no X server of that name.</summary>
    public static bool Keep(string? screen, Action<nint> use)
    {
        try
        {
            var display = OperatingSystem.IsLinux() && !string.IsNullOrEmpty(screen) ? XOpenDisplay(screen) : 0;
            if (display != 0)
            {
                use(display);
            }

            return display != 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XOpenDisplay(string? name);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XCloseDisplay(nint display);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XSetErrorHandler(nint handler);
}
