using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>Who may host where: the one place that answers it.</summary>
internal static class HostRights
{
    /// <summary>With settable members, so that queries can be built upon it.</summary>
    internal sealed record Holder
    {
        public required Guid MemberId { get; init; }

        public required string Name { get; init; }

        public required string UnitPath { get; init; }
    }

    /// <summary>Everybody whom their mark allows to host somewhere, suspended members left out.</summary>
    public static IQueryable<Holder> Holders(HubDbContext db) =>
        from right in db.Set<HostRight>()
        join member in db.Set<Member>() on right.MemberId equals member.Id
        join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
        where right.MayHost && !member.Suspended
        select new Holder { MemberId = member.Id, Name = member.Name, UnitPath = unit.Path };

    /// <summary>Whether the member may host the meetings of a unit.</summary>
    public static async Task<bool> CoversAsync(HubDbContext db, Guid memberId, Guid orgUnitId, CancellationToken cancellationToken)
    {
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == orgUnitId).Select(unit => unit.Path).SingleOrDefaultAsync(cancellationToken);
        var held = await Holders(db).Where(holder => holder.MemberId == memberId).Select(holder => holder.UnitPath).SingleOrDefaultAsync(cancellationToken);
        return path is not null && held is not null && path.StartsWith(held, StringComparison.Ordinal);
    }

    /// <summary>Whether the member may host anywhere, and so has use for a host PIN.</summary>
    public static Task<bool> AnywhereAsync(HubDbContext db, Guid memberId, CancellationToken cancellationToken) =>
        Holders(db).AnyAsync(holder => holder.MemberId == memberId, cancellationToken);
}
