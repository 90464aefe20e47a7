using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Lists and reads media.</summary>
internal static class ListMedia
{
    public static async Task<Results<Ok<Page<MediaSummary>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, string? search, Choice<MediaKind>? kind, bool? files, [AsParameters] Paging paging,
        OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var reach = await ContentReach.OfAsync(access, db, orgUnitId, cancellationToken);
        if (!reach.IsOk)
        {
            return Problems.From(reach.Error);
        }

        var query = reach.Value.Filter(db.Set<MediaItem>());
        if (kind is { Value: var wanted })
        {
            query = query.Where(media => media.Kind == wanted);
        }

        if (files is true)
        {
            query = query.Where(media => media.Address == null);
        }

        query = query.WithName(db.Database, media => media.Name, search);
        var total = await query.CountAsync(cancellationToken);
        var items = await MediaViews.SummariesAsync(
            db, reach.Value, query.OrderByDescending(media => media.UploadedAt).ThenByDescending(media => media.Id).Skip(paging.From).Take(paging.Size), cancellationToken);
        return TypedResults.Ok(new Page<MediaSummary>(items, total));
    }

    public static async Task<Results<Ok<MediaSummary>, ProblemHttpResult>> GetAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken) =>
        (await FindAsync(id, access, db, cancellationToken)).ToHttp();

    internal static async Task<Result<MediaSummary>> FindAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var reach = await ContentReach.OfAsync(access, db, null, cancellationToken);
        if (!reach.IsOk)
        {
            return reach.Error;
        }

        var found = await MediaViews.SummariesAsync(db, reach.Value, reach.Value.Filter(db.Set<MediaItem>()).Where(media => media.Id == id), cancellationToken);
        return found.Count == 1 ? found[0] : MediaErrors.NotFound();
    }
}
