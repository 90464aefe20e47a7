using System.Security.Claims;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Live;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>Where an operator is signed in: seen and ended by the operator. An ended session is refused at its next request, and its open connections close.</summary>
internal static class OperatorSessions
{
    public const string Claim = "sid";

    /// <summary>A session ends when it was not used for so long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(5);

    public static Guid? IdOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirst(Claim)?.Value, out var id) ? id : null;

    /// <summary>Adds the session inside a write; then give its id to the cookie.</summary>
    public static Guid Add(HubDbContext db, Guid operatorId, string? userAgent, SignInMethod method, DateTimeOffset now, bool? strong = null)
    {
        var (browser, system) = BrowserFamily.Of(userAgent);
        var session = new OperatorSession
        {
            Id = Guid.CreateVersion7(now),
            OperatorId = operatorId,
            CreatedAt = now,
            LastSeenAt = now,
            Browser = browser,
            System = system,
            Method = method,
            Strong = strong ?? method is SignInMethod.PasswordAndCode or SignInMethod.RecoveryCode or SignInMethod.Passkey,
            ProvenAt = now,
        };
        db.Add(session);
        return session.Id;
    }

    /// <summary>Ends the operator's sessions inside a write, save one.</summary>
    public static async Task EndAllAsync(HubDbContext db, Guid operatorId, Guid? keep, CancellationToken cancellationToken) =>
        await EndAsync(db, db.Set<OperatorSession>().Where(session => session.OperatorId == operatorId && session.Id != keep), cancellationToken);

    /// <summary>The cookie's session still stands; notes now and then that it is in use.</summary>
    public static async Task<bool> StandsAsync(ClaimsPrincipal? user, HubDbContext db, HubWriter writer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (OperatorAccess.IdOf(user) is not { } operatorId || IdOf(user) is not { } id)
        {
            return false;
        }

        var stamp = user?.FindFirst(SignIn.StampClaim)?.Value;
        var seen = await db.Set<OperatorSession>()
            .Where(session => session.Id == id && session.OperatorId == operatorId && db.Users.Any(account => account.Id == operatorId && account.SecurityStamp == stamp))
            .Select(session => (DateTimeOffset?)session.LastSeenAt)
            .SingleOrDefaultAsync(cancellationToken);
        if (seen is { } last && now - last >= SeenInterval)
        {
            await writer.WriteAsync<Done>(
                async (database, token) =>
                {
                    await database.Set<OperatorSession>().Where(session => session.Id == id).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), token);
                    return default(Done);
                },
                cancellationToken);
        }

        return seen is not null;
    }

    /// <summary>GET /api/account/sessions, the one that asks first.</summary>
    public static async Task<Ok<IReadOnlyList<OperatorSessionSummary>>> ListAsync(
        OperatorAccess access, HttpContext http, HubDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, current, since) = (access.Id, IdOf(http.User), time.GetUtcNow() - Lifetime - SeenInterval);
        return TypedResults.Ok<IReadOnlyList<OperatorSessionSummary>>(await db.Set<OperatorSession>()
            .Where(session => session.OperatorId == id && session.LastSeenAt > since)
            .OrderByDescending(session => session.Id == current).ThenByDescending(session => session.LastSeenAt).ThenBy(session => session.Id)
            .Select(session => new OperatorSessionSummary(session.Id, session.CreatedAt, session.LastSeenAt, session.Browser, session.System, session.Id == current, session.Method))
            .ToListAsync(cancellationToken));
    }

    /// <summary>DELETE /api/account/sessions/{id}.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> EndOneAsync(Guid id, OperatorAccess access, HubWriter writer, CancellationToken cancellationToken)
    {
        var mine = access.Id;
        var result = await writer.WriteAsync<Done>(
            async (db, token) => await EndAsync(db, db.Set<OperatorSession>().Where(session => session.Id == id && session.OperatorId == mine), token) == 0
                ? SharedErrors.NotFound()
                : default(Done),
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>DELETE /api/account/sessions: all but the one that asks.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> EndOthersAsync(OperatorAccess access, HttpContext http, HubWriter writer, CancellationToken cancellationToken)
    {
        var (mine, current) = (access.Id, IdOf(http.User));
        var result = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                await EndAllAsync(db, mine, current, token);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>
    /// Inside a write that took a code or passkey away: when it was the last, every session is one of a password alone. Whoever came by the organisation
    /// signs in anew and is as strong again as its provider says.
    /// </summary>
    public static async Task WeakenAsync(HubDbContext db, Guid operatorId, CancellationToken cancellationToken)
    {
        if (!await db.UserPasskeys.AnyAsync(passkey => passkey.UserId == operatorId, cancellationToken)
            && !await db.Set<Authenticator>().AnyAsync(row => row.OperatorId == operatorId && row.ConfirmedAt != null, cancellationToken))
        {
            await db.Set<OperatorSession>().Where(session => session.OperatorId == operatorId).ExecuteUpdateAsync(set => set.SetProperty(session => session.Strong, false), cancellationToken);
        }
    }

    public static async Task<int> EndAsync(HubDbContext db, IQueryable<OperatorSession> sessions, CancellationToken cancellationToken)
    {
        var ids = await sessions.Select(session => session.Id).ToListAsync(cancellationToken);
        db.OnCommitted(services => services.GetRequiredService<OperatorConnections>().Close(ids));
        return ids.Count == 0 ? 0 : await db.Set<OperatorSession>().Where(session => ids.Contains(session.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
