using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Passkeys;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>The signed-in operator's own account.</summary>
internal static partial class Account
{
    /// <summary>GET /api/account.</summary>
    public static async Task<Ok<AccountInfo>> GetAsync(
        OperatorAccess access, HttpContext http, HubDbContext db, PasskeyCeremonies ceremonies, CancellationToken cancellationToken)
    {
        var id = access.Id;
        var account = await db.Users.SingleAsync(user => user.Id == id, cancellationToken);
        var since = await db.Set<Authenticator>().Where(row => row.OperatorId == id).Select(row => row.ConfirmedAt).SingleOrDefaultAsync(cancellationToken);
        var left = await db.Set<RecoveryCode>().CountAsync(row => row.OperatorId == id, cancellationToken);
        return TypedResults.Ok(new AccountInfo(account.UserName ?? "", account.DisplayName, since, left)
        {
            HasPassword = account.PasswordHash is not null,
            Passkeys = await Passkeys.Passkeys.ListAsync(db, id, cancellationToken),
            PasskeyRefusal = ceremonies.Refusal(http)?.Message,
        });
    }

    /// <summary>POST /api/account/password.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(
        PasswordChange input, OperatorAccess access, HttpContext http, HubDbContext db, Credentials credentials,
        IPasswordHasher<OperatorAccount> hasher, ILogger<Credentials> logger, CancellationToken cancellationToken)
    {
        var (id, session) = (access.Id, OperatorSessions.IdOf(http.User));
        var account = await db.Users.SingleAsync(user => user.Id == id, cancellationToken);
        if (new Validation().CheckPassword(input.NewPassword, account.UserName, "newPassword").Error() is { } weak)
        {
            return Problems.From(weak);
        }

        var hash = OperatorAccounts.HashPassword(hasher, input.NewPassword);
        var result = await credentials.ProveAsync<Done>(
            account, input.Password, null, CodeNeed.Never, CredentialWords.InForm(),
            async (database, tracked, token) =>
            {
                tracked.PasswordHash = hash;
                await OperatorSessions.EndAllAsync(database, id, session, token);
                database.OnCommitted(_ => LogPasswordChanged(logger, id));
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    [LoggerMessage(3005, LogLevel.Information, "Operator {OperatorId} changed the password.")]
    private static partial void LogPasswordChanged(ILogger logger, Guid operatorId);
}
