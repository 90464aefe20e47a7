using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

/// <summary>POST /api/members/cards: cards for many at once; who has a valid one keeps it, so that a second press does nothing.</summary>
internal static class IssueCards
{
    /// <summary>Issued in one call; the caller asks again while there are others left.</summary>
    public const int MostAtOnce = 200;

    public static async Task<Results<Ok<CardsIssued>, ProblemHttpResult>> HandleAsync(
        CardsInput input, OperatorAccess access, HubDbContext db, HubWriter writer, CardIssuers issuers, TimeProvider time, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Host, input.OrgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        if (new Validation().Require(input.MemberIds is not { Count: > MostAtOnce }, "memberIds", MembersText.Get("too_many_cards", MostAtOnce)).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var paths = await db.Set<OrgUnit>().Where(unit => units.Value.Contains(unit.Id)).Select(unit => new { unit.Id, unit.Path }).ToListAsync(cancellationToken);
        var roots = paths.ToDictionary(unit => unit.Id, unit => OrgUnit.IdsOf(unit.Path)[0]);
        foreach (var root in roots.Values.Distinct())
        {
            issuers.Of(root);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<CardsIssued>(
            async (database, cancellation) =>
            {
                var without = Without(database, Wanted(database, units.Value, input));
                var found = await without.OrderBy(member => member.Initials).ThenBy(member => member.Name).ThenBy(member => member.Id)
                    .Take(MostAtOnce).Select(member => new { member.Id, member.OrgUnitId }).ToListAsync(cancellation);
                var total = await without.CountAsync(cancellation);
                database.AddRange(found.Select(member => MemberCards.New(member.Id, roots[member.OrgUnitId], now)));
                if (found.Count > 0)
                {
                    database.SignalChanged(Topics.Members);
                }

                return new CardsIssued([.. found.Select(member => member.Id)], total - found.Count);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>Those of them who have no valid card.</summary>
    public static IQueryable<Member> Without(HubDbContext db, IQueryable<Member> members) =>
        members.Where(member => !db.Set<MemberCard>().Any(card => card.MemberId == member.Id && card.RevokedAt == null));

    private static IQueryable<Member> Wanted(HubDbContext db, IReadOnlyList<Guid> units, CardsInput input)
    {
        var members = db.Set<Member>().AsNoTracking().Where(member => units.Contains(member.OrgUnitId));
        return input.MemberIds is { } ids ? members.Where(member => ids.Contains(member.Id)) : MemberSearch.Where(members, input.Search);
    }
}
