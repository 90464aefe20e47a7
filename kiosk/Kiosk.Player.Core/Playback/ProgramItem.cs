using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Playback;

/// <summary>A playlist item with the file that would play now; without one it is a page or stream that is fetched while it shows.</summary>
internal sealed record ProgramItem(PlaylistItem Item, MediaVariant? Variant)
{
    /// <summary>What broke when it cannot be shown: the file's SHA-256, or the address.</summary>
    public string Source => Variant?.Sha256 ?? Item.Address ?? "";

    /// <summary>How long it may be on screen; null when only its renderer knows.</summary>
    public TimeSpan? Length => (Item.DurationMs ?? Variant?.DurationMs) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    public StageItem ToStage(Guid playId) =>
        new(playId, Item.Id, Item.Kind, Item.Title, Variant?.Sha256, Variant?.ContentType ?? "", Item.DurationMs, Item.Fit, StreamAddress.WithoutLogin(Item.Address))
        {
            Source = Item is { Kind: PlaylistItemKind.Stream, Address: { } address } ? new StreamSource(address) : null,
        };

    /// <summary>True when the same thing would be on screen.</summary>
    public bool SameShowing(ProgramItem other) =>
        Item.Id == other.Item.Id && Source == other.Source && Item.DurationMs == other.Item.DurationMs && Item.Fit == other.Item.Fit;
}
