using System.Security.Cryptography;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth.Passkeys;

/// <summary>What a passkey is asked for; an answer to one question is no answer to another.</summary>
internal enum PasskeyPurpose
{
    SignIn,
    Prove,
    Register,
}

/// <summary>A passkey signed our question; it counts only together with <see cref="PasskeyCeremonies.UseAsync"/> inside the write it is for.</summary>
/// <param name="Once">Hash of the question.</param>
internal sealed record PasskeyProof(OperatorAccount Account, byte[] CredentialId, uint Counter, bool BackedUp, string Once, DateTimeOffset ExpiresAt);

/// <summary>
/// Questions to passkeys and their answers, checked by ASP.NET Identity's handler. The question travels through the browser sealed, so nothing is
/// stored for whoever only asks; once answered it is used up.
/// </summary>
internal sealed partial class PasskeyCeremonies(
    IPasskeyHandler<OperatorAccount> handler, IDataProtectionProvider protection, HubAddress address, TimeProvider time, ILogger<PasskeyCeremonies> logger)
{
    /// <summary>For finding the phone or the key.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public const int MostCharacters = 32 * 1024;

    private readonly IDataProtector _protector = protection.CreateProtector("Kiosk.Hub.Passkeys");

    private sealed record Sealed(PasskeyPurpose Purpose, Guid? SessionId, DateTimeOffset ExpiresAt, string Ceremony);

    public Error? Refusal(HttpContext http) => PasskeyAddress.Of(address.Value, http.Request.Headers.Origin).Error;

    /// <summary>A question any passkey of this hub may answer. Which ones an operator has is told to nobody: that would tell which names exist.</summary>
    public async Task<Result<PasskeyQuestion>> AskAsync(PasskeyPurpose purpose, HttpContext http)
    {
        if (Refusal(http) is { } refusal)
        {
            return refusal;
        }

        var made = await handler.MakeRequestOptionsAsync(null, http);
        return Seal(purpose, http, made.RequestOptionsJson, made.AssertionState!);
    }

    /// <summary>A question to make a new passkey for the operator.</summary>
    public async Task<Result<PasskeyQuestion>> AskForNewAsync(OperatorAccount account, HttpContext http)
    {
        if (Refusal(http) is { } refusal)
        {
            return refusal;
        }

        var entity = new PasskeyUserEntity { Id = PasskeyStore.HandleOf(account.Id), Name = account.UserName ?? "", DisplayName = account.DisplayName };
        var made = await handler.MakeCreationOptionsAsync(entity, http);
        return Seal(PasskeyPurpose.Register, http, made.CreationOptionsJson, made.AttestationState!);
    }

    /// <summary>Whose passkey signed, and that it signed this question, here, after asking its owner's finger, face or PIN.</summary>
    public async Task<Result<PasskeyProof>> CheckAsync(PasskeyPurpose purpose, PasskeyAnswer answer, HttpContext http)
    {
        var opened = Open(purpose, answer, http);
        if (!opened.IsOk)
        {
            return opened.Error;
        }

        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = http, CredentialJson = answer.Credential.GetRawText(), AssertionState = opened.Value.Ceremony });
        if (!result.Succeeded)
        {
            LogRefused(purpose, result.Failure.Message);
            return AuthErrors.PasskeyRefused();
        }

        return new PasskeyProof(result.User, result.Passkey.CredentialId, result.Passkey.SignCount, result.Passkey.IsBackedUp, Tokens.Hash(opened.Value.Ceremony), opened.Value.ExpiresAt);
    }

    /// <summary>The new passkey, not stored yet.</summary>
    public async Task<Result<UserPasskeyInfo>> CheckNewAsync(PasskeyAnswer answer, Guid operatorId, HttpContext http)
    {
        var opened = Open(PasskeyPurpose.Register, answer, http);
        if (!opened.IsOk)
        {
            return opened.Error;
        }

        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = http, CredentialJson = answer.Credential.GetRawText(), AttestationState = opened.Value.Ceremony });
        if (!result.Succeeded || result.UserEntity.Id != PasskeyStore.HandleOf(operatorId))
        {
            LogRefused(PasskeyPurpose.Register, result.Failure?.Message ?? "another operator's");
            return AuthErrors.PasskeyRefused();
        }

        return result.Passkey;
    }

    /// <summary>Uses the proof up inside a write: once, by a passkey that is still there and whose counter went on.</summary>
    /// <returns>Why it does not count. Commit all the same, so that what was used up stays so.</returns>
    public async Task<Error?> UseAsync(HubDbContext db, PasskeyProof proof, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var operatorId = proof.Account.Id;
        await db.LockOperatorAsync(operatorId, cancellationToken);
        if (!await UsedProof.UseAsync(db, proof.Once, proof.ExpiresAt, cancellationToken))
        {
            return AuthErrors.PasskeyExpired();
        }

        var credentialId = proof.CredentialId;
        if (await db.UserPasskeys.SingleOrDefaultAsync(row => row.UserId == operatorId && row.CredentialId == credentialId, cancellationToken) is not { } passkey)
        {
            return AuthErrors.PasskeyRefused();
        }

        if (!OperatorPasskey.CounterFits(passkey.Data.SignCount, proof.Counter))
        {
            passkey.SuspectSince ??= now;
            var id = passkey.Id;
            db.OnCommitted(_ => LogCounter(id, operatorId));
            return AuthErrors.PasskeyCopied();
        }

        (passkey.Data.SignCount, passkey.Data.IsBackedUp, passkey.LastUsedAt) = (proof.Counter, proof.BackedUp, now);
        return null;
    }

    private PasskeyQuestion Seal(PasskeyPurpose purpose, HttpContext http, string options, string ceremony)
    {
        var content = new Sealed(purpose, OperatorSessions.IdOf(http.User), time.GetUtcNow() + Lifetime, ceremony);
        using var document = JsonDocument.Parse(options);
        return new PasskeyQuestion(
            WebEncoders.Base64UrlEncode(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(content, KioskJson.Options))), document.RootElement.Clone());
    }

    private Result<Sealed> Open(PasskeyPurpose purpose, PasskeyAnswer? answer, HttpContext http)
    {
        if (Refusal(http) is { } refusal)
        {
            return refusal;
        }

        if (answer?.State is not { Length: > 0 and <= MostCharacters } || answer.Credential.ValueKind != JsonValueKind.Object || answer.Credential.GetRawText().Length > MostCharacters)
        {
            return AuthErrors.PasskeyRefused();
        }

        try
        {
            var content = JsonSerializer.Deserialize<Sealed>(_protector.Unprotect(WebEncoders.Base64UrlDecode(answer.State)), KioskJson.Options)!;
            // Signed in or not, it is the same browser that asked and answers.
            return content.Purpose == purpose && content.ExpiresAt > time.GetUtcNow() && content.SessionId == OperatorSessions.IdOf(http.User) ? content : AuthErrors.PasskeyExpired();
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or JsonException)
        {
            return AuthErrors.PasskeyExpired();
        }
    }

    [LoggerMessage(3006, LogLevel.Information, "An answer of a passkey ({Purpose}) was refused: {Reason}")]
    private partial void LogRefused(PasskeyPurpose purpose, string reason);

    [LoggerMessage(3007, LogLevel.Warning, "The counter of passkey {PasskeyId} of operator {OperatorId} did not go on: a copy of it may be in use.")]
    private partial void LogCounter(Guid passkeyId, Guid operatorId);
}
