using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Displays;

internal static class DisplaysSetup
{
    public static IServiceCollection AddDisplays(this IServiceCollection services)
    {
        services.AddSingleton<DeviceTokens>();
        services.AddSingleton<IDeviceTokens>(provider => provider.GetRequiredService<DeviceTokens>());
        services.AddSingleton<DisplayFeeds>();
        services.AddScoped<DisplayViews>();
        services.AddSingleton<DisplayClock>();
        services.AddHostedService(provider => provider.GetRequiredService<DisplayClock>());
        services.AddSingleton<DisplayRenderers>();
        services.AddSingleton<DisplayPresence>();
        services.AddHostedService(provider => provider.GetRequiredService<DisplayPresence>());
        return services;
    }
}
