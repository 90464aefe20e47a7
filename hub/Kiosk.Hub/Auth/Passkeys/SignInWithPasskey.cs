using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth.Passkeys;

/// <summary>Signing in with a passkey alone: it holds two factors, so no code is asked for. A lockout is for guessed passwords and does not shut it out.</summary>
internal static class SignInWithPasskey
{
    /// <summary>POST /api/session/passkey/question.</summary>
    public static async Task<Results<Ok<PasskeyQuestion>, ProblemHttpResult>> AskAsync(PasskeyCeremonies ceremonies, HttpContext http) =>
        (await ceremonies.AskAsync(PasskeyPurpose.SignIn, http)).ToHttp();

    /// <summary>POST /api/session/passkey.</summary>
    public static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> HandleAsync(
        PasskeySignIn input, HttpContext http, PasskeyCeremonies ceremonies, HubWriter writer, SessionView view, TimeProvider time, CancellationToken cancellationToken)
    {
        var proof = await ceremonies.CheckAsync(PasskeyPurpose.SignIn, input.Answer, http);
        if (!proof.IsOk)
        {
            return Problems.From(proof.Error);
        }

        // Whoever typed a name and then took somebody else's key means the name.
        if (input.UserName is { Length: > 0 } name && OperatorAccounts.Normalize(name) != proof.Value.Account.NormalizedUserName)
        {
            return Problems.From(AuthErrors.PasskeyOfAnother());
        }

        var (now, browser) = (time.GetUtcNow(), http.Request.Headers.UserAgent.ToString());
        Error? refusal = null;
        var result = await writer.WriteAsync<SignedIn>(
            async (db, token) =>
            {
                refusal = await ceremonies.UseAsync(db, proof.Value, now, token);
                var account = await db.Users.SingleOrDefaultAsync(user => user.Id == proof.Value.Account.Id, token);
                if (refusal is not null || account is null)
                {
                    refusal ??= AuthErrors.PasskeyRefused();
                    return default(SignedIn)!;
                }

                account.LastSignIn = now;
                return new SignedIn(account, OperatorSessions.Add(db, account.Id, browser, SignInMethod.Passkey, now));
            },
            cancellationToken);
        if ((refusal ?? result.Error) is { } refused)
        {
            return Problems.From(refused);
        }

        await SignIn.EstablishAsync(http, result.Value!.Account, result.Value.SessionId);
        return TypedResults.Ok(await view.DescribeAsync(http, cancellationToken));
    }
}
