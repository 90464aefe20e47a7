using System.Runtime.InteropServices;

namespace Kiosk.Player.Core.Storage;

/// <summary>What .NET does not offer: a rename is only durable once the folder itself is flushed.</summary>
internal static partial class Disk
{
    public static void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle >= 0)
        {
            _ = Fsync(handle);
            _ = Close(handle);
        }
    }

    /// <summary>Makes a folder that was not there; false where something is, or none can be made.</summary>
    public static bool TryMake(string folder, UnixFileMode mode) => OperatingSystem.IsLinux() && MakeFolder(folder, (uint)mode) == 0;

    public static long TotalBytes(string folder) => new DriveInfo(folder).TotalSize;

    public static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Whether there is not even room to open the databases.</summary>
    public static bool IsFull(string folder)
    {
        try
        {
            return FreeBytes(folder) < 1 << 20;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether a file could not be opened because another process holds it: EAGAIN of Linux, EWOULDBLOCK of macOS, a sharing violation of Windows.</summary>
    public static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "mkdir", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int MakeFolder(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Close(int handle);
}
