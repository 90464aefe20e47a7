using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Notices;

internal static class ListNotices
{
    /// <summary>GET /api/notices: newest first; active are those neither withdrawn nor expired.</summary>
    public static async Task<Results<Ok<Page<NoticeSummary>>, ProblemHttpResult>> HandleAsync(
        Guid? orgUnitId, bool? active, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, NoticeViews views, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(null, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var (readable, now) = (units.Value, time.GetUtcNow());
        var query = db.Set<Notice>().Where(notice => readable.Contains(notice.OrgUnitId));
        query = active switch
        {
            true => query.Where(notice => !notice.Ended && notice.Expiry > now),
            false => query.Where(notice => notice.Ended || notice.Expiry <= now),
            null => query,
        };
        var total = await query.CountAsync(cancellationToken);
        var items = await views.ListAsync(
            query.OrderByDescending(notice => notice.CreatedAt).ThenByDescending(notice => notice.Id).Skip(paging.From).Take(paging.Size), cancellationToken);
        return TypedResults.Ok(new Page<NoticeSummary>(items, total));
    }

    /// <summary>GET /api/notices/{id}.</summary>
    public static async Task<Results<Ok<NoticeSummary>, ProblemHttpResult>> GetAsync(
        Guid id, HubDbContext db, OperatorAccess access, NoticeViews views, CancellationToken cancellationToken) =>
        await FindAsync(db, access, id, cancellationToken) is null
            ? Problems.From(SharedErrors.NotFound())
            : TypedResults.Ok(await views.GetAsync(id, cancellationToken));

    /// <summary>GET /api/notices/{id}/receipts.</summary>
    public static async Task<Results<Ok<Page<NoticeReceipt>>, ProblemHttpResult>> ReceiptsAsync(
        Guid id, Choice<ReceiptState>? state, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, NoticeReceipts receipts, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, access, id, cancellationToken) is not { } notice)
        {
            return Problems.From(SharedErrors.NotFound());
        }

        var scopes = await db.Set<NoticeScope>().Where(scope => scope.NoticeId == id).Select(scope => scope.Scope).ToListAsync(cancellationToken);
        return TypedResults.Ok(await receipts.ListAsync(notice, scopes, state?.Value, paging.From, paging.Size, cancellationToken));
    }

    private static async Task<Notice?> FindAsync(HubDbContext db, OperatorAccess access, Guid id, CancellationToken cancellationToken)
    {
        var notice = await db.Set<Notice>().SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken);
        var readable = await access.UnitIdsAsync(null, null, cancellationToken);
        return notice is not null && readable.IsOk && readable.Value.Contains(notice.OrgUnitId) ? notice : null;
    }
}
