using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Passkeys;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>What the admin is told about who is signed in, and how one can sign in here.</summary>
internal sealed class SessionView(HubDbContext db, IAntiforgery antiforgery, HubOptions options, HubAddress address)
{
    public async Task<SessionInfo> DescribeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var token = antiforgery.GetAndStoreTokens(http).RequestToken ?? "";
        var ways = new SignInWays(PasskeyAddress.Of(address.Value, null).IsOk);
        var account = OperatorAccess.IdOf(http.User) is { } id ? await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken) : null;
        if (account is null)
        {
            return new SessionInfo(false, null, null, null, [], token, options.Name, options.TimeZone, ways);
        }

        var grants = await (
            from assignment in db.Set<RoleAssignment>()
            join unit in db.Set<OrgUnit>() on assignment.OrgUnitId equals unit.Id
            where assignment.OperatorId == account.Id
            orderby unit.Depth, unit.Name
            select new RoleGrant(assignment.Role, unit.Id, unit.Name)).ToListAsync(cancellationToken);
        return new SessionInfo(true, account.Id, account.UserName, account.DisplayName, grants, token, options.Name, options.TimeZone, ways);
    }
}
