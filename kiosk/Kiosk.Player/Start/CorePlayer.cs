using Kiosk.Player.Browser;
using Kiosk.Player.Core;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.View;
using Kiosk.Player.Relay;
using Kiosk.Player.Screen;

namespace Kiosk.Player.Start;

/// <summary>The real player behind the pages, run for as long as the app lives.</summary>
internal static class CorePlayer
{
    public static void AddCorePlayer(this IServiceCollection services, AppOptions options, PlayerFolderLock folder)
    {
        services.AddSingleton(provider => PlayerHost.Create(
            new PlayerOptions
            {
                HubAddress = options.Hub?.ToString() ?? "",
                DataFolder = options.Data,
                ScreenWidth = options.Upright ? Math.Min(options.ScreenWidth, options.ScreenHeight) : options.ScreenWidth,
                ScreenHeight = options.Upright ? Math.Max(options.ScreenWidth, options.ScreenHeight) : options.ScreenHeight,
                Language = options.Language,
                Renderer = options.Renderer,
                PictureFirst = options.Window is not WindowMode.None,
                Relays = provider.GetRequiredService<RelayProgram>().IsThere,
                VersionsFolder = options.Versions,
                Version = typeof(CorePlayer).Assembly.GetName().Version!.ToString(3),
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>(),
            Ports(provider, options),
            folder));
        services.AddSingleton<IPlayer>(provider => provider.GetRequiredService<PlayerHost>());
        services.AddSingleton(provider => provider.GetRequiredService<PlayerHost>().StageLoop);
        services.AddSingleton<CameUp>();
        services.AddSingleton(ServiceWatch.FromEnvironment());
        services.AddHostedService<CorePlayerService>();
        services.AddHostedService<ServiceManager>();
    }

    private static DevicePorts Ports(IServiceProvider provider, AppOptions options)
    {
        var browser = options.Window is not WindowMode.None;
        // Asked late: the keeper itself asks for the player.
        ScreenPowerKeeper Keeper() => provider.GetRequiredService<ScreenPowerKeeper>();
        return new DevicePorts
        {
            Picture = browser ? new ScreenPicture(BrowserEye.IsBestPicture(options) ? provider.GetService<BrowserEye>() : null) : null,
            Renderer = browser ? provider.GetRequiredService<RendererRestart>() : null,
            App = provider.GetRequiredService<AppRestart>(),
            Log = new PlayerLogFile(options.Data),
            PowerMeans = () => Keeper().Means,
        };
    }
}

/// <summary>Runs the player; when one of its parts breaks the screen goes on and the player is run again.</summary>
internal sealed partial class CorePlayerService(PlayerHost player, CameUp up, TimeProvider time, ILogger<CorePlayerService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                up.Began();
                await player.RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A kiosk nobody stands beside goes on, whatever broke.
            catch (Exception e)
#pragma warning restore CA1031
            {
                up.Broke();
                LogBroken(e);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Error, Message = "A part of the player broke; running it again")]
    private partial void LogBroken(Exception exception);
}
