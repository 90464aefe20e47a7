using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Schedules;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Playlists;

/// <summary>Creates, changes and deletes playlists; every schedule that shows one follows in the same transaction.</summary>
internal sealed class SavePlaylist(HubWriter writer, TimeProvider clock)
{
    public const int MaxEntries = 500;
    private const long MinDurationMs = 1_000;
    private const long MaxDurationMs = 86_400_000;

    public static async Task<Results<Created<PlaylistDetail>, ProblemHttpResult>> CreateAsync(
        PlaylistInput input, OperatorAccess access, HubDbContext db, SavePlaylist playlists, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Editor, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var created = await playlists.AddAsync(input, cancellationToken);
        if (!created.IsOk)
        {
            return Problems.From(created.Error);
        }

        return (await ReadPlaylists.FindAsync(created.Value, access, db, cancellationToken)).ToCreated(playlist => $"/api/playlists/{playlist.Id}");
    }

    public static async Task<Results<Ok<PlaylistDetail>, ProblemHttpResult>> UpdateAsync(
        Guid id, PlaylistInput input, OperatorAccess access, HubDbContext db, SavePlaylist playlists, CancellationToken cancellationToken)
    {
        if (await CheckAsync(id, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var changed = await playlists.ReplaceAsync(id, input, cancellationToken);
        return changed.IsOk ? (await ReadPlaylists.FindAsync(id, access, db, cancellationToken)).ToHttp() : Problems.From(changed.Error);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, CancellationToken cancellationToken)
    {
        if (await CheckAsync(id, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var own = (await access.UnitIdsAsync(null, null, cancellationToken)).Value ?? [];
        var deleted = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                if (await UsersAsync(database, id, own, token) is { } users)
                {
                    return PlaylistErrors.InUse(users);
                }

                if (await database.Set<Playlist>().Include(playlist => playlist.Slots).SingleOrDefaultAsync(playlist => playlist.Id == id, token) is not { } playlist)
                {
                    return PlaylistErrors.NotFound();
                }

                database.RemoveRange(playlist.Slots);
                database.Remove(playlist);
                database.SignalChanged(Topics.Playlists, id);
                return default(Done);
            },
            cancellationToken);
        return deleted.ToHttp();
    }

    public async Task<Result<Guid>> AddAsync(PlaylistInput input, CancellationToken cancellationToken)
    {
        if (Check(input) is { } invalid)
        {
            return invalid;
        }

        var now = clock.GetUtcNow();
        return await writer.WriteAsync<Guid>(
            async (db, token) =>
            {
                var playlist = new Playlist { Id = Guid.CreateVersion7(now), OrgUnitId = input.OrgUnitId, Name = input.Name.Trim(), UpdatedAt = now };
                db.Add(playlist);
                var filled = await FillAsync(db, playlist, input, now, token);
                return filled.IsOk ? playlist.Id : filled.Error;
            },
            cancellationToken);
    }

    private async Task<Result<Done>> ReplaceAsync(Guid id, PlaylistInput input, CancellationToken cancellationToken)
    {
        if (Check(input) is { } invalid)
        {
            return invalid;
        }

        var now = clock.GetUtcNow();
        return await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (await db.Set<Playlist>().Include(playlist => playlist.Slots).SingleOrDefaultAsync(playlist => playlist.Id == id, token) is not { } playlist)
                {
                    return PlaylistErrors.NotFound();
                }

                if (input.Revision != playlist.Revision)
                {
                    return PlaylistErrors.Changed();
                }

                (playlist.Name, playlist.Revision, playlist.UpdatedAt) = (input.Name.Trim(), playlist.Revision + 1, now);
                return await FillAsync(db, playlist, input, now, token);
            },
            cancellationToken);
    }

    private static async Task<Result<Done>> FillAsync(HubDbContext db, Playlist playlist, PlaylistInput input, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await CheckContentAsync(db, playlist, input, cancellationToken) is { } refused)
        {
            return refused;
        }

        // Ids that come back are kept, so that displays recognise the items.
        var before = playlist.Slots.ToDictionary(slot => slot.Id);
        db.RemoveRange(playlist.Slots);
        await db.SaveChangesAsync(cancellationToken);
        playlist.Slots.Clear();
        HashSet<Guid> taken = [];
        foreach (var (position, entry) in input.Entries.Index())
        {
            var keeps = entry.Id is { } known && before.ContainsKey(known) && taken.Add(known);
            db.Add(new PlaylistSlot
            {
                Id = keeps ? entry.Id!.Value : Guid.CreateVersion7(now),
                PlaylistId = playlist.Id,
                Position = position,
                MediaId = entry.MediaId,
                NestedPlaylistId = entry.NestedPlaylistId,
                DurationMs = entry.NestedPlaylistId is null ? entry.DurationMs : null,
                Fit = entry.Fit,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        var affected = await ContentCascade.WithNestingAsync(db, [playlist.Id], cancellationToken);
        var library = await PlaylistLibrary.LoadAsync(db, affected, cancellationToken);
        if (library.IsCyclic(playlist.Id))
        {
            return PlaylistErrors.Cycle();
        }

        if (affected.Any(id => library.CountItems(id) > PlaylistLibrary.MaxItems))
        {
            return PlaylistErrors.TooLong(PlaylistLibrary.MaxItems);
        }

        await ScheduleFeeds.RebuildForPlaylistsAsync(db, affected, now, cancellationToken);
        db.SignalChanged(Topics.Playlists, playlist.Id);
        return default(Done);
    }

    private static async Task<Error?> CheckContentAsync(HubDbContext db, Playlist playlist, PlaylistInput input, CancellationToken cancellationToken)
    {
        var usable = await ContentReach.UsableByAsync(db, playlist.OrgUnitId, cancellationToken);
        var mediaIds = input.Entries.Select(entry => entry.MediaId).OfType<Guid>().Distinct().ToList();
        var media = await db.Set<MediaItem>().Where(item => mediaIds.Contains(item.Id) && !item.Evidence && usable.Contains(item.OrgUnitId)).ToDictionaryAsync(item => item.Id, cancellationToken);
        var nestedIds = input.Entries.Select(entry => entry.NestedPlaylistId).OfType<Guid>().Distinct().ToList();
        var nested = await db.Set<Playlist>().Where(other => nestedIds.Contains(other.Id) && usable.Contains(other.OrgUnitId)).Select(other => other.Id).ToListAsync(cancellationToken);
        if (nested.Contains(playlist.Id))
        {
            return PlaylistErrors.Cycle();
        }

        var check = new Validation();
        foreach (var (position, entry) in input.Entries.Index())
        {
            if (entry.NestedPlaylistId is { } nestedId)
            {
                if (!nested.Contains(nestedId))
                {
                    return PlaylistErrors.ContentUnreachable(position + 1);
                }

                continue;
            }

            if (!media.TryGetValue(entry.MediaId!.Value, out var item))
            {
                return PlaylistErrors.ContentUnreachable(position + 1);
            }

            if (item.State != MediaState.Ready)
            {
                return PlaylistErrors.MediaUnusable(item.Name);
            }

            check.Require(entry.DurationMs is not null || item.Kind is MediaKind.Video or MediaKind.Stream, "entries", PlaylistsText.Get("duration_missing", position + 1, item.Name));
        }

        return check.Error();
    }

    private static InvalidInput? Check(PlaylistInput input)
    {
        var entries = input.Entries ?? [];
        var check = new Validation().Text(input.Name, "name", 200)
            .Require(input.Entries is not null && entries.Count <= MaxEntries && !entries.Contains(null!), "entries", PlaylistsText.Get("too_many_entries", MaxEntries));
        foreach (var (position, entry) in entries.Take(MaxEntries).Index().Where(pair => pair.Item is not null))
        {
            check.Require((entry.MediaId is null) != (entry.NestedPlaylistId is null), "entries", PlaylistsText.Get("entry_unclear", position + 1));
            check.Require(entry.DurationMs is null or (>= MinDurationMs and <= MaxDurationMs), "entries", PlaylistsText.Get("duration_out_of_range", position + 1));
        }

        return check.Error();
    }

    private static async Task<Error?> CheckAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var found = await ReadPlaylists.FindAsync(id, access, db, cancellationToken);
        return found.IsOk ? await access.CheckSeenAsync(OperatorRole.Editor, found.Value.OrgUnitId, cancellationToken) : found.Error;
    }

    // What shows or nests the playlist; of other units only how many.
    private static async Task<string?> UsersAsync(HubDbContext db, Guid id, IReadOnlyList<Guid> own, CancellationToken cancellationToken)
    {
        var parents = await db.Set<PlaylistSlot>().Where(slot => slot.NestedPlaylistId == id).Select(slot => slot.PlaylistId).Distinct().ToListAsync(cancellationToken);
        var playlists = await db.Set<Playlist>().Where(playlist => parents.Contains(playlist.Id)).Select(playlist => new { playlist.Name, playlist.OrgUnitId }).ToListAsync(cancellationToken);
        var events = await db.Set<CalendarEvent>().Where(entry => entry.PlaylistId == id).Select(entry => new { Name = entry.Title, entry.OrgUnitId }).ToListAsync(cancellationToken);
        var defaults = await db.Set<DefaultContent>().CountAsync(content => content.PlaylistId == id, cancellationToken);
        var all = playlists.Concat(events).ToList();
        if (all.Count + defaults == 0)
        {
            return null;
        }

        var names = all.Where(user => own.Contains(user.OrgUnitId)).Select(user => user.Name).Distinct().Order(StringComparer.CurrentCulture).Take(5)
            .Select(name => MediaText.Get("quoted", name)).ToList();
        if (defaults > 0)
        {
            names.Add(PlaylistsText.Get("default_content"));
        }

        var unnamed = all.Count(user => !own.Contains(user.OrgUnitId));
        if (unnamed > 0)
        {
            names.Add(MediaText.Get("media_in_use_more", unnamed));
        }

        return string.Join(MediaText.Get("list_separator"), names);
    }
}
