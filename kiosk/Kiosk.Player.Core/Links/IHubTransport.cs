using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Commands;

namespace Kiosk.Player.Core.Links;

/// <summary>The hub over the network. Every method throws <see cref="HttpRequestException"/> (with a status where there is one) or an I/O error.</summary>
internal interface IHubTransport
{
    /// <summary>A link that is not connected yet.</summary>
    IHubLink CreateLink(string token);

    Task<PairingTicket> RequestPairingAsync(PairingRequest request, CancellationToken cancellationToken);

    Task<PairingStatus> GetPairingAsync(Guid id, string token, CancellationToken cancellationToken);

    Task<byte[]> GetFeedAsync(string key, string token, CancellationToken cancellationToken);

    Task<byte[]> GetDocumentAsync(string sha256, string token, CancellationToken cancellationToken);

    /// <summary>Opens a media file from a byte on.</summary>
    Task<MediaResponse> OpenMediaAsync(string sha256, long from, string token, CancellationToken cancellationToken);

    /// <summary>Sends the picture a command asked for.</summary>
    Task SendPictureAsync(Guid commandId, ScreenImage picture, string token, CancellationToken cancellationToken);

    /// <summary>Asks the hub whether it knows this token.</summary>
    Task<TokenStanding> StandingAsync(string token, Guid displayId, CancellationToken cancellationToken);
}

/// <summary>What the hub itself says of a token; neither where the answer was not clearly the hub's.</summary>
/// <param name="IsRefused">It does not know the token: revoked, or never known to the data it runs on.</param>
/// <param name="Epoch">The history of the hub that refused; null from one too old to say.</param>
internal readonly record struct TokenStanding(bool IsGood, bool IsRefused, string? Epoch);
