using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.OrgUnits;

internal static class OrgUnitEndpoints
{
    public static void MapOrgUnits(this IEndpointRouteBuilder api)
    {
        var units = api.MapGroup("/org-units");
        units.MapGet("", OrgUnitUseCases.ListAsync).RequireOperator(allowWeak: true);
        units.MapPost("", OrgUnitUseCases.CreateAsync).RequireOperator(OperatorRole.Admin);
        units.MapPut("/{id:guid}", OrgUnitUseCases.UpdateAsync).RequireOperator(OperatorRole.Admin);

        var rooms = api.MapGroup("/rooms");
        rooms.MapGet("", RoomUseCases.ListAsync).RequireOperator();
        // Whoever plans a meeting outdoors or elsewhere names its place in the form; what displays hang in a room is the administrator's.
        rooms.MapPost("", RoomUseCases.CreateAsync).RequireOperator(OperatorRole.Host);
        rooms.MapPut("/{id:guid}", RoomUseCases.UpdateAsync).RequireOperator(OperatorRole.Admin);

        var groups = api.MapGroup("/groups");
        groups.MapGet("", DisplayGroupUseCases.ListAsync).RequireOperator();
        groups.MapPost("", DisplayGroupUseCases.CreateAsync).RequireOperator(OperatorRole.Admin);
        groups.MapPut("/{id:guid}", DisplayGroupUseCases.UpdateAsync).RequireOperator(OperatorRole.Admin);
        groups.MapDelete("/{id:guid}", DisplayGroupUseCases.DeleteAsync).RequireOperator(OperatorRole.Admin);
    }
}
