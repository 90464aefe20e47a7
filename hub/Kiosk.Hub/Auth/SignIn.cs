using System.Security.Claims;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <param name="SessionId">For the cookie.</param>
internal sealed record SignedIn(OperatorAccount Account, Guid SessionId);

internal static class SignIn
{
    public const string StampClaim = "stamp";

    /// <summary>POST /api/session.</summary>
    public static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> HandleAsync(
        SignInRequest request, HttpContext http, HubDbContext db, Credentials credentials,
        SessionView view, HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var normalized = OperatorAccounts.Normalize(request.UserName ?? "");
        var account = await db.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == normalized, cancellationToken);
        if (account?.PasswordHash is null)
        {
            return Problems.From(await credentials.RefuseUnknownAsync(normalized, request.Password, cancellationToken));
        }

        var browser = http.Request.Headers.UserAgent.ToString();
        var result = await credentials.ProveAsync<SignedIn>(
            account, request.Password, request.Code, CodeNeed.WhenOn, CredentialWords.AtSignIn(),
            async (database, tracked, token) =>
            {
                var now = time.GetUtcNow();
                tracked.LastSignIn = now;
                await StrongSignIn.NoteAsync(database, options, tracked, now, token);
                return new SignedIn(tracked, OperatorSessions.Add(database, tracked.Id, browser, MethodOf(tracked, request.Code), now));
            },
            cancellationToken);
        if (!result.IsOk)
        {
            return Problems.From(result.Error);
        }

        await EstablishAsync(http, result.Value.Account, result.Value.SessionId);
        return TypedResults.Ok(await view.DescribeAsync(http, cancellationToken));
    }

    /// <summary>Writes the session cookie and makes the account this request's user.</summary>
    public static async Task EstablishAsync(HttpContext http, OperatorAccount account, Guid sessionId)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(AuthSchemes.IdClaim, account.Id.ToString("N")),
                new Claim(ClaimTypes.Name, account.DisplayName),
                new Claim(StampClaim, account.SecurityStamp ?? ""),
                new Claim(OperatorSessions.Claim, sessionId.ToString("N")),
            ],
            AuthSchemes.Operator));
        await http.SignInAsync(AuthSchemes.Operator, principal, new AuthenticationProperties { IsPersistent = true });
        http.User = principal;
    }

    private static SignInMethod MethodOf(OperatorAccount account, string? code) =>
        !account.TwoFactorEnabled ? SignInMethod.Password
        : Credentials.Normalize(code).Length == Totp.Digits ? SignInMethod.PasswordAndCode
        : SignInMethod.RecoveryCode;
}
