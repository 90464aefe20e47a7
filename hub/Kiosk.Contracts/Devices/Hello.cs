using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Devices;

/// <param name="Feeds">What the player holds, by feed key. It never grants anything.</param>
/// <param name="PlayerVersion">At most 40 characters.</param>
/// <param name="Renderer">What draws the screen.</param>
public sealed record HelloRequest(IReadOnlyDictionary<string, FeedVersion> Feeds, string PlayerVersion, RendererKind Renderer = RendererKind.Browser);

/// <param name="Follows">Every feed this display follows now; the player drops all others.</param>
/// <param name="Changed">Followed feeds whose epoch, version or hash differs from what was said.</param>
/// <param name="Commands">Commands that wait for this display and may still be begun.</param>
public sealed record HelloReply(
    Guid DisplayId, DateTimeOffset HubTime, IReadOnlyList<string> Follows, IReadOnlyList<FeedPush> Changed, IReadOnlyList<DeviceCommand>? Commands = null);
