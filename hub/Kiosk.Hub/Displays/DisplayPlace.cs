using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>Where a display is in the organisation: all that decides which content is aimed at it.</summary>
/// <param name="Pairing">SHA-256 of its player's token; null while no player serves it.</param>
/// <param name="OrgPath">Org unit ids from the root to the display's unit.</param>
internal sealed record DisplayPlace(
    Guid Id, int Number, Guid OrgUnitId, IReadOnlyList<Guid> OrgPath, Guid? RoomId, IReadOnlyList<Guid> GroupIds, IReadOnlyList<string> Tags,
    string? Pairing)
{
    /// <summary>The places of these displays, or of all.</summary>
    public static async Task<IReadOnlyList<DisplayPlace>> LoadAsync(
        HubDbContext db, IReadOnlyCollection<Guid>? displayIds, CancellationToken cancellationToken)
    {
        var displays = db.Set<Display>().AsNoTracking();
        var members = db.Set<DisplayGroupMember>().AsNoTracking();
        if (displayIds is not null)
        {
            displays = displays.Where(display => displayIds.Contains(display.Id));
            members = members.Where(member => displayIds.Contains(member.DisplayId));
        }

        var rows = await (
            from display in displays
            join unit in db.Set<OrgUnit>() on display.OrgUnitId equals unit.Id
            orderby display.Id
            select new { display.Id, display.Number, display.OrgUnitId, unit.Path, display.RoomId, display.Tags, display.TokenSha256 }).ToListAsync(cancellationToken);
        var groups = (await members.ToListAsync(cancellationToken)).ToLookup(member => member.DisplayId, member => member.GroupId);
        return [.. rows.Select(row => new DisplayPlace(
            row.Id, row.Number, row.OrgUnitId, OrgUnit.IdsOf(row.Path), row.RoomId, [.. groups[row.Id].Order()], row.Tags, row.TokenSha256))];
    }
}
