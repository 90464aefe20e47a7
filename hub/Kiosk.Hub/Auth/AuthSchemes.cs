namespace Kiosk.Hub.Auth;

/// <summary>Operator, member and device never stand in for one another.</summary>
internal static class AuthSchemes
{
    public const string Operator = "operator";
    public const string Member = "member";
    public const string Device = "device";

    /// <summary>Claim with the id of the operator, member or display.</summary>
    public const string IdClaim = "sub";
}
