namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/org-units: the units the caller may see, parents first.</summary>
/// <param name="Depth">0 for the root.</param>
public sealed record OrgUnitNode(Guid Id, Guid? ParentId, string Name, OrgUnitKind Kind, int Depth, int PriorityCeiling);

/// <summary>POST /api/org-units, PUT /api/org-units/{id} (Admin).</summary>
/// <param name="Name">1–120 characters.</param>
/// <param name="PriorityCeiling">0–100: no schedule event of the unit may have a higher priority.</param>
public sealed record OrgUnitInput(Guid? ParentId, string Name, OrgUnitKind Kind, int PriorityCeiling = 100);

public enum OrgUnitKind
{
    Committee,
    GeneralBranch,
    Branch,
    Group,
}

/// <summary>GET /api/rooms?orgUnitId=.</summary>
public sealed record RoomSummary(Guid Id, string Name, Guid OrgUnitId, string OrgUnitName, int DisplayCount);

/// <summary>POST /api/rooms (Host: also a place outdoors, where no display hangs), PUT /api/rooms/{id} (Admin).</summary>
public sealed record RoomInput(string Name, Guid OrgUnitId);

/// <summary>GET/POST /api/groups, PUT/DELETE /api/groups/{id} (Admin): display groups.</summary>
public sealed record DisplayGroupSummary(Guid Id, string Name, Guid OrgUnitId, IReadOnlyList<Guid> DisplayIds);

public sealed record DisplayGroupInput(string Name, Guid OrgUnitId, IReadOnlyList<Guid> DisplayIds);

/// <summary>GET /api/targets?orgUnitId=: everything content may be aimed at, for pickers.</summary>
/// <param name="Scope">As <c>Scopes</c> spells it.</param>
/// <param name="Kind"><c>display room group tag org</c>.</param>
/// <param name="Displays">How many displays it reaches now.</param>
public sealed record TargetOption(string Scope, string Kind, string Name, int Displays);
