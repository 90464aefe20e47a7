namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/account: the signed-in operator's own account.</summary>
/// <param name="TwoStepSince">Since when signing in needs a code as well; null when it does not.</param>
/// <param name="RecoveryCodesLeft">Of ten.</param>
public sealed record AccountInfo(string UserName, string DisplayName, DateTimeOffset? TwoStepSince, int RecoveryCodesLeft)
{
    /// <summary>False for somebody who signs in with the organisation's identity or a passkey only.</summary>
    public bool HasPassword { get; init; } = true;

    public IReadOnlyList<PasskeySummary> Passkeys { get; init; } = [];

    /// <summary>Why passkeys cannot be used at the address this was asked from, in the caller's language; null when they can.</summary>
    public string? PasskeyRefusal { get; init; }
}

/// <summary>POST /api/account/two-step → <see cref="TwoStepOffer"/>; 400 <c>password_wrong</c>, 409 <c>two_step_on</c>.</summary>
public sealed record TwoStepStart(string Password);

/// <summary>For an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds); nothing is turned on yet.</summary>
/// <param name="Secret">Base32 in groups of four, to be typed by hand.</param>
/// <param name="QrSvg">The same as an <c>otpauth://</c> QR.</param>
public sealed record TwoStepOffer(string Secret, string QrSvg);

/// <summary>POST /api/account/two-step/confirm → <see cref="RecoveryCodes"/>, turned on, other sessions ended; 400 <c>code_wrong</c>, 409 <c>two_step_not_started</c>.</summary>
public sealed record TwoStepConfirm(string Code);

/// <summary>Shown once; the hub keeps only hashes. Each signs in once in place of a code.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>POST /api/account/two-step/off, and POST /api/account/two-step/recovery-codes → <see cref="RecoveryCodes"/>; 400 <c>password_wrong</c>, <c>code_wrong</c>, 409 <c>two_step_off</c>.</summary>
/// <param name="Code">Of the app, or a recovery code.</param>
public sealed record TwoStepProof(string Password, string Code);

/// <summary>POST /api/account/password; other sessions end. 400 <c>password_wrong</c>.</summary>
public sealed record PasswordChange(string Password, string NewPassword);

/// <summary>GET /api/account/sessions: where the operator is signed in. DELETE with an id ends one, without all others.</summary>
/// <param name="LastSeenAt">To a few minutes.</param>
/// <param name="Browser">Product name, e.g. <c>Chrome</c>; empty when unknown.</param>
/// <param name="System">E.g. <c>Windows</c>; empty when unknown.</param>
/// <param name="Current">The one that asks.</param>
public sealed record OperatorSessionSummary(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Browser, string System, bool Current, SignInMethod Method = SignInMethod.Password);
