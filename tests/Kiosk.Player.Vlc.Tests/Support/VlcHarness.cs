using System.Diagnostics;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;
using Kiosk.Player.Start;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Stage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Player.Vlc.Tests.Support;

/// <summary>The real app around a scripted player, and one of its renderers, LibVLC unless said otherwise, on a virtual screen.</summary>
internal sealed class VlcHarness : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private VlcHarness(VirtualScreen screen, WebApplication app, FakePlayer player, string folder) => (Screen, this.app, Player, this.folder) = (screen, app, player, folder);

    public VirtualScreen Screen { get; }

    public FakePlayer Player { get; }

    public static async Task<VlcHarness> StartAsync(int width = 1280, int height = 720, RendererKind renderer = RendererKind.Vlc)
    {
        var screen = await VirtualScreen.StartAsync(width, height);
        var folder = Directory.CreateTempSubdirectory("kiosk-vlc-").FullName;
        var player = new FakePlayer();
        var options = new AppOptions(
            new Uri("http://127.0.0.1:9"), folder, 0, WindowMode.Window, "zh-CN", false, width, height, null, [], renderer);
        IRendererLaunch launch = renderer is RendererKind.Vlc ? new VlcStart(options) : new BrowserStart(options, "/usr/bin/chromium");
        var app = PlayerApp.Build(options, new HeadStart(options, new OnScreen(launch, screen.Display)), services => services.AddSingleton<IPlayer>(player));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var harness = new VlcHarness(screen, app, player, folder);
        await Until.TrueAsync(() => player.Events.Any(e => e.Kind is StageEventKind.Ready), "the renderer is up", 30);
        return harness;
    }

    public IReadOnlyList<StageEvent> Events(StageEventKind kind) => [.. Player.Events.Where(e => e.Kind == kind)];

    public int RendererId()
    {
        var parts = File.ReadAllText(Path.Combine(folder, "browser.pid")).Split(' ');
        return int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Looks at the screen until it is as awaited.</summary>
    public async Task<Shot> SeenAsync(Func<Shot, bool> condition, string awaited, int seconds = 15)
    {
        var deadline = TimeProvider.System.GetTimestamp() + (seconds * TimeProvider.System.TimestampFrequency);
        while (true)
        {
            var shot = await Screen.GrabAsync();
            if (condition(shot))
            {
                return shot;
            }

            if (TimeProvider.System.GetTimestamp() >= deadline)
            {
                await KeepAsync("failed");
                Assert.Fail($"Not within {seconds} s: {awaited}. Told: {string.Join(' ', Player.Events.Select(e => $"{e.Kind}({e.Code})"))}");
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Keeps a picture of the screen for people, where the environment says so (KIOSK_PICTURES=folder).</summary>
    public async Task KeepAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("KIOSK_PICTURES") is { Length: > 0 } pictures)
        {
            Directory.CreateDirectory(pictures);
            await File.WriteAllBytesAsync(Path.Combine(pictures, name + ".png"), await Screen.PngAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await Screen.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class OnScreen(IRendererLaunch inner, string display) : IRendererLaunch
    {
        public string Mark => inner.Mark;

        public string? Profile => inner.Profile;

        public bool IsBrowser => inner.IsBrowser;

        public bool ComesUpBlank => inner.ComesUpBlank;

        public ProcessStartInfo Start(string entry)
        {
            var start = inner.Start(entry);
            start.Environment["DISPLAY"] = display;
            start.Environment[VlcOptions.Variable] = "--aout=dummy --miface=lo";
            return start;
        }

        public void Ended() => inner.Ended();

        public Task<bool> AnswersAsync(TimeSpan limit, CancellationToken cancellationToken) => inner.AnswersAsync(limit, cancellationToken);

        public Task<string?> VersionAsync(CancellationToken cancellationToken) => inner.VersionAsync(cancellationToken);
    }
}
