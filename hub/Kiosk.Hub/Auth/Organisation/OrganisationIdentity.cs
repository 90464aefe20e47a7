using System.Globalization;
using System.Security.Claims;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Auth.Organisation;

/// <summary>Who the provider says somebody is.</summary>
/// <param name="Key">Issuer and subject, hashed: the two that never change.</param>
/// <param name="Name">What the claim for names says; null when it says nothing that counts.</param>
/// <param name="Strong">The provider says that more than a password was asked for.</param>
/// <param name="AuthenticatedAt">When the provider last asked; null when it does not say.</param>
internal sealed record OrganisationIdentity(string Key, string? Name, bool Strong, DateTimeOffset? AuthenticatedAt)
{
    public const string Provider = "organisation";

    // RFC 8176: several factors, or one that a stolen password does not give.
    private static readonly string[] _strongMethods = ["mfa", "hwk", "otp", "fpt", "face"];

    public static string Normalize(string name) => name.Trim().ToUpperInvariant();

    /// <summary>Reads a validated id token.</summary>
    public static Result<OrganisationIdentity> Of(ClaimsPrincipal token, OrganisationOptions options)
    {
        if (token.FindFirstValue("iss") is not { Length: > 0 } issuer || token.FindFirstValue("sub") is not { Length: > 0 and <= 255 } subject)
        {
            return AuthErrors.OrganisationFailed();
        }

        var methods = token.FindAll("amr").Select(claim => claim.Value).ToList();
        var context = token.FindFirstValue("acr");
        if ((options.RequireAcr.Length > 0 && !options.RequireAcr.Contains(context)) || (options.RequireAmr.Length > 0 && !options.RequireAmr.Intersect(methods).Any()))
        {
            return AuthErrors.OrganisationTooWeak();
        }

        var name = token.FindFirstValue(options.NameClaim)?.Trim();
        var counts = name is { Length: > 0 and <= 256 }
            && (options.NameClaim != "email" || string.Equals(token.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase));
        return new OrganisationIdentity(
            Tokens.Hash($"{issuer}\n{subject}"),
            counts ? name : null,
            options.RequireAcr.Length > 0 || options.RequireAmr.Length > 0 || methods.Intersect(_strongMethods).Any(),
            long.TryParse(token.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000
                ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
    }
}
