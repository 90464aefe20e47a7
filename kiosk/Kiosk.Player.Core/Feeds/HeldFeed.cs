using Kiosk.Contracts.Feeds;

namespace Kiosk.Player.Core.Feeds;

/// <summary>A feed as stored: its version and its verified bytes.</summary>
internal sealed record HeldFeed(string Key, FeedVersion Version, string Body);
