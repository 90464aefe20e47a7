using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>
/// Whose content an operator sees: that of the own units and everything under them, and, up to internal, that of every unit above
/// (head office content reaches every branch). See docs/decisions/0004.
/// </summary>
/// <param name="Own">Units over which the operator has a role.</param>
/// <param name="Above">Units above those.</param>
internal sealed record ContentReach(IReadOnlyList<Guid> Own, IReadOnlyList<Guid> Above)
{
    /// <param name="under">Narrows the own units to those under this one.</param>
    public static async Task<Result<ContentReach>> OfAsync(OperatorAccess access, HubDbContext db, Guid? under, CancellationToken cancellationToken)
    {
        var own = await access.UnitIdsAsync(null, under, cancellationToken);
        if (!own.IsOk)
        {
            return own.Error;
        }

        var units = own.Value;
        var paths = await db.Set<OrgUnit>().Where(unit => units.Contains(unit.Id)).Select(unit => unit.Path).ToListAsync(cancellationToken);
        return new ContentReach(units, [.. paths.SelectMany(OrgUnit.IdsOf).Distinct().Except(units)]);
    }

    /// <summary>Whether content of a unit may be used by content of another: its own, or that of a unit above it.</summary>
    public static async Task<IReadOnlyList<Guid>> UsableByAsync(HubDbContext db, Guid orgUnitId, CancellationToken cancellationToken)
    {
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == orgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        return OrgUnit.IdsOf(path);
    }

    public IQueryable<MediaItem> Filter(IQueryable<MediaItem> media) =>
        media.Where(item => !item.Evidence).Where(item => Own.Contains(item.OrgUnitId) || (Above.Contains(item.OrgUnitId) && item.Disclosure != Disclosure.Restricted));

    public bool Sees(Guid orgUnitId, Disclosure disclosure) =>
        Own.Contains(orgUnitId) || (Above.Contains(orgUnitId) && disclosure != Disclosure.Restricted);

    /// <summary>Null when the operator may change content of the unit; content above, which is seen but not owned, is denied rather than unknown.</summary>
    public async Task<Error?> CheckEditAsync(OperatorAccess access, Guid orgUnitId, CancellationToken cancellationToken) =>
        Above.Contains(orgUnitId) ? SharedErrors.NotYourUnit() : await access.CheckAsync(OperatorRole.Editor, orgUnitId, cancellationToken);
}
