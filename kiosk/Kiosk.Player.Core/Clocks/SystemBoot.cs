namespace Kiosk.Player.Core.Clocks;

/// <summary>Boot id of Linux; elsewhere one of this process, which only means that fewer instants can be corrected later.</summary>
internal sealed class SystemBoot(TimeProvider time) : IBoot
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";

    public string Id { get; } = File.Exists(LinuxBootId) ? File.ReadAllText(LinuxBootId).Trim() : Guid.NewGuid().ToString("D");

    public long MonotonicMs => (long)(time.GetTimestamp() / (time.TimestampFrequency / 1000.0));
}
