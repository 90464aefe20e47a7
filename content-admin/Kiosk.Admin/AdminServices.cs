using Kiosk.Admin.Features.Account;
using Kiosk.Admin.Features.Alerts;
using Kiosk.Admin.Features.Backups;
using Kiosk.Admin.Features.Displays;
using Kiosk.Admin.Features.Media;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Admin.Features.Members;
using Kiosk.Admin.Features.Notices;
using Kiosk.Admin.Features.OrgUnits;
using Kiosk.Admin.Features.Playlists;
using Kiosk.Admin.Features.Plays;
using Kiosk.Admin.Features.Schedules;
using Kiosk.Admin.Features.Session;
using Kiosk.Admin.Features.Today;
using Kiosk.Admin.Shared;
using Radzen;

namespace Kiosk.Admin;

internal static class AdminServices
{
    /// <param name="hub">Root address of the hub, above <c>/admin/</c>.</param>
    public static IServiceCollection AddAdmin(this IServiceCollection services, Uri hub)
    {
        services.AddRadzenComponents();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new HttpClient { BaseAddress = hub, Timeout = Timeout.InfiniteTimeSpan });
        services.AddSingleton<Texts>();
        services.AddSingleton<Preferences>();
        services.AddSingleton<Workspace>();
        services.AddSingleton<Times>();
        services.AddSingleton<Toasts>();
        services.AddSingleton<Browser>();
        services.AddSingleton<LiveUpdates>();
        services.AddSingleton<StepUp>();
        services.AddSingleton<PasskeyBrowser>();
        services.AddSingleton<Api>();
        services.AddSingleton<SessionClient>();
        services.AddSingleton<AccountClient>();
        services.AddSingleton<AlertsClient>();
        services.AddSingleton<BackupsClient>();
        services.AddSingleton<TodayClient>();
        services.AddSingleton<DisplaysClient>();
        services.AddSingleton<CommandsClient>();
        services.AddSingleton<PlaysClient>();
        services.AddSingleton<MediaClient>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<PlaylistsClient>();
        services.AddSingleton<SchedulesClient>();
        services.AddSingleton<NoticesClient>();
        services.AddSingleton<MeetingsClient>();
        services.AddSingleton<PlanningClient>();
        services.AddSingleton<HostingClient>();
        services.AddSingleton<AttendanceClient>();
        services.AddSingleton<MembersClient>();
        services.AddSingleton<OrgUnitsClient>();
        return services;
    }
}
