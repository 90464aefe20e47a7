using System.Security.Cryptography;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Playlists;

/// <summary>Some playlists with all they nest and the media they show: enough to compile them without another query.</summary>
internal sealed record PlaylistLibrary(IReadOnlyDictionary<Guid, Playlist> Playlists, IReadOnlyDictionary<Guid, MediaItem> Media)
{
    /// <summary>Items a playlist may unfold to, nested ones counted each time, what stands in for another too.</summary>
    public const int MaxItems = 2_000;

    /// <summary>How long a picture stands in for a stream before that is tried again.</summary>
    private const long StandInMs = 15_000;

    /// <summary>Loads the playlists and everything nested in them.</summary>
    public static Task<PlaylistLibrary> LoadAsync(HubDbContext db, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        LoadAsync(db, [], [.. ids.Distinct()], cancellationToken);

    /// <summary>Likewise, with a playlist that is not stored, or not so; of its media and playlists only those that its unit may use.</summary>
    public static async Task<PlaylistLibrary> LoadDraftAsync(HubDbContext db, Playlist draft, CancellationToken cancellationToken)
    {
        var library = await LoadAsync(db, new() { [draft.Id] = draft }, [.. Nested(draft).Where(id => id != draft.Id).Distinct()], cancellationToken);
        var usable = await ContentReach.UsableByAsync(db, draft.OrgUnitId, cancellationToken);
        draft.Slots.RemoveAll(slot => slot.NestedPlaylistId is { } nested
            ? !library.Playlists.TryGetValue(nested, out var playlist) || !usable.Contains(playlist.OrgUnitId)
            : !library.Media.TryGetValue(slot.MediaId!.Value, out var media) || media.Evidence || !usable.Contains(media.OrgUnitId));
        return library;
    }

    private static async Task<PlaylistLibrary> LoadAsync(HubDbContext db, Dictionary<Guid, Playlist> playlists, List<Guid> wanted, CancellationToken cancellationToken)
    {
        while (wanted.Count > 0)
        {
            var found = await db.Set<Playlist>().Include(playlist => playlist.Slots).Where(playlist => wanted.Contains(playlist.Id)).ToListAsync(cancellationToken);
            found.ForEach(playlist => playlists[playlist.Id] = playlist);
            wanted = [.. found.SelectMany(Nested).Where(id => !playlists.ContainsKey(id)).Distinct()];
        }

        var mediaIds = playlists.Values.SelectMany(playlist => playlist.Slots).Select(slot => slot.MediaId).OfType<Guid>().Distinct().ToList();
        var media = await db.Set<MediaItem>().Include(item => item.Renditions).Where(item => mediaIds.Contains(item.Id)).ToDictionaryAsync(item => item.Id, cancellationToken);
        var standIns = media.Values.Select(item => item.StandInId).OfType<Guid>().Where(id => !media.ContainsKey(id)).Distinct().ToList();
        if (standIns.Count > 0)
        {
            foreach (var item in await db.Set<MediaItem>().Include(item => item.Renditions).Where(item => standIns.Contains(item.Id)).ToListAsync(cancellationToken))
            {
                media[item.Id] = item;
            }
        }

        return new(playlists, media);
    }

    /// <summary>What an audience may see of a playlist: nested ones in place, items above the audience left out.</summary>
    public PlaylistDocument Compile(Guid playlistId, Disclosure audience)
    {
        var playlist = Playlists[playlistId];
        return new(playlist.Id, playlist.Name, [.. Items(playlist, null, audience, [])]);
    }

    /// <summary>Length of one round in milliseconds, everything included.</summary>
    public long DurationOf(Guid playlistId) =>
        Compile(playlistId, Disclosure.Restricted).Items.Where(item => item.InsteadOf is null).Sum(item => item.DurationMs ?? (item.Variants is [var first, ..] ? first.DurationMs : null) ?? 0);

    /// <summary>The highest disclosure of anything in the playlist.</summary>
    public Disclosure DisclosureOf(Guid playlistId) =>
        Compile(playlistId, Disclosure.Restricted).Items.Select(item => item.Disclosure).DefaultIfEmpty(Disclosure.Public).Max();

    /// <summary>How many items a playlist unfolds to; more than <see cref="MaxItems"/> is reported as one more.</summary>
    public int CountItems(Guid playlistId)
    {
        Dictionary<Guid, int> counted = [];
        return Count(playlistId);

        int Count(Guid id)
        {
            if (!counted.TryGetValue(id, out var count))
            {
                counted[id] = 0;
                foreach (var slot in Playlists[id].Slots)
                {
                    count = Math.Min(MaxItems + 1, count + (slot.NestedPlaylistId is { } nested ? Count(nested) : Media.GetValueOrDefault(slot.MediaId!.Value)?.StandInId is null ? 1 : 2));
                }

                counted[id] = count;
            }

            return count;
        }
    }

    /// <summary>Whether following nested playlists from this one comes back to it.</summary>
    public bool IsCyclic(Guid playlistId)
    {
        HashSet<Guid> seen = [];
        var open = new Stack<Guid>(Nested(playlistId));
        while (open.TryPop(out var id))
        {
            if (id == playlistId)
            {
                return true;
            }

            if (seen.Add(id))
            {
                foreach (var nested in Nested(id))
                {
                    open.Push(nested);
                }
            }
        }

        return false;
    }

    private IEnumerable<Guid> Nested(Guid id) =>
        Playlists.TryGetValue(id, out var playlist) ? Nested(playlist) : [];

    private static IEnumerable<Guid> Nested(Playlist playlist) => playlist.Slots.Select(slot => slot.NestedPlaylistId).OfType<Guid>();

    private IEnumerable<PlaylistItem> Items(Playlist playlist, Guid? within, Disclosure audience, HashSet<Guid> open)
    {
        if (!open.Add(playlist.Id))
        {
            yield break;
        }

        foreach (var slot in playlist.Slots.OrderBy(slot => slot.Position))
        {
            var id = within is null ? slot.Id : Combine(within.Value, slot.Id);
            if (slot.NestedPlaylistId is { } nestedId && Playlists.TryGetValue(nestedId, out var nested))
            {
                foreach (var item in Items(nested, id, audience, open))
                {
                    yield return item;
                }
            }
            else if (slot.MediaId is { } mediaId && Media.TryGetValue(mediaId, out var media) && Item(id, slot, media) is { } item && item.Disclosure <= audience)
            {
                yield return item;
                if (media.StandInId is { } standIn && Media.TryGetValue(standIn, out var other) && StandIn(item, slot, other) is { } instead && instead.Disclosure <= audience)
                {
                    yield return instead;
                }
            }
        }

        open.Remove(playlist.Id);
    }

    private static PlaylistItem? Item(Guid id, PlaylistSlot slot, MediaItem media)
    {
        var variants = media.Renditions
            .Where(rendition => rendition.Role is RenditionRole.Full or RenditionRole.Low)
            .OrderBy(rendition => rendition.Role)
            .Select(rendition => rendition.ToVariant())
            .ToList();
        return media is { State: MediaState.Ready, Kind: { } kind } && (variants.Count > 0 || media.Address is not null)
            ? new(id, KindOf(kind), media.Id, media.Name, media.Disclosure, slot.DurationMs, slot.Fit, variants, media.Address)
            : null;
    }

    // Before the audience of a page or stream what stands in for it is disclosed as much as itself says.
    private static PlaylistItem? StandIn(PlaylistItem link, PlaylistSlot slot, MediaItem media) =>
        Item(Combine(link.Id, media.Id), slot, media) is { } item
            ? item with { InsteadOf = link.Id, DurationMs = media.Kind == MediaKind.Video ? null : slot.DurationMs ?? StandInMs }
            : null;

    private static PlaylistItemKind KindOf(MediaKind kind) => kind switch
    {
        MediaKind.Video => PlaylistItemKind.Video,
        MediaKind.Image => PlaylistItemKind.Image,
        MediaKind.WebPage => PlaylistItemKind.WebPage,
        MediaKind.Stream => PlaylistItemKind.Stream,
        _ => PlaylistItemKind.Article,
    };

    // The same playlist nested twice gives each of its items two ids, the same ones at every compilation.
    private static Guid Combine(Guid outer, Guid inner) =>
        new(SHA256.HashData([.. outer.ToByteArray(bigEndian: true), .. inner.ToByteArray(bigEndian: true)]).AsSpan(0, 16), bigEndian: true);
}
