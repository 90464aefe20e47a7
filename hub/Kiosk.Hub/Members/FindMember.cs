using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

internal sealed record FoundMember(Guid Id, string Name, Guid OrgUnitId, Guid OrgRootId);

internal static class FindMember
{
    /// <summary>The member, when the operator hosts their unit.</summary>
    public static async Task<Result<FoundMember>> ForHostAsync(HubDbContext db, OperatorAccess access, Guid memberId, CancellationToken cancellationToken)
    {
        var found = await (
            from member in db.Set<Member>()
            join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
            where member.Id == memberId
            select new { member.Id, member.Name, member.OrgUnitId, unit.Path }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return MembersErrors.MemberUnknown();
        }

        if (await access.CheckAsync(OperatorRole.Host, found.OrgUnitId, cancellationToken) is { } denied)
        {
            return denied;
        }

        return new FoundMember(found.Id, found.Name, found.OrgUnitId, OrgUnit.IdsOf(found.Path)[0]);
    }
}
