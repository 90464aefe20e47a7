using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Passkeys;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>What the admin is told about who is signed in, and how one can sign in here.</summary>
internal sealed class SessionView(HubDbContext db, IAntiforgery antiforgery, HubOptions options, HubAddress address, StrongSignIn strong)
{
    public async Task<SessionInfo> DescribeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var token = antiforgery.GetAndStoreTokens(http).RequestToken ?? "";
        var ways = new SignInWays(
            PasskeyAddress.Of(address.Value, null).IsOk,
            options.Organisation.IsOn ? options.Organisation.Name is { Length: > 0 } name ? name : AuthText.Get("organisation_account") : null);
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
        var sessionId = OperatorSessions.IdOf(http.User);
        var method = await db.Set<OperatorSession>().Where(session => session.Id == sessionId).Select(session => (SignInMethod?)session.Method).SingleOrDefaultAsync(cancellationToken);
        return new SessionInfo(true, account.Id, account.UserName, account.DisplayName, grants, token, options.Name, options.TimeZone, ways)
        {
            Method = method,
            StrongDue = await strong.DueAsync(http.User, cancellationToken),
        };
    }
}
