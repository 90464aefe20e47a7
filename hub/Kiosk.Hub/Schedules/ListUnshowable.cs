using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>Which displays could not show something, and what: asked before a playlist is scheduled, and before a playlist that is scheduled is saved.</summary>
internal static class ListUnshowable
{
    private const int MostScopes = 200;

    /// <summary>GET /api/schedule/unshowable: displays that at least one of the scopes reaches.</summary>
    public static async Task<Results<Ok<IReadOnlyList<UnshowableOn>>, ProblemHttpResult>> HandleAsync(
        [FromQuery] string[] scope, Guid playlistId, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (scope.Length > MostScopes)
        {
            return Problems.From(DisplayErrors.ScopeInvalid());
        }

        foreach (var each in scope.Distinct())
        {
            if (await TargetResolver.CheckAsync(access, db, OperatorRole.Editor, each, cancellationToken) is { } denied)
            {
                return Problems.From(denied);
            }
        }

        if (await ReadPlaylists.FindAsync(playlistId, access, db, cancellationToken) is { IsOk: false } missing)
        {
            return Problems.From(missing.Error);
        }

        var reach = await ContentReach.OfAsync(access, db, null, cancellationToken);
        if (!reach.IsOk)
        {
            return Problems.From(reach.Error);
        }

        var unshowable = Unshowable.Of(await PlaylistLibrary.LoadAsync(db, [playlistId], cancellationToken), playlistId, reach.Value);
        return TypedResults.Ok(await unshowable.OnAsync(db, db.Set<Display>(), scope, cancellationToken));
    }

    /// <summary>POST /api/playlists/{id}/unshowable: a playlist as it is being edited, on the caller's displays that are given it by a schedule or as default content.</summary>
    public static async Task<Results<Ok<IReadOnlyList<UnshowableOn>>, ProblemHttpResult>> OfDraftAsync(
        Guid id, PlaylistContent body, OperatorAccess access, HubDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((body.MediaIds?.Count ?? 0) + (body.PlaylistIds?.Count ?? 0) > SavePlaylist.MaxEntries)
        {
            return Problems.From(PlaylistErrors.TooLong(SavePlaylist.MaxEntries));
        }

        var reached = await ContentReach.OfAsync(access, db, null, cancellationToken);
        if (!reached.IsOk)
        {
            return Problems.From(reached.Error);
        }

        var reach = reached.Value;
        if (await db.Set<Playlist>().SingleOrDefaultAsync(playlist => playlist.Id == id, cancellationToken) is not { } stored || !reach.Sees(stored.OrgUnitId, Contracts.Disclosure.Public))
        {
            return Problems.From(PlaylistErrors.NotFound());
        }

        if (await access.CheckSeenAsync(OperatorRole.Editor, stored.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var now = time.GetUtcNow();
        var library = await PlaylistLibrary.LoadDraftAsync(db, stored.AsDraft(body, now), cancellationToken);
        // What is too long, or shows what it may not, is refused when it is saved.
        if (library.CountItems(id) > PlaylistLibrary.MaxItems)
        {
            return TypedResults.Ok<IReadOnlyList<UnshowableOn>>([]);
        }

        var own = reach.Own;
        var scopes = await ScopesAsync(db, await ContentCascade.WithNestingAsync(db, [id], cancellationToken), now, cancellationToken);
        return TypedResults.Ok(await Unshowable.Of(library, id, reach).OnAsync(db, db.Set<Display>().Where(display => own.Contains(display.OrgUnitId)), scopes, cancellationToken));
    }

    // A day more: an event's end is in the time of its displays.
    private static async Task<IReadOnlyList<string>> ScopesAsync(HubDbContext db, IReadOnlyCollection<Guid> playlists, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var past = DateTime.SpecifyKind(now.UtcDateTime.AddDays(-1), DateTimeKind.Unspecified);
        return
        [
            .. await db.Set<CalendarEvent>().Where(entry => playlists.Contains(entry.PlaylistId) && (entry.RecurrenceRule != null || entry.EndLocal > past))
                .Select(entry => entry.Scope).Distinct().ToListAsync(cancellationToken),
            .. await db.Set<DefaultContent>().Where(content => playlists.Contains(content.PlaylistId)).Select(content => content.Scope).ToListAsync(cancellationToken),
        ];
    }
}
