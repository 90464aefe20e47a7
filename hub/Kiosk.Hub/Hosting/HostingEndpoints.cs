using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Devices;

namespace Kiosk.Hub.Hosting;

internal static class HostingEndpoints
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton<RoomHosting>().AddSingleton<MeetingRunner>().AddSingleton<MeetingAliases>().AddSingleton<HostPin>();
        services.AddSingleton<StandbyRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<StandbyRefresh>());
        return services.AddSingleton<IHostActionIntake, HostActionIntake>();
    }

    public static void MapHosting(this IEndpointRouteBuilder api)
    {
        var meetings = api.MapGroup("/meetings").RequireOperator(OperatorRole.Host);
        meetings.MapGet("/{id:guid}/run", RunMeeting.GetAsync);
        meetings.MapPost("/{id:guid}/run", RunMeeting.PostAsync);
        var members = api.MapGroup("/members").RequireOperator(OperatorRole.Host);
        members.MapGet("/{id:guid}/host", MemberHosting.GetAsync);
        members.MapPut("/{id:guid}/host-pin", MemberHosting.SetPinAsync);
        members.MapDelete("/{id:guid}/host-pin", MemberHosting.RemovePinAsync);
        api.MapPut("/members/{id:guid}/host", MemberHosting.MarkAsync).RequireOperator(OperatorRole.Admin);
        api.MapGet("/host-events", ListHostEvents.HandleAsync).RequireOperator(OperatorRole.Host);
    }
}
