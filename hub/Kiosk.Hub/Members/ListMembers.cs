using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

/// <summary>GET /api/members, /api/members/{id}.</summary>
internal static class ListMembers
{
    public static async Task<Results<Ok<Page<MemberSummary>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, string? search, bool? withoutCard, [AsParameters] Paging paging, OperatorAccess access, HubDbContext db, PersonalData personal, TimeProvider time, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Host, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        var members = MemberSearch.Where(db.Set<Member>().AsNoTracking().Where(member => ids.Contains(member.OrgUnitId)), search);
        members = withoutCard is true ? IssueCards.Without(db, members) : members;
        var total = await members.CountAsync(cancellationToken);
        var page = members.OrderBy(member => member.Initials).ThenBy(member => member.Name).ThenBy(member => member.Id).Skip(paging.From).Take(paging.Size);
        var rows = await MemberViews.Rows(db, page, time.GetUtcNow()).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<MemberSummary>(
            [.. rows.OrderBy(row => row.Member.Initials, StringComparer.Ordinal).ThenBy(row => row.Member.Name, StringComparer.Ordinal).Select(row => MemberViews.Summary(row, personal))], total));
    }

    public static async Task<Results<Ok<MemberSummary>, ProblemHttpResult>> GetAsync(
        Guid id, OperatorAccess access, HubDbContext db, PersonalData personal, TimeProvider time, CancellationToken cancellationToken)
    {
        var row = await MemberViews.Rows(db, db.Set<Member>().AsNoTracking().Where(member => member.Id == id), time.GetUtcNow()).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return Problems.From(MembersErrors.MemberUnknown());
        }

        return await access.CheckAsync(OperatorRole.Host, row.Member.OrgUnitId, cancellationToken) is { } denied
            ? Problems.From(denied)
            : TypedResults.Ok(MemberViews.Summary(row, personal));
    }
}
