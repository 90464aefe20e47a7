using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Hub.Auth;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Kiosk.Hub.Devices;

internal static class DevicesSetup
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>A full batch of check-ins or receipts is well under this, and a batch of host actions, which may carry whole rosters, is cut by its sender to stay so.</summary>
    private const int LargestMessageBytes = 256 * 1024;

    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddOptions<DeviceOptions>().BindConfiguration(DeviceOptions.Section);
        services.AddSignalR().AddHubOptions<DeviceHub>(options =>
        {
            options.MaximumReceiveMessageSize = LargestMessageBytes;
            options.MaximumParallelInvocationsPerClient = 1;
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(60);
            options.EnableDetailedErrors = false;
            options.AddFilter<DiskFullFilter>();
        });
        services.Configure<JsonHubProtocolOptions>(options => KioskJson.Apply(options.PayloadSerializerOptions));
        services.RemoveAll<IHubProtocol>();
        services.AddSingleton<IHubProtocol, OrderedJsonProtocol>();
        services.AddSingleton<DeviceMailboxes>();
        services.AddSingleton<HubLifetimeManager<DeviceHub>>(provider => provider.GetRequiredService<DeviceMailboxes>());
        services.AddSingleton<HelloAnswer>();
        services.AddSingleton<ReceiptIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<ReceiptIntake>());
        services.AddHostedService<FeedPusher>();
        return services;
    }

    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        var limit = app.ServiceProvider.GetRequiredService<IOptions<DeviceOptions>>().Value.DrainLimit;
        app.MapHub<DeviceHub>(DeviceRoutes.Hub, options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.TransportMaxBufferSize = BufferBytes;
            options.ApplicationMaxBufferSize = BufferBytes;
            options.TransportSendTimeout = limit;
        }).RequireDevice();
    }
}
