using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Alerts;

internal static class AlertsSetup
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<AlertAddresses>().AddSingleton<MailChannel>().AddSingleton<WebhookChannel>().AddSingleton<AlertChannels>();
        services.AddSingleton<AlertOutboxSignal>().AddSingleton<AlertTurn>().AddSingleton<AlertPass>();
        services.AddSingleton<AlertOutbox>().AddHostedService(provider => provider.GetRequiredService<AlertOutbox>());
        services.AddSingleton<AlertWatch>().AddHostedService(provider => provider.GetRequiredService<AlertWatch>());
        return services;
    }

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").RequireOperator(OperatorRole.Secretary);
        alerts.MapGet("", ListAlerts.HandleAsync);
        alerts.MapGet("/rules", SaveAlertRules.ListAsync);
        alerts.MapPut("/rules", SaveAlertRules.SaveAsync);
        alerts.MapGet("/recipients", ListRecipients.HandleAsync);
        alerts.MapPost("/recipients", SaveRecipient.CreateAsync);
        alerts.MapPut("/recipients/{id:guid}", SaveRecipient.UpdateAsync);
        alerts.MapDelete("/recipients/{id:guid}", SaveRecipient.DeleteAsync);
        alerts.MapPost("/recipients/{id:guid}/test", TestRecipient.HandleAsync).RequireRateLimiting(RateLimits.Account);
    }
}
