namespace Kiosk.Player.Core.Pairing;

/// <param name="Token">Device token; only its hash leaves the device, until it is used as a Bearer.</param>
/// <param name="PairingId">Pairing that was asked for and not answered yet.</param>
/// <param name="DisplayId">Set once claimed.</param>
/// <param name="Code">Code of the open pairing, so that a restart goes on showing the code somebody may be typing.</param>
/// <param name="Epoch">Of a former identity: the history of the hub that knew it.</param>
/// <param name="Hub">Address at which a hub last knew it.</param>
internal sealed record Identity(
    string Token, Guid? PairingId, Guid? DisplayId, string? Code = null, string? ClaimUrl = null, DateTimeOffset? ExpiresAt = null, string? Epoch = null, string? Hub = null)
{
    public bool IsPaired => DisplayId is not null;
}
