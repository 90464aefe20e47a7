using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Notices;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

internal static class ListAlerts
{
    /// <summary>GET /api/alerts.</summary>
    public static async Task<Results<Ok<Page<AlertView>>, ProblemHttpResult>> HandleAsync(
        Guid? orgUnitId, bool? open, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, DisplayPresence presence, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Secretary, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        var query = db.Set<Alert>().AsNoTracking().Where(alert => alert.OpenedAt != null && ids.Contains(alert.OrgUnitId));
        query = open switch { true => query.Where(alert => alert.Until == null), false => query.Where(alert => alert.Until != null), null => query };
        var total = await query.CountAsync(cancellationToken);
        var page = await query.OrderByDescending(alert => alert.Since).ThenByDescending(alert => alert.Id).Skip(paging.From).Take(paging.Size).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<AlertView>(await ViewsAsync(db, presence, page, cancellationToken), total));
    }

    private static async Task<IReadOnlyList<AlertView>> ViewsAsync(HubDbContext db, DisplayPresence presence, List<Alert> alerts, CancellationToken cancellationToken)
    {
        var alertIds = alerts.Select(alert => alert.Id).ToList();
        var displayIds = alerts.Select(alert => alert.DisplayId).OfType<Guid>().Distinct().ToList();
        var noticeIds = alerts.Select(alert => alert.NoticeId).OfType<Guid>().Distinct().ToList();
        var unitIds = alerts.Select(alert => alert.OrgUnitId).Distinct().ToList();
        var displays = await db.Set<Display>().IgnoreQueryFilters().AsNoTracking().Where(display => displayIds.Contains(display.Id)).ToDictionaryAsync(display => display.Id, cancellationToken);
        var faults = alerts.Where(alert => alert is { Until: null, DisplayId: not null } && AlertRules.IsFault(alert.Kind) && displays.ContainsKey(alert.DisplayId.Value))
            .ToDictionary(alert => alert.Id, alert => AlertFault.Of(presence.Status(displays[alert.DisplayId!.Value]), alert.Kind));
        var notices = await db.Set<Notice>().Where(notice => noticeIds.Contains(notice.Id))
            .Select(notice => new { notice.Id, notice.Title }).ToDictionaryAsync(notice => notice.Id, notice => notice.Title, cancellationToken);
        var units = await db.Set<OrgUnit>().Where(unit => unitIds.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        var told = await db.Set<AlertTold>().Where(row => alertIds.Contains(row.AlertId)).GroupBy(row => row.AlertId).Select(group => new { group.Key, At = group.Min(row => row.FirstAt) })
            .ToDictionaryAsync(row => row.Key, row => row.At, cancellationToken);
        return [.. alerts.Select(alert => new AlertView(
            alert.Id,
            alert.Kind,
            alert.DisplayId,
            alert.NoticeId,
            alert.DisplayId is { } display && displays.TryGetValue(display, out var found) ? found.Name
                : alert.NoticeId is { } notice && notices.GetValueOrDefault(notice) is { Length: > 0 } title ? title
                : AlertText.Get("subject_" + AlertText.NameOf(alert.Kind)),
            alert.OrgUnitId,
            units.GetValueOrDefault(alert.OrgUnitId) ?? "",
            alert.DisplayId is { } placed && displays.TryGetValue(placed, out var place) ? place.TimeZone : null,
            AlertText.Get("text_" + AlertText.NameOf(alert.Kind), alert.Count ?? 1),
            alert.Since,
            alert.Until,
            told.TryGetValue(alert.Id, out var at) ? at : null)
        {
            Fault = faults.GetValueOrDefault(alert.Id)?.Name?.ToString(),
            Times = AlertRules.IsFault(alert.Kind) ? alert.Count : null,
            LastAt = faults.GetValueOrDefault(alert.Id)?.LastAt,
        })];
    }
}
