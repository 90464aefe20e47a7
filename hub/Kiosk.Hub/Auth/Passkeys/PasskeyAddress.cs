using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Auth.Passkeys;

/// <summary>Passkeys belong to one address: browsers give them only to https with a name, or to localhost, and the hub takes them only from its own.</summary>
/// <param name="Origin">Scheme, host and port as browsers write them.</param>
/// <param name="Domain">What the passkeys are bound to.</param>
internal sealed record PasskeyAddress(string Origin, string Domain)
{
    /// <param name="hubAddress">The hub's public address.</param>
    /// <param name="browserOrigin">What the browser says the page's address is; null when it says nothing.</param>
    public static Result<PasskeyAddress> Of(string hubAddress, string? browserOrigin)
    {
        var uri = new Uri(hubAddress);
        var origin = uri.Scheme + "://" + uri.IdnHost + (uri.IsDefaultPort ? "" : $":{uri.Port}");
        var local = uri.IdnHost is "localhost";
        if (!local && uri.Scheme != Uri.UriSchemeHttps)
        {
            return new Denied("passkey_https_only", AuthText.Get("passkey_https_only", origin));
        }

        if (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            return new Denied("passkey_needs_name", AuthText.Get("passkey_needs_name", origin));
        }

        return string.IsNullOrEmpty(browserOrigin) || string.Equals(browserOrigin, origin, StringComparison.OrdinalIgnoreCase)
            ? new PasskeyAddress(origin, uri.IdnHost)
            : new Denied("passkey_other_address", AuthText.Get("passkey_other_address", origin));
    }
}
