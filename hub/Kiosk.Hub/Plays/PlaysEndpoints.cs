using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Plays;

internal static class PlaysEndpoints
{
    public static IServiceCollection AddPlays(this IServiceCollection services)
    {
        services.AddSingleton<PlayIntake>().AddHostedService(provider => provider.GetRequiredService<PlayIntake>());
        return services.AddScoped<PlayReport>();
    }

    public static void MapPlays(this IEndpointRouteBuilder api)
    {
        var plays = api.MapGroup("/plays");
        plays.MapGet("", ListPlays.HandleAsync).RequireOperator();
        plays.MapGet("/report", ListPlays.ReportAsync).RequireOperator();
        plays.MapGet("/export", ExportPlays.HandleAsync).RequireOperator();
    }
}
