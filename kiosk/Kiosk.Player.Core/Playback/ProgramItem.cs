using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Playback;

/// <summary>A playlist item with the file that would play now.</summary>
internal sealed record ProgramItem(PlaylistItem Item, MediaVariant Variant)
{
    /// <summary>How long it may be on screen; null when only its renderer knows.</summary>
    public TimeSpan? Length => (Item.DurationMs ?? Variant.DurationMs) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    public StageItem ToStage(Guid playId) =>
        new(playId, Item.Id, Item.Kind, Item.Title, Variant.Sha256, Variant.ContentType, Item.DurationMs, Item.Fit);

    /// <summary>True when the same thing would be on screen.</summary>
    public bool SameShowing(ProgramItem other) =>
        Item.Id == other.Item.Id && Variant.Sha256 == other.Variant.Sha256 && Item.DurationMs == other.Item.DurationMs && Item.Fit == other.Item.Fit;
}
