using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Commands;

namespace Kiosk.Player.Core.Links;

/// <summary>Stands in when the configured address is no address.</summary>
internal sealed class NoHub : IHubTransport
{
    public static NoHub Instance { get; } = new();

    public IHubLink CreateLink(string token) => throw Away();

    public Task<PairingTicket> RequestPairingAsync(PairingRequest request, CancellationToken cancellationToken) => throw Away();

    public Task<PairingStatus> GetPairingAsync(Guid id, string token, CancellationToken cancellationToken) => throw Away();

    public Task<byte[]> GetFeedAsync(string key, string token, CancellationToken cancellationToken) => throw Away();

    public Task<byte[]> GetDocumentAsync(string sha256, string token, CancellationToken cancellationToken) => throw Away();

    public Task<MediaResponse> OpenMediaAsync(string sha256, long from, string token, CancellationToken cancellationToken) => throw Away();

    public Task SendPictureAsync(Guid commandId, ScreenImage picture, string token, CancellationToken cancellationToken) => throw Away();

    public Task<TokenStanding> StandingAsync(string token, Guid displayId, CancellationToken cancellationToken) => throw Away();

    private static HttpRequestException Away() => new("There is no hub address.");
}
