using System.Runtime.InteropServices;

namespace Kiosk.Player.Core.Clocks;

/// <summary>
/// Boot id of Linux; elsewhere one of this process, which only means that fewer instants can be corrected later. On Linux the monotonic time goes
/// on while the machine sleeps: else a kiosk that slept the night would believe it is still evening.
/// </summary>
internal sealed partial class SystemBoot(TimeProvider time) : IBoot
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";
    private const int ClockBootTime = 7; // CLOCK_BOOTTIME

    public string Id { get; } = File.Exists(LinuxBootId) ? File.ReadAllText(LinuxBootId).Trim() : Guid.NewGuid().ToString("D");

    public long MonotonicMs => OperatingSystem.IsLinux() && ReadClock(ClockBootTime, out var now) == 0
        ? now.Seconds * 1000 + now.Nanoseconds / 1_000_000
        : (long)(time.GetTimestamp() / (time.TimestampFrequency / 1000.0));

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int ReadClock(int clock, out TimeSpec now);
}
