using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

/// <summary>Alerts that are open, for pages that show displays.</summary>
internal static class OpenAlerts
{
    /// <summary>Codes of the troubles of these displays that have become alerts.</summary>
    public static async Task<ILookup<Guid, string>> TroublesAsync(HubDbContext db, IReadOnlyCollection<Guid> displayIds, CancellationToken cancellationToken) =>
        (await db.Set<Alert>().Where(alert => alert.Until == null && alert.OpenedAt != null && alert.DisplayId != null && displayIds.Contains(alert.DisplayId.Value))
            .Select(alert => new { alert.DisplayId, alert.Kind }).ToListAsync(cancellationToken))
        .Where(row => AlertRules.TroubleOf(row.Kind) is not null)
        .ToLookup(row => row.DisplayId!.Value, row => AlertRules.TroubleOf(row.Kind)!);
}
