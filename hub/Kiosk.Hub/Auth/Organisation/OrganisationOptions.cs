namespace Kiosk.Hub.Auth.Organisation;

/// <summary>Section <c>Hub:Organisation</c>: the organisation's own identity provider (OpenID Connect, code flow with PKCE).</summary>
internal sealed class OrganisationOptions
{
    /// <summary>Issuer address, e.g. <c>https://id.example.org</c>; null: not used.</summary>
    public string? Authority { get; set; }

    public string ClientId { get; set; } = "kiosk";

    public string? ClientSecret { get; set; }

    /// <summary>A file that holds the secret, so that it stands in no settings file and no list of processes.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What the button says, e.g. the organisation's name for its accounts.</summary>
    public string? Name { get; set; }

    /// <summary>The claim by which an invitation names the operator. <c>email</c> counts only when the provider says it was verified.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>An operator who was invited under a name is bound to whoever first signs in with it; else only an administrator's link counts.</summary>
    public bool LinkByName { get; set; } = true;

    /// <summary>Asked of the provider, and one of them must be in its answer; empty: none.</summary>
    public string[] RequireAcr { get; set; } = [];

    /// <summary>One of them must be in the provider's answer, e.g. <c>mfa</c>; empty: none.</summary>
    public string[] RequireAmr { get; set; } = [];

    public string[] Scopes { get; set; } = ["openid", "profile", "email"];

    public bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    /// <exception cref="IOException">The file of the secret cannot be read.</exception>
    public string? ReadSecret() => ClientSecretFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : ClientSecret;
}
