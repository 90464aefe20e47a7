using Kiosk.Hub.Alerts;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Auth.Organisation;
using Kiosk.Hub.Backup;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Commands;
using Kiosk.Hub.Data;
using Kiosk.Hub.Demo;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Live;
using Kiosk.Hub.Media;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Notices;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Phone;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Plays;
using Kiosk.Hub.Printing;
using Kiosk.Hub.Schedules;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub;

/// <summary>Composition of the hub; each slice adds and maps itself.</summary>
internal static class HubProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        var built = StartUp.Try(() => Build(args));
        return built is null ? StartUp.Failed : await StartUp.RunAsync(built);
    }

    /// <param name="configure">Lets a test host replace services, e.g. the clock.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(HubProgram).Assembly.GetName().Name,
            // Published, assets and settings lie beside the program, wherever it is started from.
            ContentRootPath = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null,
        });
        var options = HubOptions.Read(builder.Configuration);
        var folders = new HubFolders(options.DataFolder);
        RestoreBackup.Finish(folders.Data, options.Postgres);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddLogs(builder.Configuration);
        builder.Services.AddSingleton(options).AddSingleton(_ => folders).AddSingleton<HubAddress>().AddSingleton(TimeProvider.System);
        builder.Services.AddKioskJson().AddWeb().AddHealth().AddData().AddAuth(folders, options).AddOpenApi();
        builder.Services.AddBackups().AddAlerts();
        builder.Services.AddFeeds().AddDevices().AddDisplays().AddCommands().AddPlays().AddNotices().AddLive();
        builder.Services.AddMembers().AddMeetings().AddHosting().AddCheckIns(builder.Configuration).AddPhone(builder.Configuration).AddFairPlay(builder.Configuration);
        builder.Services.AddMedia().AddPlaylists().AddSchedules().AddSingleton<DemoStart>().AddSingleton<Housekeeping.DailyClean>().AddHostedService(provider => provider.GetRequiredService<Housekeeping.DailyClean>());
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseWeb();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName:regex(^v1$)}.json").AllowAnonymous();
        app.MapAdmin();
        app.MapSetUp();
        app.MapOrganisation();
        app.MapPairing();
        app.MapDeviceCommands();
        app.MapFeeds();
        app.MapDevices();
        app.MapLive();
        app.MapMediaFiles();
        app.MapPhone();
        app.MapMemberMeetings();
        app.MapCalendars();
        app.MapPrinting();
        var api = app.MapOperatorApi();
        api.MapAuth();
        api.MapAlerts();
        api.MapBackups();
        api.MapOrgUnits();
        api.MapDisplays();
        api.MapCommands();
        api.MapPlays();
        api.MapMembers();
        api.MapMeetings();
        api.MapHosting();
        api.MapFairPlay();
        api.MapNotices();
        api.MapMedia();
        api.MapPlaylists();
        api.MapSchedules();
        return app;
    }
}
