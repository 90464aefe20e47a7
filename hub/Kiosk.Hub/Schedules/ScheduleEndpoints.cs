using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Schedules;

internal static class ScheduleEndpoints
{
    public static IServiceCollection AddSchedules(this IServiceCollection services) =>
        services.AddSingleton<SaveScheduleEvent>().AddSingleton<Defaults>();

    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        var schedule = api.MapGroup("/schedule").WithTags("Schedule");
        schedule.MapGet("/", ReadSchedule.ListAsync).RequireOperator();
        schedule.MapGet("/events/{id:guid}", ReadSchedule.GetAsync).RequireOperator();
        schedule.MapPost("/events", SaveScheduleEvent.CreateAsync).RequireOperator(OperatorRole.Editor);
        schedule.MapPut("/events/{id:guid}", SaveScheduleEvent.UpdateAsync).RequireOperator(OperatorRole.Editor);
        schedule.MapDelete("/events/{id:guid}", SaveScheduleEvent.DeleteAsync).RequireOperator(OperatorRole.Editor);
        schedule.MapGet("/defaults", Defaults.ListAsync).RequireOperator();
        schedule.MapPut("/defaults", Defaults.PutAsync).RequireOperator(OperatorRole.Editor);
        schedule.MapGet("/unshowable", ListUnshowable.HandleAsync).RequireOperator(OperatorRole.Editor);
        api.MapPost("/playlists/{id:guid}/unshowable", ListUnshowable.OfDraftAsync).RequireOperator(OperatorRole.Editor).WithTags("Playlists");
        api.MapGet("/targets", ListTargets.ListAsync).RequireOperator(OperatorRole.Editor).WithTags("Schedule");
    }
}
