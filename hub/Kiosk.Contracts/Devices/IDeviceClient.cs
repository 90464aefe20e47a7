using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Devices;

/// <summary>What the hub may call on a player.</summary>
public interface IDeviceClient
{
    /// <summary>A faster copy of what the next <see cref="IDeviceHub.Hello"/> would answer.</summary>
    Task FeedChanged(FeedPush push);

    /// <summary>A faster copy of what the next <see cref="IDeviceHub.Hello"/> would bring in <see cref="HelloReply.Commands"/>.</summary>
    Task CommandGiven(DeviceCommand command);
}
