namespace Kiosk.Hub.Devices;

/// <summary>Settings of section <c>Hub:Devices</c>.</summary>
internal sealed class DeviceOptions
{
    public const string Section = "Hub:Devices";

    /// <summary>A connection that takes nothing for this long is ended.</summary>
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often what displays say about themselves is written down.</summary>
    public TimeSpan PresenceInterval { get; set; } = TimeSpan.FromSeconds(5);
}
