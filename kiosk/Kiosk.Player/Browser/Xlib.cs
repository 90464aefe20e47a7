using System.Runtime.InteropServices;

namespace Kiosk.Player.Browser;

/// <summary>The calls of the X library that several here make.</summary>
internal static partial class Xlib
{
    /// <summary>The first value of a property of a window; null where it has none of that type.</summary>
    /// <param name="type">Atom of the type; 0 takes any.</param>
    public static nint? PropertyOf(nint display, nint window, string name, nint type)
    {
        var property = XInternAtom(display, name, 1);
        if (property == 0 || XGetWindowProperty(display, window, property, 0, 1, 0, type, out _, out _, out var items, out _, out var value) != 0 || value == 0)
        {
            return null;
        }

        try
        {
            return items == 1 ? Marshal.ReadIntPtr(value) : null;
        }
        finally
        {
            _ = XFree(value);
        }
    }

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint XDefaultRootWindow(nint display);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int XSync(nint display, int discard);

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint XInternAtom(nint display, string name, int onlyIfExists);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int XGetWindowProperty(
        nint display, nint window, nint property, nint offset, nint length, int delete, nint type, out nint actualType, out int format, out nuint items, out nuint left, out nint value);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int XFree(nint memory);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int XDisplayWidth(nint display, int screen);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int XDisplayHeight(nint display, int screen);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int XDefaultScreen(nint display);
}
