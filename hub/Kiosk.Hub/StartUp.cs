using System.Globalization;
using System.Net.Sockets;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Backup;
using Kiosk.Hub.Data;
using Kiosk.Hub.Demo;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;

namespace Kiosk.Hub;

/// <summary>Starting the hub: what goes wrong here is told in one sentence with a code, in the operator's language.</summary>
internal sealed class StartUp
{
    public const int Failed = 2;

    private static readonly ResourceText _text = new(typeof(StartUp));

    public static bool AsksForHelp(string[] args) => args.Any(each => each is "--help" or "-h" or "-?");

    /// <summary>Says how the hub is started; starts nothing.</summary>
    public static int Help()
    {
        SpeakItsLanguage();
        Console.WriteLine(_text.Get("help"));
        return 0;
    }

    public static WebApplication? Try(Func<WebApplication> build)
    {
        SpeakItsLanguage();
        try
        {
            return build();
        }
        catch (DataFolderInUseException failure)
        {
            Say("data_folder_in_use", failure.Message);
            return null;
        }
        catch (TimeZoneNotFoundException failure)
        {
            Say("time_zone_unknown", failure.Message);
            return null;
        }
        catch (TrustedProxyException failure)
        {
            Say("trusted_proxy_invalid", failure.Message);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Say("data_folder_not_writable", failure.Message);
            return null;
        }
    }

    private static void SpeakItsLanguage() => CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = new CultureInfo(
        Environment.GetEnvironmentVariable("Hub__Language") is "en" ? "en" : "zh-CN");

    /// <summary>Migrates, listens, prints the first set-up link and waits for the end.</summary>
    public static async Task<int> RunAsync(WebApplication app)
    {
        await using var _ = app;
        try
        {
            await PrepareAsync(app, CancellationToken.None);
            await app.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException or SocketException)
        {
            Say("port_taken", failure.InnerException.Message);
            return Failed;
        }
        catch (SqliteException failure)
        {
            Say(CodeOf(failure), app.Services.GetRequiredService<HubFolders>().Database);
            return Failed;
        }

        await AnnounceAsync(app, CancellationToken.None);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>All that must be true before the hub listens.</summary>
    public static Task PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        // Its keys are there from the first start, so that a backup without them is known for a damaged one.
        app.Services.GetRequiredService<PersonalData>();
        return app.Services.MigrateAsync(cancellationToken);
    }

    private static async Task AnnounceAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var services = app.Services;
        await services.GetRequiredService<DemoStart>().StartAsync(cancellationToken);
        var address = services.GetRequiredService<HubAddress>().Value;
        var link = await SetUp.FirstLinkAsync(services.GetRequiredService<HubWriter>(), address, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);
        if (link is not null)
        {
            // To the console only, never to a log file: whoever reads it becomes the administrator.
            Console.WriteLine($"{AuthText.Get("set_up_console")}\n  {link}");
        }
    }

    private static string CodeOf(SqliteException failure) =>
        DiskFull.Is(failure) ? "disk_full" : failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM ? "data_folder_not_writable"
        : "database_damaged";

    private static void Say(string code, string detail) => Console.Error.WriteLine($"{_text.Get(code, detail)} [{code}]");
}
