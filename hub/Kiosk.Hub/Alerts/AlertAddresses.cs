using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Kiosk.Hub.Alerts;

/// <summary>Where a recipient is reached. A group robot's address is its key, so what is stored opens only with the keys of the hub.</summary>
internal sealed record AlertAddress(string Address, string? Secret);

internal sealed class AlertAddresses(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("alert-recipient-1");

    public string Seal(AlertAddress address) => _protector.Protect(JsonSerializer.Serialize(address));

    /// <summary>Null when the keys are not those it was sealed with.</summary>
    public AlertAddress? Open(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AlertAddress>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
