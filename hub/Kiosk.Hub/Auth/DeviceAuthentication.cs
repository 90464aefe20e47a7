using System.Security.Claims;
using System.Text.Encodings.Web;
using Kiosk.Contracts.Devices;
using Kiosk.Hub.Feeds;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Kiosk.Hub.Auth;

/// <summary>Reads the device token from <c>Authorization: Bearer kd_…</c>.</summary>
internal sealed class DeviceAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IDeviceTokens tokens, FeedEpoch epoch)
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

    /// <summary>Says which history of the hub does not know the token: a player tells being revoked from a hub started on other data.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[DeviceRoutes.EpochHeader] = await epoch.GetAsync(Context.RequestAborted);
        await base.HandleChallengeAsync(properties);
    }
}

internal static class DevicePrincipal
{
    /// <summary>The display behind a device-authenticated caller.</summary>
    public static Guid DisplayId(ClaimsPrincipal user) => Guid.ParseExact(
        user.Identities.First(identity => identity.AuthenticationType == AuthSchemes.Device).FindFirst(AuthSchemes.IdClaim)!.Value, "N");
}
