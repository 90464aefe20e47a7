using System.Security.Cryptography;
using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Printing;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>An operator turns two-step sign-in on and off; an admin turns it off for somebody who lost the phone.</summary>
internal static partial class TwoStep
{
    /// <summary>For scanning the QR and typing the first code.</summary>
    public static readonly TimeSpan OfferLifetime = TimeSpan.FromMinutes(30);

    /// <summary>POST /api/account/two-step: a secret for the app. Asks for the password, since an unattended browser must not lock its owner out.</summary>
    public static async Task<Results<Ok<TwoStepOffer>, ProblemHttpResult>> StartAsync(
        TwoStepStart input, OperatorAccess access, HubDbContext db, Credentials credentials, HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var account = await db.Users.SingleAsync(user => user.Id == access.Id, cancellationToken);
        var secret = Base32.Encode(RandomNumberGenerator.GetBytes(Totp.SecretBytes));
        var kept = credentials.Protect(secret, account.Id);
        var result = await credentials.ProveAsync<TwoStepOffer>(
            account, input.Password, null, CodeNeed.Never, CredentialWords.InForm(),
            async (database, _, token) =>
            {
                if (await database.Set<Authenticator>().AnyAsync(row => row.OperatorId == account.Id && row.ConfirmedAt != null, token))
                {
                    return AuthErrors.TwoStepOn();
                }

                await database.Set<Authenticator>().Where(row => row.OperatorId == account.Id).ExecuteDeleteAsync(token);
                database.Add(new Authenticator { OperatorId = account.Id, Secret = kept, StartedAt = time.GetUtcNow() });
                var grouped = string.Join(' ', secret.Chunk(4).Select(group => new string(group)));
                return new TwoStepOffer(grouped, Qr.Svg(Totp.Uri(secret, options.Name, account.UserName ?? "")));
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>POST /api/account/two-step/confirm: the app's first code turns it on.</summary>
    public static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> ConfirmAsync(
        TwoStepConfirm input, OperatorAccess access, HttpContext http, HubWriter writer, Credentials credentials, TimeProvider time, ILogger<Credentials> logger, CancellationToken cancellationToken)
    {
        var (id, now, session) = (access.Id, time.GetUtcNow(), OperatorSessions.IdOf(http.User));
        var result = await writer.WriteAsync<RecoveryCodes>(
            async (db, token) =>
            {
                await db.LockOperatorAsync(id, token);
                var pending = await db.Set<Authenticator>().SingleOrDefaultAsync(row => row.OperatorId == id, token);
                if (pending is null || pending.ConfirmedAt is not null || pending.StartedAt + OfferLifetime <= now)
                {
                    return AuthErrors.TwoStepNotStarted();
                }

                var typed = Credentials.Normalize(input.Code);
                if (Totp.FindStep(credentials.SecretOf(pending), typed, now, pending.LastStep) is not { } step)
                {
                    return AuthErrors.CodeWrongField();
                }

                (pending.ConfirmedAt, pending.LastStep) = (now, step);
                (await db.Users.SingleAsync(user => user.Id == id, token)).TwoFactorEnabled = true;
                await db.Set<OperatorSession>().Where(row => row.Id == session).ExecuteUpdateAsync(set => set.SetProperty(row => row.Strong, true), token);
                await OperatorSessions.EndAllAsync(db, id, session, token);
                db.OnCommitted(_ => LogTurnedOn(logger, id));
                return new RecoveryCodes(await RecoveryCode.RenewAsync(db, id, token));
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>POST /api/account/two-step/recovery-codes: ten new ones, the old ones end.</summary>
    public static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> RenewCodesAsync(
        TwoStepProof input, OperatorAccess access, HubDbContext db, Credentials credentials, CancellationToken cancellationToken)
    {
        var account = await db.Users.SingleAsync(user => user.Id == access.Id, cancellationToken);
        var result = await credentials.ProveAsync<RecoveryCodes>(
            account, input.Password, input.Code, CodeNeed.Always, CredentialWords.InForm(),
            async (database, tracked, token) => new RecoveryCodes(await RecoveryCode.RenewAsync(database, tracked.Id, token)),
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>POST /api/account/two-step/off.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> TurnOffAsync(
        TwoStepProof input, OperatorAccess access, HubDbContext db, Credentials credentials, ILogger<Credentials> logger, CancellationToken cancellationToken)
    {
        var account = await db.Users.SingleAsync(user => user.Id == access.Id, cancellationToken);
        var result = await credentials.ProveAsync<Done>(
            account, input.Password, input.Code, CodeNeed.Always, CredentialWords.InForm(),
            async (database, tracked, token) =>
            {
                await RemoveAsync(database, tracked, token);
                await OperatorSessions.WeakenAsync(database, tracked.Id, token);
                database.OnCommitted(_ => LogTurnedOff(logger, tracked.Id));
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>DELETE /api/operators/{id}/two-step: somebody else's phone is lost: code and passkeys end with their sessions, the password stays.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> ResetAsync(
        Guid id, HubDbContext db, OperatorAccess access, HubWriter writer, ILogger<Credentials> logger, CancellationToken cancellationToken)
    {
        if (await Operators.CheckAllAsync(id, db, access, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        if (id == access.Id)
        {
            // One's own needs password and code.
            return Problems.From(AuthErrors.OwnTwoStep());
        }

        var by = access.Id;
        var result = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                await database.LockOperatorAsync(id, token);
                if (await database.Users.SingleOrDefaultAsync(user => user.Id == id, token) is not { } account)
                {
                    return SharedErrors.NotFound();
                }

                await RemoveAsync(database, account, token);
                await database.UserPasskeys.Where(passkey => passkey.UserId == id).ExecuteDeleteAsync(token);
                await OperatorSessions.EndAllAsync(database, id, null, token);
                database.OnCommitted(_ => LogReset(logger, id, by));
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    private static async Task RemoveAsync(HubDbContext db, OperatorAccount account, CancellationToken cancellationToken)
    {
        account.TwoFactorEnabled = false;
        var id = account.Id;
        // By statement, so that what this transaction may track of them is not saved again.
        db.ChangeTracker.Entries<Authenticator>().ToList().ForEach(entry => entry.State = EntityState.Detached);
        await db.Set<Authenticator>().Where(row => row.OperatorId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<RecoveryCode>().Where(row => row.OperatorId == id).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(3002, LogLevel.Information, "Operator {OperatorId} turned two-step sign-in on.")]
    private static partial void LogTurnedOn(ILogger logger, Guid operatorId);

    [LoggerMessage(3003, LogLevel.Warning, "Operator {OperatorId} turned two-step sign-in off.")]
    private static partial void LogTurnedOff(ILogger logger, Guid operatorId);

    [LoggerMessage(3004, LogLevel.Warning, "Two-step sign-in of operator {OperatorId} was reset by operator {AdminId}.")]
    private static partial void LogReset(ILogger logger, Guid operatorId, Guid adminId);
}
