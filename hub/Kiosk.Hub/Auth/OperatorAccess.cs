using System.Security.Claims;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>What the signed-in operator of this request may do, read from the database once a request, so that a withdrawn right ends at once.</summary>
internal sealed class OperatorAccess(HubDbContext db, IHttpContextAccessor http)
{
    private IReadOnlyList<Grant>? _grants;

    private sealed record Grant(OperatorRole Role, Guid OrgUnitId, string Name, string Path);

    public Guid Id => IdOf(http.HttpContext?.User) ?? throw new InvalidOperationException("No operator is signed in.");

    /// <summary>Shown as "who did it".</summary>
    public string Name => http.HttpContext?.User.FindFirstValue(ClaimTypes.Name) ?? "";

    public static Guid? IdOf(ClaimsPrincipal? user) =>
        user?.Identities.FirstOrDefault(identity => identity.AuthenticationType == AuthSchemes.Operator)?.FindFirst(AuthSchemes.IdClaim) is { } claim
        && Guid.TryParse(claim.Value, out var id) ? id : null;

    /// <summary>Null when the operator has the role over the unit (by it or a unit above); Admin includes every role.</summary>
    public async Task<Error?> CheckAsync(OperatorRole role, Guid orgUnitId, CancellationToken cancellationToken = default)
    {
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == orgUnitId).Select(unit => unit.Path).SingleOrDefaultAsync(cancellationToken);
        var readable = path is not null && (await GrantsAsync(cancellationToken)).Any(grant => path.StartsWith(grant.Path, StringComparison.Ordinal));
        if (!readable)
        {
            return SharedErrors.NotFound();
        }

        return (await GrantsAsync(cancellationToken)).Any(grant => Includes(grant.Role, role) && path!.StartsWith(grant.Path, StringComparison.Ordinal))
            ? null
            : SharedErrors.NotYourUnit();
    }

    /// <summary>The same for what the operator can see, e.g. because a unit below uses it: "unknown" would be a lie.</summary>
    public async Task<Error?> CheckSeenAsync(OperatorRole role, Guid orgUnitId, CancellationToken cancellationToken = default)
    {
        var denied = await CheckAsync(role, orgUnitId, cancellationToken);
        return denied is Shared.NotFound ? SharedErrors.NotYourUnit() : denied;
    }

    /// <summary>Whether the operator holds this very role over the unit: for what even an administrator does not see.</summary>
    public async Task<bool> HoldsAsync(OperatorRole role, Guid orgUnitId, CancellationToken cancellationToken = default)
    {
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == orgUnitId).Select(unit => unit.Path).SingleOrDefaultAsync(cancellationToken);
        return path is not null && (await GrantsAsync(cancellationToken)).Any(grant => grant.Role == role && path.StartsWith(grant.Path, StringComparison.Ordinal));
    }

    /// <summary>Null when the operator has the role over every top unit: what concerns the whole hub.</summary>
    public async Task<Error?> CheckEverythingAsync(OperatorRole role, CancellationToken cancellationToken = default)
    {
        var roots = await db.Set<OrgUnit>().Where(unit => unit.ParentId == null).Select(unit => unit.Path).ToListAsync(cancellationToken);
        var held = (await GrantsAsync(cancellationToken)).Where(grant => Includes(grant.Role, role)).Select(grant => grant.Path).ToHashSet();
        return roots.TrueForAll(held.Contains) ? null : SharedErrors.NotYourUnit();
    }

    /// <summary>The units, with everything under them, over which the operator has the role (null: any role), narrowed to those under a unit.</summary>
    public Task<Result<IReadOnlyList<Guid>>> UnitIdsAsync(OperatorRole? role, Guid? under, CancellationToken cancellationToken = default) =>
        UnitIdsAsync(held => role is null || Includes(held, role.Value), under, cancellationToken);

    /// <summary>The same for this very role, as <see cref="HoldsAsync"/> has it.</summary>
    public Task<Result<IReadOnlyList<Guid>>> HeldUnitIdsAsync(OperatorRole role, Guid? under, CancellationToken cancellationToken = default) =>
        UnitIdsAsync(held => held == role, under, cancellationToken);

    private async Task<Result<IReadOnlyList<Guid>>> UnitIdsAsync(Func<OperatorRole, bool> counts, Guid? under, CancellationToken cancellationToken)
    {
        var paths = (await GrantsAsync(cancellationToken)).Where(grant => counts(grant.Role)).Select(grant => grant.Path).ToList();
        var units = await db.Set<OrgUnit>().Select(unit => new { unit.Id, unit.Path }).ToListAsync(cancellationToken);
        var underPath = under is null ? "/" : units.SingleOrDefault(unit => unit.Id == under)?.Path;
        if (underPath is null)
        {
            return SharedErrors.NotFound();
        }

        var found = units
            .Where(unit => unit.Path.StartsWith(underPath, StringComparison.Ordinal) && paths.Any(path => unit.Path.StartsWith(path, StringComparison.Ordinal)))
            .Select(unit => unit.Id)
            .ToList();
        return under is not null && found.Count == 0 ? SharedErrors.NotFound() : found;
    }

    public async Task<IReadOnlyList<RoleGrant>> RolesAsync(CancellationToken cancellationToken = default) =>
        [.. (await GrantsAsync(cancellationToken)).Select(grant => new RoleGrant(grant.Role, grant.OrgUnitId, grant.Name))];

    public async Task<bool> HasRoleAsync(ClaimsPrincipal user, OperatorRole? role, CancellationToken cancellationToken = default) =>
        IdOf(user) is { } id && (await GrantsAsync(id, cancellationToken)).Any(grant => role is null || Includes(grant.Role, role.Value));

    private static bool Includes(OperatorRole held, OperatorRole wanted) =>
        held == wanted || held == OperatorRole.Admin || (held == OperatorRole.Secretary && wanted == OperatorRole.Host);

    private Task<IReadOnlyList<Grant>> GrantsAsync(CancellationToken cancellationToken) => GrantsAsync(Id, cancellationToken);

    private async Task<IReadOnlyList<Grant>> GrantsAsync(Guid operatorId, CancellationToken cancellationToken) =>
        _grants ??= await (
            from assignment in db.Set<RoleAssignment>()
            join unit in db.Set<OrgUnit>() on assignment.OrgUnitId equals unit.Id
            where assignment.OperatorId == operatorId
            orderby unit.Depth, unit.Name
            select new Grant(assignment.Role, unit.Id, unit.Name, unit.Path)).ToListAsync(cancellationToken);
}
