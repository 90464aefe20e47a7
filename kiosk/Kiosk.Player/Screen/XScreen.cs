using System.Runtime.InteropServices;
using static Kiosk.Player.Browser.Xlib;
using Kiosk.Player.Browser;

namespace Kiosk.Player.Screen;

/// <summary>What the X server shows, and whether its monitor is on.</summary>
internal static partial class XScreen
{
    private const ulong AllPlanes = ulong.MaxValue;
    private const int ZPixmap = 2;
    private const ushort LevelOn = 0;
    private const ushort LevelOff = 3;

    /// <summary>The pixels of the main monitor as BGRX rows; null without an X server, or where they come in another form.</summary>
    public static ScreenPixels? Grab() => X11.With(null, display =>
    {
        if (AttachedScreen.Find() is not { } screen)
        {
            return null;
        }

        var image = XGetImage(display, XDefaultRootWindow(display), screen.X, screen.Y, (uint)screen.Width, (uint)screen.Height, AllPlanes, ZPixmap);
        if (image == 0)
        {
            return null;
        }

        try
        {
            var head = Marshal.PtrToStructure<XImage>(image);
            if (head is not { BitsPerPixel: 32, ByteOrder: 0, RedMask: 0xFF0000, GreenMask: 0xFF00, BlueMask: 0xFF })
            {
                return null;
            }

            var pixels = new byte[head.BytesPerLine * head.Height];
            Marshal.Copy(head.Data, pixels, 0, pixels.Length);
            return new ScreenPixels(head.Width, head.Height, head.BytesPerLine, pixels);
        }
        finally
        {
            _ = XDestroyImage(image);
        }
    });

    /// <summary>Whether the server can switch its monitor. A virtual screen cannot.</summary>
    public static bool CanSwitch() => X11.With(null, display =>
        DPMSQueryExtension(display, out _, out _) != 0 && DPMSCapable(display) != 0 ? "yes" : null) is not null;

    /// <summary>Switches the monitor; false when the server did not.</summary>
    public static bool Switch(bool lit) => X11.With(null, display =>
    {
        if (DPMSQueryExtension(display, out _, out _) == 0 || DPMSCapable(display) == 0)
        {
            return null;
        }

        // Nothing but this switches it: the server's own time-outs are off.
        _ = DPMSSetTimeouts(display, 0, 0, 0);
        _ = DPMSEnable(display);
        var done = DPMSForceLevel(display, lit ? LevelOn : LevelOff);
        _ = XSync(display, 0);
        return done != 0 && DPMSInfo(display, out var level, out _) != 0 && level == (lit ? LevelOn : LevelOff) ? "done" : null;
    }) is not null;

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct XImage(
        int Width, int Height, int XOffset, int Format, nint Data, int ByteOrder, int BitmapUnit, int BitmapBitOrder, int BitmapPad, int Depth,
        int BytesPerLine, int BitsPerPixel, nuint RedMask, nuint GreenMask, nuint BlueMask);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XGetImage(nint display, nint drawable, int x, int y, uint width, uint height, ulong planes, int format);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XDestroyImage(nint image);

    [LibraryImport("libXext.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DPMSQueryExtension(nint display, out int events, out int errors);

    [LibraryImport("libXext.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DPMSCapable(nint display);

    [LibraryImport("libXext.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DPMSSetTimeouts(nint display, ushort standby, ushort suspend, ushort off);

    [LibraryImport("libXext.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DPMSEnable(nint display);

    [LibraryImport("libXext.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DPMSForceLevel(nint display, ushort level);

    [LibraryImport("libXext.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DPMSInfo(nint display, out ushort level, out byte enabled);
}

/// <param name="Rows">Four bytes a pixel: blue, green, red, nothing.</param>
internal sealed record ScreenPixels(int Width, int Height, int BytesPerRow, byte[] Rows);
