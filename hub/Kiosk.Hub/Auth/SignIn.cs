using System.Security.Claims;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

internal static class SignIn
{
    public const string StampClaim = "stamp";

    /// <summary>POST /api/session.</summary>
    public static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> HandleAsync(
        SignInRequest request, HttpContext http, HubDbContext db, HubWriter writer, IPasswordHasher<OperatorAccount> hasher,
        IAntiforgery antiforgery, HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var account = await VerifyAsync(request, db, writer, hasher, time, cancellationToken);
        if (!account.IsOk)
        {
            return Problems.From(account.Error);
        }

        await EstablishAsync(http, account.Value);
        return TypedResults.Ok(await Session.DescribeAsync(http, db, antiforgery, options, cancellationToken));
    }

    /// <summary>Writes the session cookie and makes the account this request's user.</summary>
    public static async Task EstablishAsync(HttpContext http, OperatorAccount account)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(AuthSchemes.IdClaim, account.Id.ToString("N")),
                new Claim(ClaimTypes.Name, account.DisplayName),
                new Claim(StampClaim, account.SecurityStamp ?? ""),
            ],
            AuthSchemes.Operator));
        await http.SignInAsync(AuthSchemes.Operator, principal, new AuthenticationProperties { IsPersistent = true });
        http.User = principal;
    }

    private static async Task<Result<OperatorAccount>> VerifyAsync(
        SignInRequest request, HubDbContext db, HubWriter writer, IPasswordHasher<OperatorAccount> hasher, TimeProvider time, CancellationToken cancellationToken)
    {
        var normalized = OperatorAccounts.Normalize(request.UserName ?? "");
        var account = await db.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == normalized, cancellationToken);
        var now = time.GetUtcNow();
        if (account?.LockoutEnd is { } end && end > now)
        {
            return AuthErrors.LockedOut(end - now);
        }

        // The same work for an unknown name, so that the answer's time does not tell whether it exists.
        var verified = hasher.VerifyHashedPassword(account ?? new OperatorAccount(), account?.PasswordHash ?? _decoy.Value, request.Password ?? "");
        if (account?.PasswordHash is null)
        {
            return AuthErrors.SignInFailed();
        }

        var succeeded = verified != PasswordVerificationResult.Failed;
        Error? refusal = null;
        await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                await database.LockOperatorAsync(account.Id, token);
                var tracked = await database.Users.SingleAsync(user => user.Id == account.Id, token);
                refusal = succeeded ? Succeed(tracked, now) : Fail(tracked, now);
                return new Done();
            },
            cancellationToken);
        return refusal is null ? account : refusal;
    }

    private static Error? Succeed(OperatorAccount account, DateTimeOffset now)
    {
        (account.AccessFailedCount, account.LockoutEnd, account.LastSignIn) = (0, null, now);
        return null;
    }

    private static Error Fail(OperatorAccount account, DateTimeOffset now)
    {
        if (++account.AccessFailedCount < OperatorAccounts.MaxFailedSignIns)
        {
            return AuthErrors.SignInFailed();
        }

        (account.AccessFailedCount, account.LockoutEnd) = (0, now + OperatorAccounts.LockoutTime);
        return AuthErrors.LockedOut(OperatorAccounts.LockoutTime);
    }

    private static readonly Lazy<string> _decoy = new(() => new PasswordHasher<OperatorAccount>().HashPassword(new OperatorAccount(), Tokens.New()));
}
