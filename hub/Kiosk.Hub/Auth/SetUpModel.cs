namespace Kiosk.Hub.Auth;

/// <summary>What the set-up page shows.</summary>
/// <param name="Token">Null when the link is not valid.</param>
/// <param name="Errors">Sentences by field.</param>
/// <param name="First">The link makes the first administrator.</param>
public sealed record SetUpModel(
    string HubName, string? Token, bool First, string? UserName, string? DisplayName, string? OrgName, string? Refusal, IReadOnlyDictionary<string, string[]> Errors, string AntiforgeryField, string AntiforgeryToken,
    string? Code = null);
