using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

internal static class ListDisplays
{
    /// <summary>GET /api/displays: by name; search looks at name, room and tags.</summary>
    public static async Task<Results<Ok<Page<DisplaySummary>>, ProblemHttpResult>> HandleAsync(
        Guid? orgUnitId, string? search, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, DisplayViews views, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(null, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var readable = units.Value;
        var query = db.Set<Display>().Where(display => readable.Contains(display.OrgUnitId));
        if (!string.IsNullOrWhiteSpace(search))
        {
            var tag = TypedText.Plain(search).Trim().TrimStart('#').ToLowerInvariant();
            var named = db.Set<Display>().WithName(db.Database, display => display.Name, search).Select(display => display.Id);
            var rooms = db.Set<Room>().WithName(db.Database, room => room.Name, search).Select(room => (Guid?)room.Id);
            query = query.Where(display => named.Contains(display.Id) || display.Tags.Contains(tag) || rooms.Contains(display.RoomId));
        }

        var total = await query.CountAsync(cancellationToken);
        var items = await views.ListAsync(query.OrderBy(display => display.Name).ThenBy(display => display.Id).Skip(paging.From).Take(paging.Size), cancellationToken);
        return TypedResults.Ok(new Page<DisplaySummary>(items, total));
    }

    /// <summary>GET /api/displays/{id}.</summary>
    public static async Task<Results<Ok<DisplaySummary>, ProblemHttpResult>> GetAsync(
        Guid id, HubDbContext db, OperatorAccess access, DisplayViews views, CancellationToken cancellationToken) =>
        await CheckReadableAsync(db, access, id, cancellationToken) is { } unknown
            ? Problems.From(unknown)
            : TypedResults.Ok(await views.GetAsync(id, cancellationToken));

    /// <summary>Null when the operator has any role over the display's unit.</summary>
    public static async Task<Error?> CheckReadableAsync(HubDbContext db, OperatorAccess access, Guid id, CancellationToken cancellationToken)
    {
        var unit = await db.Set<Display>().Where(display => display.Id == id).Select(display => (Guid?)display.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        var readable = await access.UnitIdsAsync(null, null, cancellationToken);
        return unit is not null && readable.IsOk && readable.Value.Contains(unit.Value) ? null : SharedErrors.NotFound();
    }
}
