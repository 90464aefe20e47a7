using System.Globalization;
using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;
using Kiosk.Player.Loopback;
using Kiosk.Player.Relay;
using Kiosk.Player.Screen;
using Kiosk.Player.Stage;
using Kiosk.Player.Start;
using Serilog;
using Serilog.Events;

namespace Kiosk.Player;

/// <summary>The app around a player: loopback pages and, unless told otherwise, the renderer that shows them.</summary>
internal static class PlayerApp
{
    /// <param name="head">The app ends what of it is still there.</param>
    /// <param name="addPlayer">Registers the one <see cref="IPlayer"/>.</param>
    public static WebApplication Build(AppOptions options, HeadStart head, Action<IServiceCollection> addPlayer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.CreateBoundListenSocket = _ => head.Door.HandOver()).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(head.Door.Address);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSerilog(log => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .WriteTo.File(
                Path.Combine(options.Data, "logs", "player-.log"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 14,
                fileSizeLimitBytes: 10_000_000,
                rollOnFileSizeLimit: true,
                formatProvider: CultureInfo.InvariantCulture));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(head.Door);
        builder.Services.AddSingleton(head.Access);
        builder.Services.AddSingleton(head.Pulse);
        builder.Services.AddSingleton<ViewClock>();
        builder.Services.AddSingleton<ReadAloud>();
        builder.Services.AddSingleton<WebPages>();
        builder.Services.AddSingleton<LiveStreams>();
        builder.Services.AddSingleton(RelayProgram.Find());
        builder.Services.AddSingleton<StreamRelay>();
        builder.Services.AddSingleton<RendererRestart>();
        builder.Services.AddSingleton<AppRestart>();
        addPlayer(builder.Services);
        if (options.Window is WindowMode.Window)
        {
            builder.Services.AddSingleton<IScreenPower, DpmsPower>().AddSingleton<IScreenPower, CecPower>();
        }

        builder.Services.AddSingleton<ScreenPowerKeeper>().AddHostedService(provider => provider.GetRequiredService<ScreenPowerKeeper>());
        if (head.Renderer is { } renderer)
        {
            builder.Services.AddSingleton(renderer);
            if (renderer.Launch is BrowserStart { Eye: { } eye })
            {
                builder.Services.AddSingleton(eye);
            }

            builder.Services.AddSingleton<RendererSupervisor>().AddHostedService(provider => provider.GetRequiredService<RendererSupervisor>());
            builder.Services.AddSingleton(provider => provider.GetRequiredService<RendererSupervisor>().Loop);
        }

        var app = builder.Build();
        app.Lifetime.ApplicationStopped.Register(head.Dispose);
        // Made before the server listens: it learns from events that come only once.
        _ = app.Services.GetRequiredService<ViewClock>();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(10) });
        app.UseLoopbackGate();
        app.MapStage();
        return app;
    }
}
