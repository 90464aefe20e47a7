using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kiosk.Load.Painted;

/// <summary>A bare SignalR hub: what is posted goes to every connection. It authorises nothing and stores nothing.</summary>
internal sealed class EchoPeer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoPeer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<EchoPeer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<EchoHub>("/echo");
        app.MapPost("/say", async (HttpRequest request, IHubContext<EchoHub> hub) =>
        {
            using var reader = new StreamReader(request.Body);
            await hub.Clients.All.SendAsync("said", await reader.ReadToEndAsync());
        });
        await app.StartAsync();
        return new EchoPeer(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class EchoHub : Microsoft.AspNetCore.SignalR.Hub;
}
