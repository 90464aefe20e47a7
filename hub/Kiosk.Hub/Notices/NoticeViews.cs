using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Notices;

/// <summary>Notices as operators see them.</summary>
internal sealed class NoticeViews(HubDbContext db, NoticeReceipts receipts)
{
    /// <summary>One notice that exists.</summary>
    public async Task<NoticeSummary> GetAsync(Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(db.Set<Notice>().Where(notice => notice.Id == id), cancellationToken)).Single();

    /// <summary>The query's notices in its order.</summary>
    public async Task<IReadOnlyList<NoticeSummary>> ListAsync(IQueryable<Notice> query, CancellationToken cancellationToken)
    {
        var notices = await query.AsNoTracking().ToListAsync(cancellationToken);
        var ids = notices.Select(notice => notice.Id).ToList();
        var unitIds = notices.Select(notice => notice.OrgUnitId).Distinct().ToList();
        var units = await db.Set<OrgUnit>().Where(unit => unitIds.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        var scopes = (await db.Set<NoticeScope>().Where(scope => ids.Contains(scope.NoticeId)).OrderBy(scope => scope.Position).ToListAsync(cancellationToken))
            .ToLookup(scope => scope.NoticeId, scope => scope.Scope);
        var summaries = new List<NoticeSummary>();
        foreach (var notice in notices)
        {
            var own = scopes[notice.Id].ToList();
            summaries.Add(new NoticeSummary(
                notice.Id, notice.Version, notice.Kind, notice.Urgency, notice.Title, notice.Text, notice.OrgUnitId, units[notice.OrgUnitId],
                own, await TargetResolver.NamesAsync(db, own, cancellationToken), notice.Start, notice.Expiry, notice.Disclosure,
                notice.WithdrawnAt, notice.CreatedBy, notice.CreatedAt, await receipts.CountAsync(notice, own, cancellationToken), notice.ImageMediaId));
        }

        return summaries;
    }
}
