namespace Kiosk.Contracts.Operator;

/// <summary>POST /api/session. Cookie session; 401 <c>sign_in_failed</c>, 403 <c>locked_out</c>, 429 <c>rate_limited</c>.</summary>
public sealed record SignInRequest(string UserName, string Password);

/// <summary>GET /api/session: who is signed in; also sets the antiforgery cookie.</summary>
/// <param name="SignedIn">False: all else is null or empty, <paramref name="RequestToken"/> is for signing in.</param>
/// <param name="TimeZone">IANA id of the organisation's zone, for times that have no place of their own.</param>
/// <param name="RequestToken">To be sent as header <c>X-CSRF-TOKEN</c> with every request that changes something.</param>
public sealed record SessionInfo(
    bool SignedIn, Guid? OperatorId, string? UserName, string? DisplayName, IReadOnlyList<RoleGrant> Grants, string RequestToken, string HubName,
    string TimeZone = "");

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
}

/// <summary>GET /api/operators (Admin).</summary>
public sealed record OperatorSummary(Guid Id, string UserName, string DisplayName, IReadOnlyList<RoleGrant> Grants, bool LockedOut, DateTimeOffset? LastSignIn);

/// <summary>POST /api/operators (Admin) → <see cref="OperatorInvitation"/>.</summary>
public sealed record NewOperator(string UserName, string DisplayName, OperatorRole Role, Guid OrgUnitId);

/// <param name="SetUpUrl">One-time link, valid 72 hours, where the operator chooses a password.</param>
public sealed record OperatorInvitation(Guid OperatorId, string SetUpUrl, DateTimeOffset ExpiresAt);
