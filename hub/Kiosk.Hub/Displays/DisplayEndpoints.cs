using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Displays;

internal static class DisplayEndpoints
{
    public static void MapDisplays(this IEndpointRouteBuilder api)
    {
        api.MapGet("/today", GetToday.HandleAsync).RequireOperator();
        api.MapGet("/pairings/{code}", ClaimPlayer.PreviewAsync).RequireOperator(OperatorRole.Admin).RequireRateLimiting(RateLimits.Pairing);
        var displays = api.MapGroup("/displays");
        displays.MapGet("", ListDisplays.HandleAsync).RequireOperator();
        displays.MapPost("", ClaimPlayer.ClaimAsync).RequireOperator(OperatorRole.Admin);
        displays.MapGet("/{id:guid}", ListDisplays.GetAsync).RequireOperator();
        displays.MapPut("/{id:guid}", UpdateDisplay.HandleAsync).RequireOperator(OperatorRole.Admin);
        displays.MapDelete("/{id:guid}", RemoveDisplay.HandleAsync).RequireOperator(OperatorRole.Admin);
        displays.MapPost("/{id:guid}/revoke", RevokeDisplay.HandleAsync).RequireOperator(OperatorRole.Admin);
        displays.MapGet("/{id:guid}/resolution", ExplainDisplay.HandleAsync).RequireOperator();
    }

    /// <summary>For players without identity, outside the operators' API.</summary>
    public static void MapPairing(this IEndpointRouteBuilder app)
    {
        app.MapPost(DeviceRoutes.Pairings, PairPlayer.AskAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Pairing);
        app.MapGet(DeviceRoutes.Pairings + "/{id:guid}", PairPlayer.StatusAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Code);
    }
}
