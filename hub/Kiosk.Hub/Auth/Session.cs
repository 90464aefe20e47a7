using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

internal static class Session
{
    /// <summary>GET /api/session.</summary>
    public static async Task<Ok<SessionInfo>> GetAsync(
        HttpContext http, HubDbContext db, IAntiforgery antiforgery, HubOptions options, CancellationToken cancellationToken)
    {
        var authenticated = await http.AuthenticateAsync(AuthSchemes.Operator);
        if (authenticated.Principal is { } principal)
        {
            http.User = principal;
        }

        return TypedResults.Ok(await DescribeAsync(http, db, antiforgery, options, cancellationToken));
    }

    /// <summary>DELETE /api/session.</summary>
    public static async Task<SignOutHttpResult> EndAsync(HttpContext http, HubWriter writer, CancellationToken cancellationToken)
    {
        var id = OperatorSessions.IdOf(http.User);
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                await OperatorSessions.EndAsync(db, db.Set<OperatorSession>().Where(session => session.Id == id), token);
                return default(Done);
            },
            cancellationToken);
        return TypedResults.SignOut(authenticationSchemes: [AuthSchemes.Operator]);
    }

    public static async Task<SessionInfo> DescribeAsync(
        HttpContext http, HubDbContext db, IAntiforgery antiforgery, HubOptions options, CancellationToken cancellationToken)
    {
        var token = antiforgery.GetAndStoreTokens(http).RequestToken ?? "";
        var account = OperatorAccess.IdOf(http.User) is { } id ? await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken) : null;
        if (account is null)
        {
            return new SessionInfo(false, null, null, null, [], token, options.Name, options.TimeZone);
        }

        var grants = await (
            from assignment in db.Set<RoleAssignment>()
            join unit in db.Set<OrgUnit>() on assignment.OrgUnitId equals unit.Id
            where assignment.OperatorId == account.Id
            orderby unit.Depth, unit.Name
            select new RoleGrant(assignment.Role, unit.Id, unit.Name)).ToListAsync(cancellationToken);
        return new SessionInfo(true, account.Id, account.UserName, account.DisplayName, grants, token, options.Name, options.TimeZone);
    }
}
