using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Renames media, changes its disclosure, deletes it.</summary>
internal static class ChangeMedia
{
    private const int NamedPlaylists = 5;

    public static async Task<Results<Ok<MediaSummary>, ProblemHttpResult>> UpdateAsync(
        Guid id, MediaInput input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await CheckAsync(id, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        if (new Validation().Text(input.Name, "name", 200).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var changed = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                if (await database.Set<MediaItem>().SingleOrDefaultAsync(media => media.Id == id, token) is not { } media)
                {
                    return MediaErrors.NotFound();
                }

                (media.Name, media.Disclosure) = (input.Name.Trim(), input.Disclosure);
                await database.SaveChangesAsync(token);
                await ContentCascade.MediaChangedAsync(database, id, clock.GetUtcNow(), token);
                database.SignalChanged(Topics.Media, id);
                return default(Done);
            },
            cancellationToken);
        return changed.IsOk ? (await ListMedia.FindAsync(id, access, db, cancellationToken)).ToHttp() : Problems.From(changed.Error);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, CancellationToken cancellationToken)
    {
        if (await CheckAsync(id, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var own = await access.UnitIdsAsync(null, null, cancellationToken);
        var deleted = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                var users = await database.Set<PlaylistSlot>().Where(slot => slot.MediaId == id).Select(slot => slot.PlaylistId).Distinct().ToListAsync(token);
                if (users.Count > 0)
                {
                    return MediaErrors.InUse(await NamesAsync(database, users, own.Value ?? [], token));
                }

                if (await database.Set<MediaItem>().Where(media => media.StandInId == id).Select(media => media.Name).FirstOrDefaultAsync(token) is { } link)
                {
                    return MediaErrors.InUse(MediaText.Get("quoted", link));
                }

                if (await database.Set<MediaItem>().Include(media => media.Renditions).SingleOrDefaultAsync(media => media.Id == id, token) is not { } media)
                {
                    return MediaErrors.NotFound();
                }

                string[] hashes = [.. media.Renditions.Select(rendition => rendition.Sha256)];
                if (await IsInNoticeAsync(database, id, hashes, token))
                {
                    return MediaErrors.InUse(MediaText.Get("running_notice"));
                }

                database.RemoveRange(media.Renditions);
                database.Remove(media);
                database.SignalChanged(Topics.Media, id);
                database.OnCommitted(services => services.GetRequiredService<MediaFiles>().RemoveUnnamedLater(hashes));
                return default(Done);
            },
            cancellationToken);
        return deleted.ToHttp();
    }

    /// <summary>Null when the operator may change this media.</summary>
    internal static async Task<Error?> CheckAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var found = await ListMedia.FindAsync(id, access, db, cancellationToken);
        return found.IsOk ? await access.CheckSeenAsync(OperatorRole.Editor, found.Value.OrgUnitId, cancellationToken) : found.Error;
    }

    // A notice names the file itself; another piece of media with the same file keeps it alive.
    private static async Task<bool> IsInNoticeAsync(HubDbContext db, Guid id, string[] hashes, CancellationToken cancellationToken) =>
        await db.Set<FeedReference>().AnyAsync(
            reference => reference.FeedKey.StartsWith(FeedKeys.NoticesKind + "/") && hashes.Contains(reference.Sha256)
                && !db.Set<MediaRendition>().Any(other => other.MediaId != id && other.Sha256 == reference.Sha256),
            cancellationToken);

    // Playlists of other units are counted, not named.
    private static async Task<string> NamesAsync(HubDbContext db, List<Guid> playlists, IReadOnlyList<Guid> own, CancellationToken cancellationToken)
    {
        var names = await db.Set<Playlist>().Where(playlist => playlists.Contains(playlist.Id) && own.Contains(playlist.OrgUnitId))
            .OrderBy(playlist => playlist.Name).Select(playlist => playlist.Name).Take(NamedPlaylists).ToListAsync(cancellationToken);
        var parts = names.Select(name => MediaText.Get("quoted", name)).ToList();
        if (playlists.Count > names.Count)
        {
            parts.Add(MediaText.Get("media_in_use_more", playlists.Count - names.Count));
        }

        return string.Join(MediaText.Get("list_separator"), parts);
    }
}
