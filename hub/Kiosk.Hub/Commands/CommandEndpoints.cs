using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Commands;

internal static class CommandEndpoints
{
    public static IServiceCollection AddCommands(this IServiceCollection services) =>
        services.AddSingleton<CommandIntake>().AddSingleton<CommandPush>().AddHostedService<CommandSweeper>();

    public static void MapCommands(this IEndpointRouteBuilder api)
    {
        var commands = api.MapGroup("/displays/{id:guid}");
        commands.MapGet("/commands", ReadCommands.ListAsync).RequireOperator(OperatorRole.Secretary);
        commands.MapPost("/commands", IssueCommands.IssueAsync).RequireOperator(OperatorRole.Secretary);
        commands.MapPost("/commands/{commandId:guid}/cancel", IssueCommands.CancelAsync).RequireOperator(OperatorRole.Secretary);
        commands.MapGet("/commands/{commandId:guid}/picture", ReadCommands.PictureAsync).RequireOperator(OperatorRole.Secretary);
        commands.MapGet("/commands/{commandId:guid}/looks", ReadCommands.LooksAsync).RequireOperator(OperatorRole.Secretary);
        commands.MapPut("/volume", IssueCommands.SetVolumeAsync).RequireOperator(OperatorRole.Admin);
    }

    /// <summary>For players, outside the operators' API.</summary>
    public static void MapDeviceCommands(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/device/commands/{id:guid}/picture", TakePicture.HandleAsync).RequireDevice();
}
