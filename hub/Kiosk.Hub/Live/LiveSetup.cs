using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;

namespace Kiosk.Hub.Live;

internal static class LiveSetup
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<OperatorHints>().AddSingleton<OperatorConnections>().AddHostedService<EndedSessions>();
        services.AddSingleton<IChangeSignals>(provider => provider.GetRequiredService<OperatorHints>());
        services.AddHostedService(provider => provider.GetRequiredService<OperatorHints>());
        return services;
    }

    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapHub<OperatorHub>(IOperatorClient.Route, options => options.CloseOnAuthenticationExpiration = true).RequireOperator();
}
