using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Kiosk.Player.Loopback;

/// <summary>Where the pages are, known once the server listens.</summary>
internal sealed class LoopbackAddress
{
    private readonly TaskCompletionSource<string> origin = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LoopbackAddress(IServer server, IHostApplicationLifetime lifetime) =>
        lifetime.ApplicationStarted.Register(() => origin.TrySetResult(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()));

    /// <summary>E.g. <c>http://127.0.0.1:41873</c>.</summary>
    public Task<string> Origin => origin.Task;
}
