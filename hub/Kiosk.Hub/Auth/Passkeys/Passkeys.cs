using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth.Passkeys;

/// <summary>The signed-in operator's own passkeys: add, name, remove.</summary>
internal static partial class Passkeys
{
    /// <summary>The operator's passkeys, oldest first.</summary>
    public static async Task<IReadOnlyList<PasskeySummary>> ListAsync(HubDbContext db, Guid operatorId, CancellationToken cancellationToken) =>
        [.. (await db.UserPasskeys.Where(passkey => passkey.UserId == operatorId).ToListAsync(cancellationToken)).OrderBy(passkey => passkey.Data.CreatedAt).Select(Describe)];

    /// <summary>POST /api/account/passkeys/question.</summary>
    public static async Task<Results<Ok<PasskeyQuestion>, ProblemHttpResult>> AskAsync(
        OperatorAccess access, HubDbContext db, PasskeyCeremonies ceremonies, HttpContext http, CancellationToken cancellationToken)
    {
        var id = access.Id;
        if (await db.UserPasskeys.CountAsync(passkey => passkey.UserId == id, cancellationToken) >= OperatorPasskey.Most)
        {
            return Problems.From(AuthErrors.PasskeysFull());
        }

        var account = await db.Users.SingleAsync(user => user.Id == id, cancellationToken);
        return (await ceremonies.AskForNewAsync(account, http)).ToHttp();
    }

    /// <summary>POST /api/account/passkeys.</summary>
    public static async Task<Results<Ok<PasskeySummary>, ProblemHttpResult>> AddAsync(
        NewPasskey input, OperatorAccess access, HubWriter writer, PasskeyCeremonies ceremonies, HttpContext http, TimeProvider time, ILogger<PasskeyCeremonies> logger, CancellationToken cancellationToken)
    {
        if (new Validation().Text(input.Name, "name", OperatorPasskey.NameLength).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (id, now, sessionId) = (access.Id, time.GetUtcNow(), OperatorSessions.IdOf(http.User));
        var made = await ceremonies.CheckNewAsync(input.Answer, id, http);
        if (!made.IsOk)
        {
            return Problems.From(made.Error);
        }

        var result = await writer.WriteAsync<PasskeySummary>(
            async (db, token) =>
            {
                await db.LockOperatorAsync(id, token);
                var credentialId = made.Value.CredentialId;
                if (await db.UserPasskeys.CountAsync(passkey => passkey.UserId == id, token) >= OperatorPasskey.Most)
                {
                    return AuthErrors.PasskeysFull();
                }

                if (await db.UserPasskeys.AnyAsync(passkey => passkey.CredentialId == credentialId, token))
                {
                    return AuthErrors.PasskeyKnown();
                }

                var passkey = New(made.Value, id, input.Name, now);
                db.Add(passkey);
                // Its owner has just been verified: this session is as good as one begun with it.
                await db.Set<OperatorSession>().Where(session => session.Id == sessionId)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.Strong, true).SetProperty(session => session.ProvenAt, now), token);
                db.OnCommitted(_ => LogAdded(logger, id, passkey.Id));
                return Describe(passkey);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>PUT /api/account/passkeys/{id}.</summary>
    public static async Task<Results<Ok<PasskeySummary>, ProblemHttpResult>> RenameAsync(
        Guid id, PasskeyName input, OperatorAccess access, HubWriter writer, CancellationToken cancellationToken)
    {
        if (new Validation().Text(input.Name, "name", OperatorPasskey.NameLength).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var mine = access.Id;
        var result = await writer.WriteAsync<PasskeySummary>(
            async (db, token) =>
            {
                if (await db.UserPasskeys.SingleOrDefaultAsync(row => row.Id == id && row.UserId == mine, token) is not { } passkey)
                {
                    return SharedErrors.NotFound();
                }

                passkey.Data.Name = input.Name.Trim();
                return Describe(passkey);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>DELETE /api/account/passkeys/{id}: it signs nobody in any more; sessions begun elsewhere with it end.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, OperatorAccess access, HttpContext http, HubWriter writer, ILogger<PasskeyCeremonies> logger, CancellationToken cancellationToken)
    {
        var (mine, current) = (access.Id, OperatorSessions.IdOf(http.User));
        var result = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                await db.LockOperatorAsync(mine, token);
                if (await db.UserPasskeys.Where(passkey => passkey.Id == id && passkey.UserId == mine).ExecuteDeleteAsync(token) == 0)
                {
                    return SharedErrors.NotFound();
                }

                await OperatorSessions.EndAsync(
                    db, db.Set<OperatorSession>().Where(session => session.OperatorId == mine && session.Method == SignInMethod.Passkey && session.Id != current), token);
                await OperatorSessions.WeakenAsync(db, mine, token);
                db.OnCommitted(_ => LogRemoved(logger, mine, id));
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    private static PasskeySummary Describe(OperatorPasskey passkey) => new(
        passkey.Id, passkey.Data.Name ?? "", passkey.Data.CreatedAt, passkey.LastUsedAt, passkey.Data.IsBackedUp, passkey.SuspectSince);

    private static OperatorPasskey New(UserPasskeyInfo made, Guid operatorId, string name, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = operatorId,
        CredentialId = made.CredentialId,
        Data = new IdentityPasskeyData
        {
            PublicKey = made.PublicKey,
            Name = name.Trim(),
            CreatedAt = now,
            SignCount = made.SignCount,
            Transports = made.Transports,
            IsUserVerified = made.IsUserVerified,
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
            AttestationObject = made.AttestationObject,
            ClientDataJson = made.ClientDataJson,
        },
    };

    [LoggerMessage(3008, LogLevel.Information, "Operator {OperatorId} added passkey {PasskeyId}.")]
    private static partial void LogAdded(ILogger logger, Guid operatorId, Guid passkeyId);

    [LoggerMessage(3009, LogLevel.Warning, "Operator {OperatorId} removed passkey {PasskeyId}.")]
    private static partial void LogRemoved(ILogger logger, Guid operatorId, Guid passkeyId);
}
