using System.Text.Json;

namespace Kiosk.Contracts.Operator;

/// <summary>
/// POST /api/session/passkey/question, /api/account/proof/question or /api/account/passkeys/question: what to hand to <c>navigator.credentials</c>.
/// 403 <c>passkey_https_only</c>, <c>passkey_needs_name</c>, <c>passkey_other_address</c>, <c>proof_required</c>, 409 <c>passkeys_full</c>.
/// </summary>
/// <param name="State">To be sent back with the answer, within five minutes.</param>
/// <param name="Options">WebAuthn's options in their JSON form.</param>
public sealed record PasskeyQuestion(string State, JsonElement Options);

/// <summary>A passkey's answer. POST /api/account/proof/passkey takes it to prove who is there; refused with 400 <c>passkey_refused</c>, <c>passkey_expired</c>, <c>passkey_copied</c>, <c>passkey_of_another</c>.</summary>
/// <param name="Credential">WebAuthn's credential in its JSON form.</param>
public sealed record PasskeyAnswer(string State, JsonElement Credential);

/// <summary>POST /api/session/passkey → <see cref="SessionInfo"/>; 401 <c>passkey_refused</c>, <c>passkey_expired</c>, <c>passkey_copied</c>, <c>passkey_of_another</c>.</summary>
/// <param name="UserName">When a name was typed: only a passkey of that operator signs in.</param>
public sealed record PasskeySignIn(PasskeyAnswer Answer, string? UserName = null);

/// <summary>POST /api/account/passkeys → <see cref="PasskeySummary"/>, after a fresh proof; 409 <c>passkey_known</c>, <c>passkeys_full</c>.</summary>
/// <param name="Name">What its owner calls it, 1–60 characters.</param>
public sealed record NewPasskey(string Name, PasskeyAnswer Answer);

/// <summary>PUT /api/account/passkeys/{id}.</summary>
public sealed record PasskeyName(string Name);

/// <summary>A passkey of the signed-in operator; DELETE /api/account/passkeys/{id} removes it, after a fresh proof.</summary>
/// <param name="Synced">Kept by the maker of the phone or browser as well, so that a lost device does not lose it.</param>
/// <param name="SuspectSince">Its counter ran backwards then: a copy may be in use.</param>
public sealed record PasskeySummary(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool Synced, DateTimeOffset? SuspectSince);

/// <summary>POST /api/account/proof: who is there, for what asks <c>proof_required</c>; holds for ten minutes. 400 <c>password_wrong</c>, <c>code_required</c>, <c>code_wrong</c>.</summary>
/// <param name="Code">Where two-step sign-in is on: of the app, or a recovery code.</param>
public sealed record Proof(string Password, string? Code = null);
