using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Schedules;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Playlists;

/// <summary>Carries a change of media or playlists to every schedule that shows them, in the transaction of the change.</summary>
internal static class ContentCascade
{
    public static async Task MediaChangedAsync(HubDbContext db, Guid mediaId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var playlists = await db.Set<PlaylistSlot>().Where(slot => slot.MediaId == mediaId || db.Set<MediaItem>().Any(link => link.Id == slot.MediaId && link.StandInId == mediaId)).Select(slot => slot.PlaylistId).Distinct().ToListAsync(cancellationToken);
        await PlaylistsChangedAsync(db, playlists, now, cancellationToken);
    }

    public static async Task PlaylistsChangedAsync(HubDbContext db, IReadOnlyCollection<Guid> playlistIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var affected = await WithNestingAsync(db, playlistIds, cancellationToken);
        await ScheduleFeeds.RebuildForPlaylistsAsync(db, affected, now, cancellationToken);
    }

    /// <summary>Whether a playlist that shows this media, with all it nests, unfolds to more than it may.</summary>
    public static async Task<bool> IsTooLongWithAsync(HubDbContext db, Guid mediaId, CancellationToken cancellationToken)
    {
        var showing = await db.Set<PlaylistSlot>().Where(slot => slot.MediaId == mediaId).Select(slot => slot.PlaylistId).Distinct().ToListAsync(cancellationToken);
        var affected = await WithNestingAsync(db, showing, cancellationToken);
        var library = await PlaylistLibrary.LoadAsync(db, affected, cancellationToken);
        return affected.Any(id => library.CountItems(id) > PlaylistLibrary.MaxItems);
    }

    /// <summary>The playlists and all that nest them, however deep.</summary>
    public static async Task<IReadOnlyCollection<Guid>> WithNestingAsync(HubDbContext db, IReadOnlyCollection<Guid> playlistIds, CancellationToken cancellationToken)
    {
        HashSet<Guid> all = [.. playlistIds];
        for (var wanted = playlistIds.ToList(); wanted.Count > 0;)
        {
            var parents = await db.Set<PlaylistSlot>().Where(slot => slot.NestedPlaylistId != null && wanted.Contains(slot.NestedPlaylistId.Value))
                .Select(slot => slot.PlaylistId).Distinct().ToListAsync(cancellationToken);
            wanted = [.. parents.Where(all.Add)];
        }

        return all;
    }
}
