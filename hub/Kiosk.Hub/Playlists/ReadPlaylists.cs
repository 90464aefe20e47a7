using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Playlists;

/// <summary>Lists and reads playlists.</summary>
internal static class ReadPlaylists
{
    public static async Task<Results<Ok<Page<PlaylistSummary>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, string? search, [AsParameters] Paging paging, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var found = await ContentReach.OfAsync(access, db, orgUnitId, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        var reach = found.Value;
        var query = db.Set<Playlist>().Where(playlist => reach.Own.Contains(playlist.OrgUnitId) || reach.Above.Contains(playlist.OrgUnitId))
            .WithName(db.Database, playlist => playlist.Name, search);
        var total = await query.CountAsync(cancellationToken);
        var rows = await query.OrderByDescending(playlist => playlist.UpdatedAt).ThenByDescending(playlist => playlist.Id)
            .Skip(paging.From).Take(paging.Size)
            .Select(playlist => new
            {
                playlist.Id,
                playlist.Name,
                playlist.OrgUnitId,
                OrgUnitName = db.Set<OrgUnit>().Where(unit => unit.Id == playlist.OrgUnitId).Select(unit => unit.Name).First(),
                playlist.UpdatedAt,
            })
            .ToListAsync(cancellationToken);
        var library = await PlaylistLibrary.LoadAsync(db, rows.Select(row => row.Id), cancellationToken);
        return TypedResults.Ok(new Page<PlaylistSummary>(
            [
                .. rows.Select(row => new PlaylistSummary(
                    row.Id, row.Name, row.OrgUnitId, row.OrgUnitName, library.Playlists[row.Id].Slots.Count, library.DurationOf(row.Id),
                    Thumbnail(library, row.Id, reach), row.UpdatedAt)),
            ],
            total));
    }

    public static async Task<Results<Ok<PlaylistDetail>, ProblemHttpResult>> GetAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken) =>
        (await FindAsync(id, access, db, cancellationToken)).ToHttp();

    internal static async Task<Result<PlaylistDetail>> FindAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var reach = await ContentReach.OfAsync(access, db, null, cancellationToken);
        if (!reach.IsOk)
        {
            return reach.Error;
        }

        var library = await PlaylistLibrary.LoadAsync(db, [id], cancellationToken);
        return library.Playlists.TryGetValue(id, out var playlist) && reach.Value.Sees(playlist.OrgUnitId, Disclosure.Public)
            ? Detail(library, playlist, reach.Value)
            : PlaylistErrors.NotFound();
    }

    // A branch sees how a playlist from above is built, but of restricted media only that something is there.
    private static PlaylistDetail Detail(PlaylistLibrary library, Playlist playlist, ContentReach reach) => new(
        playlist.Id,
        playlist.Name,
        playlist.OrgUnitId,
        playlist.Revision,
        [
            .. playlist.Slots.OrderBy(slot => slot.Position).Select(slot =>
            {
                if (slot.NestedPlaylistId is { } nestedId)
                {
                    return new PlaylistEntry(
                        slot.Id, null, nestedId, library.Playlists[nestedId].Name, null, null, library.DurationOf(nestedId), slot.Fit,
                        library.DisclosureOf(nestedId), Thumbnail(library, nestedId, reach));
                }

                var media = library.Media[slot.MediaId!.Value];
                var full = media.Renditions.Find(rendition => rendition.Role == RenditionRole.Full);
                var visible = reach.Sees(media.OrgUnitId, media.Disclosure);
                return new PlaylistEntry(
                    slot.Id, media.Id, null, visible ? media.Name : PlaylistsText.Get("hidden_item"), media.Kind, slot.DurationMs, full?.DurationMs, slot.Fit,
                    media.Disclosure, visible ? ThumbnailOf(media) : null);
            }),
        ]);

    private static string? Thumbnail(PlaylistLibrary library, Guid playlistId, ContentReach reach) =>
        library.Compile(playlistId, Disclosure.Restricted).Items
            .Select(item => library.Media[item.MediaId])
            .Where(media => reach.Sees(media.OrgUnitId, media.Disclosure))
            .Select(ThumbnailOf)
            .FirstOrDefault(url => url is not null);

    private static string? ThumbnailOf(MediaItem media) =>
        MediaViews.UrlOf(media.Renditions.Find(rendition => rendition.Role == RenditionRole.Thumbnail)?.Sha256);
}
