using System.Text;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>Which proof an operation wants beside the password.</summary>
internal enum CodeNeed
{
    Never,

    /// <summary>Where two-step sign-in is on; a missing code is asked for, not counted.</summary>
    WhenOn,

    Always,
}

/// <summary>How a caller is told what was wrong.</summary>
/// <param name="CodeMissing">A code is needed and none was given.</param>
internal sealed record CredentialWords(Error Password, Error Code, Error CodeMissing)
{
    public static CredentialWords AtSignIn() => new(AuthErrors.SignInFailed(), AuthErrors.CodeWrong(), AuthErrors.CodeRequired());

    public static CredentialWords InForm() => new(AuthErrors.PasswordWrongField(), AuthErrors.CodeWrongField(), AuthErrors.InForm(AuthErrors.CodeRequired()));
}

/// <summary>Checks what an operator knows and holds. Whatever was wrong counts towards the one lockout, wherever it was given.</summary>
internal sealed partial class Credentials(
    HubWriter writer, IPasswordHasher<OperatorAccount> hasher, PersonalData personal, UnknownNames unknown, TimeProvider time, ILogger<Credentials> logger)
{
    // The same work for an unknown name, so that the answer's time does not tell whether it exists.
    private static readonly Lazy<string> _decoy = new(() => new PasswordHasher<OperatorAccount>().HashPassword(new OperatorAccount(), Tokens.New()));

    /// <summary>Does the work in the transaction in which password and code were accepted.</summary>
    /// <param name="account">As read by the caller.</param>
    public async Task<Result<T>> ProveAsync<T>(
        OperatorAccount account, string? password, string? code, CodeNeed need, CredentialWords words,
        Func<HubDbContext, OperatorAccount, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var known = Verify(account, password) && account.PasswordHash is not null;
        var now = time.GetUtcNow();
        if (account.LockoutEnd is { } end && end > now)
        {
            return AuthErrors.LockedOut(end - now);
        }

        Error? refusal = null;
        var result = await writer.WriteAsync<T>(
            async (db, token) =>
            {
                await db.LockOperatorAsync(account.Id, token);
                var tracked = await db.Users.SingleOrDefaultAsync(user => user.Id == account.Id, token);
                refusal = tracked is null ? words.Password
                    : tracked.LockoutEnd is { } until && until > now ? AuthErrors.LockedOut(until - now)
                    : !known || tracked.PasswordHash != account.PasswordHash ? Count(tracked, words.Password, now)
                    : await CheckCodeAsync(db, tracked, code, need, words, now, token);
                if (refusal is not null)
                {
                    // Committed all the same: a failure that is not counted could be repeated for ever.
                    return default(T)!;
                }

                (tracked!.AccessFailedCount, tracked.LockoutEnd) = (0, null);
                return await work(db, tracked, token);
            },
            cancellationToken);
        return refusal is null ? result : refusal;
    }

    /// <summary>What is said when nobody has the name, or nobody can sign in with it by password yet: the same, after the same work, as for a wrong password.</summary>
    public async Task<Error> RefuseUnknownAsync(string normalizedName, string? password, CancellationToken cancellationToken)
    {
        Verify(new OperatorAccount(), password);
        var now = time.GetUtcNow();
        Error refusal = AuthErrors.SignInFailed();
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                var tried = await unknown.CountAsync(
                    db, UnknownNameKind.UserName, normalizedName, OperatorAccounts.MaxFailedSignIns, OperatorAccounts.LockoutTime, now, token);
                refusal = (tried.Before ?? tried.Now) is { } locked ? AuthErrors.LockedOut(locked) : AuthErrors.SignInFailed();
                return default(Done);
            },
            cancellationToken);
        return refusal;
    }

    /// <summary>The bytes an authenticator app holds, as the row keeps them.</summary>
    public byte[] Protect(string secret, Guid operatorId) => personal.Encrypt(secret, operatorId);

    public byte[] SecretOf(Authenticator authenticator) =>
        Base32.TryDecode(personal.Decrypt(authenticator.Secret, authenticator.OperatorId), out var secret) ? secret : throw new InvalidDataException("Not a secret of an authenticator.");

    /// <summary>Spaces, dashes, small letters and full-width digits of a Chinese keyboard do not matter.</summary>
    public static string Normalize(string? code) => string.Concat((code ?? "").Normalize(NormalizationForm.FormKC).Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private async Task<Error?> CheckCodeAsync(
        HubDbContext db, OperatorAccount account, string? code, CodeNeed need, CredentialWords words, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var authenticator = need == CodeNeed.Never ? null
            : await db.Set<Authenticator>().SingleOrDefaultAsync(row => row.OperatorId == account.Id && row.ConfirmedAt != null, cancellationToken);
        if (authenticator is null)
        {
            return need == CodeNeed.Always ? AuthErrors.TwoStepOff() : null;
        }

        var typed = Normalize(code);
        if (typed.Length == 0)
        {
            // The failures so far stay counted: otherwise the password alone would buy any number of guesses.
            return need == CodeNeed.WhenOn ? words.CodeMissing : words.Code;
        }

        return await UseAsync(db, authenticator, typed, now, cancellationToken) ? null : Count(account, words.Code, now);
    }

    private async Task<bool> UseAsync(HubDbContext db, Authenticator authenticator, string typed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (typed.Length == Totp.Digits)
        {
            if (Totp.FindStep(SecretOf(authenticator), typed, now, authenticator.LastStep) is not { } step)
            {
                return false;
            }

            authenticator.LastStep = step;
            return true;
        }

        var (id, hash) = (authenticator.OperatorId, RecoveryCode.Hash(authenticator.OperatorId, typed));
        if (await db.Set<RecoveryCode>().Where(row => row.OperatorId == id && row.Sha256 == hash).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        db.OnCommitted(_ => LogRecoveryCodeUsed(id));
        return true;
    }

    private bool Verify(OperatorAccount account, string? password) =>
        hasher.VerifyHashedPassword(account, account.PasswordHash ?? _decoy.Value, password ?? "") != PasswordVerificationResult.Failed;

    private static Error Count(OperatorAccount account, Error wrong, DateTimeOffset now)
    {
        if (++account.AccessFailedCount < OperatorAccounts.MaxFailedSignIns)
        {
            return wrong;
        }

        (account.AccessFailedCount, account.LockoutEnd) = (0, now + OperatorAccounts.LockoutTime);
        return AuthErrors.LockedOut(OperatorAccounts.LockoutTime);
    }

    [LoggerMessage(3001, LogLevel.Warning, "Operator {OperatorId} used a recovery code.")]
    private partial void LogRecoveryCodeUsed(Guid operatorId);
}
