using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.OrgUnits;

internal static class OrgUnitUseCases
{
    // The upper units first: a tree of more is walked from one of them.
    private const int MostUnits = 5_000;

    /// <summary>GET /api/org-units: parents first, siblings by name. An organisation's tree is small enough to be one answer.</summary>
    public static async Task<Ok<IReadOnlyList<OrgUnitNode>>> ListAsync(HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        var ids = (await access.UnitIdsAsync(null, null, cancellationToken)).Value ?? [];
        var units = await db.Set<OrgUnit>().Where(unit => ids.Contains(unit.Id)).OrderBy(unit => unit.Depth).ThenBy(unit => unit.Name).Take(MostUnits).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<OrgUnitNode>>([.. units.Select(View)]);
    }

    /// <summary>POST /api/org-units.</summary>
    public static async Task<Results<Ok<OrgUnitNode>, ProblemHttpResult>> CreateAsync(
        OrgUnitInput input, OperatorAccess access, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(input) is { } invalid)
        {
            return Problems.From(invalid);
        }

        if (input.ParentId is not { } parentId)
        {
            return Problems.From(new InvalidInput("parent_missing", OrgUnitText.Get("parent_missing")));
        }

        if (await access.CheckAsync(OperatorRole.Admin, parentId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var result = await writer.WriteAsync<OrgUnitNode>(
            async (db, token) =>
            {
                var parent = await db.Set<OrgUnit>().SingleAsync(unit => unit.Id == parentId, token);
                if (parent.Depth >= 19)
                {
                    return new InvalidInput("tree_too_deep", OrgUnitText.Get("tree_too_deep"));
                }

                return View(OrgUnitTree.Add(db, parent, input.Name, input.Kind, input.PriorityCeiling, time.GetUtcNow()));
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>PUT /api/org-units/{id}: name, kind and ceiling; moving a unit is not offered.</summary>
    public static async Task<Results<Ok<OrgUnitNode>, ProblemHttpResult>> UpdateAsync(
        Guid id, OrgUnitInput input, OperatorAccess access, HubWriter writer, CancellationToken cancellationToken)
    {
        if (Check(input) is { } invalid)
        {
            return Problems.From(invalid);
        }

        if (await access.CheckAsync(OperatorRole.Admin, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var result = await writer.WriteAsync<OrgUnitNode>(
            async (db, token) =>
            {
                var unit = await db.Set<OrgUnit>().SingleAsync(candidate => candidate.Id == id, token);
                (unit.Name, unit.Kind, unit.PriorityCeiling) = (input.Name.Trim(), input.Kind, input.PriorityCeiling);
                return View(unit);
            },
            cancellationToken);
        return result.ToHttp();
    }

    private static InvalidInput? Check(OrgUnitInput input) => new Validation()
        .Text(input.Name, "name", 120)
        .Require(input.PriorityCeiling is >= 0 and <= 100, "priorityCeiling", OrgUnitText.Get("ceiling_range"))
        .Error();

    private static OrgUnitNode View(OrgUnit unit) => new(unit.Id, unit.ParentId, unit.Name, unit.Kind, unit.Depth, unit.PriorityCeiling);
}
