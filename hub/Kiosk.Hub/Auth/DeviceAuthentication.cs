using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Kiosk.Hub.Auth;

/// <summary>Reads the device token from <c>Authorization: Bearer kd_…</c>.</summary>
internal sealed class DeviceAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IDeviceTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    /// <summary>The token of a request, or null.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.Ordinal) && header.Length is > 40 and < 100 ? header[Prefix.Length..] : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (await tokens.FindDisplayAsync(token, Context.RequestAborted) is not { } displayId)
        {
            return AuthenticateResult.Fail("Unknown or revoked device token.");
        }

        var identity = new ClaimsIdentity([new Claim(AuthSchemes.IdClaim, displayId.ToString("N"))], AuthSchemes.Device);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), AuthSchemes.Device));
    }
}

internal static class DevicePrincipal
{
    /// <summary>The display behind a device-authenticated caller.</summary>
    public static Guid DisplayId(ClaimsPrincipal user) => Guid.ParseExact(
        user.Identities.First(identity => identity.AuthenticationType == AuthSchemes.Device).FindFirst(AuthSchemes.IdClaim)!.Value, "N");
}
