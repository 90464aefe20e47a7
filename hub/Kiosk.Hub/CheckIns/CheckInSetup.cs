using Kiosk.Hub.Devices;
using Kiosk.Hub.Points;

namespace Kiosk.Hub.CheckIns;

internal static class CheckInSetup
{
    public static IServiceCollection AddCheckIns(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection(PointsRules.Section).Get<PointsRules>() ?? new PointsRules());
        services.AddSingleton<CheckInQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<CheckInQueue>());
        services.AddSingleton<RefusedScans>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusedScans>());
        services.AddSingleton<ICardSummaries, CardSummaries>();
        return services.AddSingleton<ICheckInIntake, CardCheckIns>();
    }
}
