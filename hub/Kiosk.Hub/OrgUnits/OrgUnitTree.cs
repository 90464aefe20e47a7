using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;

namespace Kiosk.Hub.OrgUnits;

internal static class OrgUnitTree
{
    public static OrgUnit AddRoot(HubDbContext db, string name, OrgUnitKind kind, DateTimeOffset now) => Add(db, null, name, kind, 100, now);

    public static OrgUnit Add(HubDbContext db, OrgUnit? parent, string name, OrgUnitKind kind, int priorityCeiling, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var unit = new OrgUnit
        {
            Id = id,
            ParentId = parent?.Id,
            Name = name.Trim(),
            Kind = kind,
            Path = OrgUnit.PathOf(id, parent?.Path),
            Depth = parent is null ? 0 : parent.Depth + 1,
            PriorityCeiling = priorityCeiling,
        };
        db.Add(unit);
        return unit;
    }
}
