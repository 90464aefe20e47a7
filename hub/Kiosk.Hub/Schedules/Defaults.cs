using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>Reads and sets what plays when nothing is scheduled.</summary>
internal sealed class Defaults(HubWriter writer, TimeProvider clock)
{
    // One for a place at most; beyond this nobody reads the list.
    private const int MostDefaults = 1_000;

    public static async Task<Results<Ok<IReadOnlyList<DefaultContentView>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var reach = await ContentReach.OfAsync(access, db, orgUnitId, cancellationToken);
        if (!reach.IsOk)
        {
            return Problems.From(reach.Error);
        }

        var (exact, prefixes) = await ScopeUnits.ConcerningAsync(db, reach.Value.Own, reach.Value.Above, cancellationToken);
        var contents = (await (
            from content in db.Set<DefaultContent>()
            join playlist in db.Set<Playlist>() on content.PlaylistId equals playlist.Id
            where exact.Contains(content.Scope) || content.Scope.StartsWith("tag:")
            orderby content.Scope
            select new { content.Scope, content.PlaylistId, playlist.Name }).Take(MostDefaults).ToListAsync(cancellationToken))
            .Where(content => !content.Scope.StartsWith("tag:", StringComparison.Ordinal) || prefixes.Any(prefix => content.Scope.StartsWith(prefix, StringComparison.Ordinal)))
            .ToList();
        var names = await TargetResolver.NamesAsync(db, [.. contents.Select(content => content.Scope)], cancellationToken);
        return TypedResults.Ok<IReadOnlyList<DefaultContentView>>(
            [.. contents.Zip(names, (content, name) => new DefaultContentView(content.Scope, name, content.PlaylistId, content.Name))]);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(
        DefaultContentInput input, OperatorAccess access, HubDbContext db, Defaults defaults, CancellationToken cancellationToken) =>
        await TargetResolver.CheckAsync(access, db, OperatorRole.Editor, input.Scope, cancellationToken) is { } denied
            ? Problems.From(denied)
            : (await defaults.SetAsync(input, cancellationToken)).ToHttp();

    /// <summary>Who may aim there has been checked.</summary>
    public async Task<Result<Done>> SetAsync(DefaultContentInput input, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                var content = await db.Set<DefaultContent>().SingleOrDefaultAsync(row => row.Scope == input.Scope, token);
                if (input.PlaylistId is not { } playlistId)
                {
                    if (content is not null)
                    {
                        db.Remove(content);
                    }
                }
                else if (!await IsUsableAsync(db, input.Scope, playlistId, token))
                {
                    return ScheduleErrors.PlaylistUnreachable();
                }
                else if (content is null)
                {
                    db.Add(new DefaultContent { Scope = input.Scope, PlaylistId = playlistId, UpdatedAt = now });
                }
                else
                {
                    (content.PlaylistId, content.UpdatedAt) = (playlistId, now);
                }

                await ScheduleFeeds.RebuildAsync(db, [input.Scope], now, token);
                db.SignalChanged(Topics.Schedule);
                return default(Done);
            },
            cancellationToken);
    }

    private static async Task<bool> IsUsableAsync(HubDbContext db, string scope, Guid playlistId, CancellationToken cancellationToken)
    {
        if (await ScopeUnits.UnitOfAsync(db, scope, cancellationToken) is not { } unit)
        {
            return false;
        }

        var line = await ContentReach.UsableByAsync(db, unit, cancellationToken);
        return await db.Set<Playlist>().AnyAsync(playlist => playlist.Id == playlistId && line.Contains(playlist.OrgUnitId), cancellationToken);
    }
}
