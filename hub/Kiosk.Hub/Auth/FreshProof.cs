using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Passkeys;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>
/// What cannot be taken back asks who is there: the session must have been proved within ten minutes, by signing in or again since.
/// So a browser left open gives nobody an account of their own.
/// </summary>
internal static class FreshProof
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static TBuilder RequireFreshProof<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(async (context, next) =>
        {
            var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
            var id = OperatorSessions.IdOf(http.User);
            var provenAt = await services.GetRequiredService<HubDbContext>().Set<OperatorSession>()
                .Where(session => session.Id == id).Select(session => (DateTimeOffset?)session.ProvenAt).SingleOrDefaultAsync(http.RequestAborted);
            return provenAt is { } proven && services.GetRequiredService<TimeProvider>().GetUtcNow() - proven < Lifetime
                ? await next(context)
                : Problems.From(AuthErrors.ProofRequired());
        });

    /// <summary>POST /api/account/proof.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> ByPasswordAsync(
        Proof input, OperatorAccess access, HttpContext http, HubDbContext db, Credentials credentials, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, session, now) = (access.Id, OperatorSessions.IdOf(http.User), time.GetUtcNow());
        var account = await db.Users.SingleAsync(user => user.Id == id, cancellationToken);
        var result = await credentials.ProveAsync<Done>(
            account, input.Password, input.Code, CodeNeed.WhenOn, CredentialWords.InForm(),
            async (database, _, token) =>
            {
                await MarkAsync(database, session, now, token);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>POST /api/account/proof/question.</summary>
    public static async Task<Results<Ok<PasskeyQuestion>, ProblemHttpResult>> AskAsync(PasskeyCeremonies ceremonies, HttpContext http) =>
        (await ceremonies.AskAsync(PasskeyPurpose.Prove, http)).ToHttp();

    /// <summary>POST /api/account/proof/passkey.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> ByPasskeyAsync(
        PasskeyAnswer input, OperatorAccess access, HttpContext http, PasskeyCeremonies ceremonies, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, session, now) = (access.Id, OperatorSessions.IdOf(http.User), time.GetUtcNow());
        var proof = await ceremonies.CheckAsync(PasskeyPurpose.Prove, input, http);
        if (!proof.IsOk)
        {
            return Problems.From(AuthErrors.InForm(proof.Error));
        }

        if (proof.Value.Account.Id != id)
        {
            return Problems.From(AuthErrors.InForm(AuthErrors.PasskeyOfAnother()));
        }

        Error? refusal = null;
        var result = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                refusal = await ceremonies.UseAsync(db, proof.Value, now, token);
                if (refusal is null)
                {
                    await MarkAsync(db, session, now, token);
                }

                return default(Done);
            },
            cancellationToken);
        return refusal is null ? result.ToHttp() : Problems.From(AuthErrors.InForm(refusal));
    }

    public static Task MarkAsync(HubDbContext db, Guid? sessionId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Set<OperatorSession>().Where(session => session.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvenAt, now), cancellationToken);
}
