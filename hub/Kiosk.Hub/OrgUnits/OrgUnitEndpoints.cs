using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.OrgUnits;

internal static class OrgUnitEndpoints
{
    public static void MapOrgUnits(this IEndpointRouteBuilder api)
    {
        var units = api.MapGroup("/org-units");
        units.MapGet("", OrgUnitUseCases.ListAsync).RequireOperator();
        units.MapPost("", OrgUnitUseCases.CreateAsync).RequireOperator(OperatorRole.Admin);
        units.MapPut("/{id:guid}", OrgUnitUseCases.UpdateAsync).RequireOperator(OperatorRole.Admin);
    }
}
