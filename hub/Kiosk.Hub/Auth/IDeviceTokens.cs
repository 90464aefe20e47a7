namespace Kiosk.Hub.Auth;

/// <summary>Knows which display a device token belongs to.</summary>
internal interface IDeviceTokens
{
    /// <summary>The display, or null for an unknown or revoked token.</summary>
    ValueTask<Guid?> FindDisplayAsync(string token, CancellationToken cancellationToken);
}
