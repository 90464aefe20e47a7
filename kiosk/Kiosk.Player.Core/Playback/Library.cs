using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Storage;
using Kiosk.Scheduling;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Playback;

/// <summary>
/// Which file would play for an item: the first variant that is ready and not broken, else the one the item last played with
/// as long as the new one is on its way, else none and the item is skipped.
/// </summary>
/// <param name="renderer">What it cannot show is left out: pages, articles, streams.</param>
/// <param name="relays">Streams it does not open itself are handed on to it.</param>
internal sealed class Library(MediaCache cache, BrokenMedia broken, DocumentStore store, RendererKind renderer, bool relays)
{
    private readonly Dictionary<Guid, MediaVariant> lastReady = store.ReadyVariants();

    private readonly HashSet<Guid> changed = [];
    private readonly HashSet<Guid> dropped = [];

    /// <summary>Files kept for items whose new media is not here yet.</summary>
    public IReadOnlyList<string> Held { get; private set; } = [];

    public IReadOnlyList<ProgramItem> Playable(PlayerDocuments documents, PlaylistRef content, Disclosure audience, DateTimeOffset at)
    {
        var playlist = documents.Find(content);
        return playlist is null
            ? []
            : [.. Choose(playlist, audience, at)];
    }

    public IReadySet ReadySet(PlayerDocuments documents, DateTimeOffset at) => Scheduling.ReadySet.Of((content, audience) =>
        documents.Find(content) is { } playlist && Choose(playlist, audience, at).Any());

    /// <summary>Remembers what items can play now and forgets items that are gone; call when documents or media changed.</summary>
    public void Remember(PlayerDocuments documents)
    {
        var items = documents.Playlists.Values.Concat(documents.LatestPlaylists.Values).SelectMany(p => p.Items).DistinctBy(i => i.Id).ToDictionary(i => i.Id);
        foreach (var gone in lastReady.Keys.Where(id => !items.ContainsKey(id)).ToList())
        {
            lastReady.Remove(gone);
            dropped.Add(gone);
        }

        foreach (var item in items.Values)
        {
            var ready = item.Variants.FirstOrDefault(v => cache.IsReady(v.Sha256));
            if (ready is not null && lastReady.GetValueOrDefault(item.Id) != ready)
            {
                lastReady[item.Id] = ready;
                dropped.Remove(item.Id);
                changed.Add(item.Id);
            }
        }

        Held = [.. lastReady.Where(last => items[last.Key].Variants is { Count: > 0 } variants && variants[0].Sha256 != last.Value.Sha256).Select(last => last.Value.Sha256).Distinct()];
        Save();
    }

    public void Clear()
    {
        lastReady.Clear();
        changed.Clear();
        dropped.Clear();
        Held = [];
    }

    /// <summary>A full disk must not stop the screen: what could not be written is written with the next change.</summary>
    private void Save()
    {
        changed.RemoveWhere(id => !lastReady.ContainsKey(id));
        if (changed.Count + dropped.Count == 0)
        {
            return;
        }

        try
        {
            store.ChangeReadyVariants([.. changed.Select(id => (id, lastReady[id]))], dropped);
            changed.Clear();
            dropped.Clear();
        }
        catch (SqliteException)
        {
            // said by whoever else writes there
        }
    }

    /// <summary>What can be shown, in order; a stand-in only where the item it stands in for cannot.</summary>
    internal IEnumerable<ProgramItem> Choose(PlaylistDocument playlist, Disclosure audience, DateTimeOffset at)
    {
        var shown = new HashSet<Guid>();
        foreach (var item in playlist.Items)
        {
            if (item.Disclosure <= audience && (item.InsteadOf is not { } missing || !shown.Contains(missing)) && Choose(item, at) is { } chosen)
            {
                shown.Add(item.Id);
                yield return chosen;
            }
        }
    }

    private ProgramItem? Choose(PlaylistItem item, DateTimeOffset at)
    {
        if (!renderer.Shows(item, relays))
        {
            return null;
        }

        if (item.Address is { } address)
        {
            return !broken.IsBroken(address, at) ? new ProgramItem(item, null) : null;
        }

        foreach (var variant in item.Variants)
        {
            if (IsPlayable(variant, at))
            {
                return new ProgramItem(item, variant);
            }
        }

        return item.Variants.Count > 0 && lastReady.TryGetValue(item.Id, out var last) && IsPlayable(last, at) ? new ProgramItem(item, last) : null;
    }

    private bool IsPlayable(MediaVariant variant, DateTimeOffset at) => cache.IsReady(variant.Sha256) && !broken.IsBroken(variant.Sha256, at);
}
