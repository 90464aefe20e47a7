namespace Kiosk.Contracts.Operator;

/// <summary>POST /api/session. Cookie session; 401 <c>sign_in_failed</c>, <c>code_required</c>, <c>code_wrong</c>, 403 <c>locked_out</c>, 429 <c>rate_limited</c>.</summary>
/// <param name="Code">Second step, only when the answer was <c>code_required</c>: six digits of the authenticator app, or a recovery code.</param>
public sealed record SignInRequest(string UserName, string Password, string? Code = null);

/// <summary>GET /api/session: who is signed in; also sets the antiforgery cookie.</summary>
/// <param name="SignedIn">False: all else is null or empty, <paramref name="RequestToken"/> is for signing in.</param>
/// <param name="TimeZone">IANA id of the organisation's zone, for times that have no place of their own.</param>
/// <param name="Ways">How one can sign in here.</param>
/// <param name="RequestToken">To be sent as header <c>X-CSRF-TOKEN</c> with every request that changes something.</param>
public sealed record SessionInfo(
    bool SignedIn, Guid? OperatorId, string? UserName, string? DisplayName, IReadOnlyList<RoleGrant> Grants, string RequestToken, string HubName,
    string TimeZone = "", SignInWays? Ways = null)
{
    /// <summary>How this session began.</summary>
    public SignInMethod? Method { get; init; }

    /// <summary>From when a password alone is not enough for this operator's roles; past: everything but the own account answers 403 <c>strong_sign_in_required</c>.</summary>
    public DateTimeOffset? StrongDue { get; init; }
}

/// <summary>How one can sign in here beside name and password.</summary>
/// <param name="Passkeys">The hub's address is one browsers give passkeys to.</param>
/// <param name="Organisation">What the organisation's own identity is called, for a link to /sign-in/organisation?return=; null: there is none.</param>
public sealed record SignInWays(bool Passkeys, string? Organisation = null);

/// <summary>How a session began.</summary>
public enum SignInMethod
{
    Password,

    /// <summary>Password and the code of an authenticator app.</summary>
    PasswordAndCode,

    /// <summary>Password and a recovery code.</summary>
    RecoveryCode,

    Passkey,

    /// <summary>The organisation's own identity (OpenID Connect).</summary>
    Organisation,

    /// <summary>The one-time link with which the password was chosen.</summary>
    SetUpLink,
}

/// <summary>A role over an org unit and everything under it.</summary>
public sealed record RoleGrant(OperatorRole Role, Guid OrgUnitId, string OrgUnitName);

public enum OperatorRole
{
    /// <summary>Everything, operators and org units included.</summary>
    Admin,

    /// <summary>Displays' content: media, playlists, schedule, notices.</summary>
    Editor,

    /// <summary>Meetings, check-in and members of the unit.</summary>
    Host,

    /// <summary>党组织书记: what a host may do, and the reasons of leave.</summary>
    Secretary,
}

/// <summary>GET /api/operators (Admin).</summary>
/// <param name="TwoStep">Signing in needs a code as well; DELETE /api/operators/{id}/two-step turns it off, and removes passkeys, for somebody who lost the phone.</param>
/// <param name="OrganisationName">What the organisation's identity provider calls this operator.</param>
/// <param name="OrganisationBound">Somebody has signed in under that name and is bound to the account.</param>
/// <param name="LockedUntil">After too many wrong passwords; DELETE /api/operators/{id}/lockout ends it.</param>
public sealed record OperatorSummary(
    Guid Id, string UserName, string DisplayName, IReadOnlyList<RoleGrant> Grants, bool LockedOut, DateTimeOffset? LastSignIn, bool TwoStep = false,
    DateTimeOffset? LockedUntil = null, int Passkeys = 0, string? OrganisationName = null, bool OrganisationBound = false);

/// <summary>POST /api/operators (Admin) → <see cref="OperatorInvitation"/>; 409 <c>user_name_taken</c>, <c>organisation_name_taken</c>.</summary>
/// <param name="OrganisationName">What the organisation's identity provider calls this person, who may then sign in with it; null: password or passkey only.</param>
public sealed record NewOperator(string UserName, string DisplayName, OperatorRole Role, Guid OrgUnitId, string? OrganisationName = null);

/// <summary>PUT /api/operators/{id}/organisation (Admin): another name, or null for none; whoever was bound before is bound no more.</summary>
public sealed record OrganisationName(string? Name);

/// <param name="SetUpUrl">One-time link, valid 72 hours, where the operator chooses a password.</param>
public sealed record OperatorInvitation(Guid OperatorId, string SetUpUrl, DateTimeOffset ExpiresAt);
