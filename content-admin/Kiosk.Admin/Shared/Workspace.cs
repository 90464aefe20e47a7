using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Shared;

/// <summary>Who is signed in, and the org unit everything on the page is about.</summary>
internal sealed class Workspace
{
    private Guid? preferred;

    /// <summary>Signed in, out, or the units changed.</summary>
    public event Action? SessionChanged;

    /// <summary>Another org unit was chosen.</summary>
    public event Action? OrgUnitChanged;

    public SessionInfo? Session { get; private set; }

    /// <summary>The hub no longer knows the session; what is on the page stays until the same person is back.</summary>
    public bool Expired { get; private set; }

    public IReadOnlyList<OrgUnitNode> OrgUnits { get; private set; } = [];

    public OrgUnitNode? OrgUnit { get; private set; }

    public Guid OrgUnitId => OrgUnit?.Id ?? Guid.Empty;

    public bool SignedIn => Session is { SignedIn: true } && !Expired;

    /// <param name="units">The units the person may see; none when nobody is signed in.</param>
    public void Accept(SessionInfo session, IReadOnlyList<OrgUnitNode> units)
    {
        Session = session;
        Expired = false;
        OrgUnits = [.. InTree(units)];
        OrgUnit = units.FirstOrDefault(unit => unit.Id == (OrgUnit?.Id ?? preferred)) ?? (units.Count > 0 ? units[0] : null);
        SessionChanged?.Invoke();
    }

    /// <summary>Each followed by those below it; what stands above is not always to be seen.</summary>
    private static IEnumerable<OrgUnitNode> InTree(IReadOnlyList<OrgUnitNode> units)
    {
        var ids = units.Select(unit => unit.Id).ToHashSet();
        var children = units.ToLookup(unit => unit.ParentId is { } above && ids.Contains(above) ? above : Guid.Empty);
        return Under(Guid.Empty);

        IEnumerable<OrgUnitNode> Under(Guid above) => children[above].SelectMany(unit => Under(unit.Id).Prepend(unit));
    }

    public void Expire()
    {
        if (Session is { SignedIn: true } && !Expired)
        {
            Expired = true;
            SessionChanged?.Invoke();
        }
    }

    public void Prefer(Guid orgUnit) => preferred = orgUnit;

    public void Choose(Guid orgUnit)
    {
        preferred = orgUnit;
        OrgUnit = OrgUnits.FirstOrDefault(unit => unit.Id == orgUnit) ?? OrgUnit;
        OrgUnitChanged?.Invoke();
    }

    /// <summary>May do this somewhere; the hub decides each request.</summary>
    public bool Has(OperatorRole role) =>
        Session?.Grants.Any(grant => Includes(grant.Role, role)) ?? false;

    /// <summary>May do this in the org unit chosen.</summary>
    public bool Can(OperatorRole role)
    {
        var byId = OrgUnits.ToDictionary(unit => unit.Id);
        for (var unit = OrgUnit; unit is not null; unit = unit.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null)
        {
            if (Session?.Grants.Any(grant => grant.OrgUnitId == unit.Id && Includes(grant.Role, role)) ?? false)
            {
                return true;
            }
        }

        return false;
    }

    // As the hub has it: a secretary is a host who may know more.
    private static bool Includes(OperatorRole held, OperatorRole wanted) =>
        held == wanted || held == OperatorRole.Admin || (held == OperatorRole.Secretary && wanted == OperatorRole.Host);
}
