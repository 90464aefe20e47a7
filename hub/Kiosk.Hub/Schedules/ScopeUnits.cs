using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>Which org unit a scope lies in.</summary>
internal static class ScopeUnits
{
    public static async Task<Guid?> UnitOfAsync(HubDbContext db, string scope, CancellationToken cancellationToken)
    {
        if (!Scopes.TryParse(scope, out var kind, out var id, out _))
        {
            return null;
        }

        return kind switch
        {
            "display" => await db.Set<Display>().Where(display => display.Id == id).Select(display => (Guid?)display.OrgUnitId).SingleOrDefaultAsync(cancellationToken),
            "room" => await db.Set<Room>().Where(room => room.Id == id).Select(room => (Guid?)room.OrgUnitId).SingleOrDefaultAsync(cancellationToken),
            "group" => await db.Set<DisplayGroup>().Where(group => group.Id == id).Select(group => (Guid?)group.OrgUnitId).SingleOrDefaultAsync(cancellationToken),
            _ => await db.Set<OrgUnit>().Where(unit => unit.Id == id).Select(unit => (Guid?)unit.Id).SingleOrDefaultAsync(cancellationToken),
        };
    }

    /// <summary>
    /// Scopes that concern the units: everything inside them, and org units above, whose content reaches down.
    /// Tags are recognised by their prefixes.
    /// </summary>
    public static async Task<(IReadOnlyList<string> Exact, IReadOnlyList<string> Prefixes)> ConcerningAsync(
        HubDbContext db, IReadOnlyList<Guid> own, IReadOnlyList<Guid> above, CancellationToken cancellationToken)
    {
        var displays = await db.Set<Display>().Where(display => own.Contains(display.OrgUnitId)).Select(display => display.Id).ToListAsync(cancellationToken);
        var rooms = await db.Set<Room>().Where(room => own.Contains(room.OrgUnitId)).Select(room => room.Id).ToListAsync(cancellationToken);
        var groups = await db.Set<DisplayGroup>().Where(group => own.Contains(group.OrgUnitId)).Select(group => group.Id).ToListAsync(cancellationToken);
        Guid[] units = [.. own, .. above];
        return (
            [.. units.Select(Scopes.Org), .. displays.Select(Scopes.Display), .. rooms.Select(Scopes.Room), .. groups.Select(Scopes.Group)],
            [.. units.Select(unit => $"tag:{unit:N}:")]);
    }
}
