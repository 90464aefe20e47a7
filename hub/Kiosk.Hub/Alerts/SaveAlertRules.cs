using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

internal static class SaveAlertRules
{
    /// <summary>GET /api/alerts/rules.</summary>
    public static async Task<Results<Ok<IReadOnlyList<AlertRuleView>>, ProblemHttpResult>> ListAsync(
        Guid orgUnitId, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken) =>
        await access.CheckAsync(OperatorRole.Secretary, orgUnitId, cancellationToken) is { } denied ? Problems.From(denied) : TypedResults.Ok(await ViewAsync(db, orgUnitId, cancellationToken));

    /// <summary>PUT /api/alerts/rules.</summary>
    public static async Task<Results<Ok<IReadOnlyList<AlertRuleView>>, ProblemHttpResult>> SaveAsync(
        AlertRulesInput input, HubDbContext db, OperatorAccess access, HubWriter writer, CancellationToken cancellationToken)
    {
        if ((Check(input) ?? await access.CheckAsync(OperatorRole.Secretary, input.OrgUnitId, cancellationToken)) is { } refused)
        {
            return Problems.From(refused);
        }

        var saved = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                var rows = await database.Set<AlertRule>().Where(rule => rule.OrgUnitId == input.OrgUnitId).ToListAsync(token);
                database.RemoveRange(rows.Where(row => input.Rules.All(rule => rule.Kind != row.Kind)));
                foreach (var rule in input.Rules)
                {
                    if (rows.Find(row => row.Kind == rule.Kind) is { } row)
                    {
                        (row.Enabled, row.Minutes) = (rule.Enabled, rule.Minutes);
                    }
                    else
                    {
                        database.Add(new AlertRule { OrgUnitId = input.OrgUnitId, Kind = rule.Kind, Enabled = rule.Enabled, Minutes = rule.Minutes });
                    }
                }

                return default(Done);
            },
            cancellationToken);
        return saved.IsOk ? TypedResults.Ok(await ViewAsync(db, input.OrgUnitId, cancellationToken)) : Problems.From(saved.Error);
    }

    private static InvalidInput? Check(AlertRulesInput input)
    {
        var validation = new Validation();
        validation.Require(input.Rules is not null && input.Rules.All(rule => rule is not null && Enum.IsDefined(rule.Kind)) && input.Rules.DistinctBy(rule => rule.Kind).Count() == input.Rules.Count, "rules", AlertText.Get("choice_unknown"));
        foreach (var rule in validation.Error() is null ? input.Rules! : [])
        {
            var least = AlertRules.Least(rule.Kind);
            validation.Require(rule.Minutes >= least && rule.Minutes <= AlertRules.MostMinutes, "minutes" + rule.Kind, AlertText.Get("minutes_range", least, AlertRules.MostMinutes));
        }

        return validation.Error();
    }

    private static async Task<IReadOnlyList<AlertRuleView>> ViewAsync(HubDbContext db, Guid orgUnitId, CancellationToken cancellationToken)
    {
        var unit = await db.Set<OrgUnit>().AsNoTracking().SingleAsync(candidate => candidate.Id == orgUnitId, cancellationToken);
        var path = OrgUnit.IdsOf(unit.Path);
        var rules = new AlertRules(
            await db.Set<AlertRule>().AsNoTracking().Where(rule => path.Contains(rule.OrgUnitId)).ToListAsync(cancellationToken), new Dictionary<Guid, IReadOnlyList<Guid>> { [orgUnitId] = path });
        // The hub's backup is the top unit's to hear of.
        return [.. Enum.GetValues<AlertKind>().Where(kind => kind is not AlertKind.Backup || unit.ParentId is null).Select(kind =>
        {
            var (enabled, minutes, own) = rules.For(kind, orgUnitId);
            return new AlertRuleView(kind, enabled, minutes, own, AlertRules.Least(kind));
        })];
    }
}
