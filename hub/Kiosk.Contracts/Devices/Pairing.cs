namespace Kiosk.Contracts.Devices;

/// <summary>A player without identity asks to be claimed. It makes its own token, so the hub never knows it.</summary>
/// <param name="TokenSha256">Lower-case hex SHA-256 of the UTF-8 device token (<c>kd_</c> + Base64Url of 32 random bytes).</param>
/// <param name="PlayerVersion">At most 40 characters.</param>
/// <param name="ScreenWidth">Pixels.</param>
/// <param name="ScreenHeight">Pixels.</param>
public sealed record PairingRequest(string TokenSha256, string PlayerVersion, int ScreenWidth, int ScreenHeight);

/// <param name="Code">8 characters without look-alikes, to be typed by an admin; shown as XXXX-XXXX.</param>
/// <param name="ClaimUrl">Address of the admin page with the code filled in, for the QR.</param>
/// <param name="ExpiresAt">10 minutes ahead; then ask again.</param>
public sealed record PairingTicket(Guid Id, string Code, string ClaimUrl, DateTimeOffset ExpiresAt, DateTimeOffset HubTime);

public sealed record PairingStatus(PairingState State, Guid? DisplayId);

public enum PairingState
{
    Pending,
    Claimed,
    Expired,
}
