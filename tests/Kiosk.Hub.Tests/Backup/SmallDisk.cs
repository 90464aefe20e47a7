using System.Diagnostics;

namespace Kiosk.Hub.Tests.Backup;

/// <summary>A file system with little room, where this machine lets one be mounted.</summary>
internal static class SmallDisk
{
    public static async Task<bool> MountAsync(string folder, int megabytes) =>
        OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);

    // At once, whoever still has a file open there: pooled connections stay open for a while.
    public static Task<bool> UnmountAsync(string folder) => RunAsync("umount", "-l", folder);

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
