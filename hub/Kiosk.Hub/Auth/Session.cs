using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiosk.Hub.Auth;

internal static class Session
{
    /// <summary>GET /api/session.</summary>
    public static async Task<Ok<SessionInfo>> GetAsync(HttpContext http, SessionView view, CancellationToken cancellationToken)
    {
        var authenticated = await http.AuthenticateAsync(AuthSchemes.Operator);
        if (authenticated.Principal is { } principal)
        {
            http.User = principal;
        }

        return TypedResults.Ok(await view.DescribeAsync(http, cancellationToken));
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
}
