using System.Diagnostics;
using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;
using Kiosk.Player.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Player.Tests.Support;

/// <summary>The real app around a scripted player, its window kept by the real supervisor on an X screen of its own, and somebody with a keyboard before it.</summary>
internal sealed class KioskWindow : IAsyncDisposable
{
    public const int Width = 1280;
    public const int Height = 720;

    private readonly Process server;
    private readonly WebApplication app;
    private readonly string folder;

    private KioskWindow(Process server, string display, WebApplication app, FakePlayer player, string folder)
    {
        (this.server, Display, this.app, Player, this.folder) = (server, display, app, player, folder);
    }

    public string Display { get; }

    public FakePlayer Player { get; }

    /// <summary>How often a page has come up; more than once means that the browser was started again or the page loaded anew.</summary>
    public int Pages => Player.Events.Count(e => e.Kind is StageEventKind.Ready);

    public int Beats => Player.Events.Count(e => e.Kind is StageEventKind.Heartbeat);

    public string Profile => Path.Combine(folder, "browser");

    /// <param name="prepare">Gives the player what it plays before the window opens.</param>
    public static async Task<KioskWindow> StartAsync(Func<FakePlayer, Task> prepare)
    {
        var server = Process.Start(new ProcessStartInfo("Xvfb", FormattableString.Invariant($"-displayfd 1 -noreset -screen 0 {Width}x{Height}x24 -nolisten tcp"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var display = ":" + await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("kiosk-keys-").FullName;
        var player = new FakePlayer();
        await prepare(player);
        // One pixel more than the screen is what makes the window cover it where no window manager runs.
        var options = new AppOptions(
            new Uri("http://127.0.0.1:9"), folder, 0, WindowMode.Window, "zh-CN", false, Width + 2, Height + 2, null, ["--display=" + display, "--ozone-platform=x11", "--disable-gpu"]);
        var app = PlayerApp.Build(options, new HeadStart(options, new BrowserStart(options, "/usr/bin/chromium")), services => services.AddSingleton<IPlayer>(player));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var window = new KioskWindow(server, display, app, player, folder);
        await Until.TrueAsync(() => window.Beats > 1, "the window is up", 60);
        return window;
    }

    /// <summary>Presses keys as a keyboard at the X server would.</summary>
    public Task PressAsync(params string[] keys) => RunAsync("xdotool", ["key", "--delay", "60", .. keys]);

    /// <summary>Types as a keyboard-wedge scanner does.</summary>
    public Task ScanAsync(string text) => RunAsync("xdotool", ["type", "--delay", "4", text + "\n"]);

    public async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DISPLAY"] = Display;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The process that owns the window now.</summary>
    public int Browser => int.Parse(File.ReadAllText(Path.Combine(folder, "browser.pid")).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    public int Windows => BrowserWindows.Count(Browser, Display);

    /// <summary>Waits until the page has made two more frames: whatever was pressed has been handled by then.</summary>
    public async Task BeatsAsync(int more = 2)
    {
        var seen = Beats;
        await Until.TrueAsync(() => Beats >= seen + more, "the page goes on");
    }

    /// <summary>The colours in a row of points across the screen.</summary>
    public async Task<(byte R, byte G, byte B)[]> ColoursAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(
            "ffmpeg", FormattableString.Invariant($"-v error -f x11grab -draw_mouse 0 -video_size {Width}x{Height} -i {Display} -frames:v 1 -f rawvideo -pix_fmt rgb24 -")) { RedirectStandardOutput = true })!;
        using var raw = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(raw, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var rgb = raw.ToArray();
        return [.. from y in Enumerable.Range(0, 16) from x in Enumerable.Range(0, 16) let at = ((y * Height / 16 * Width) + (x * Width / 16)) * 3 select (rgb[at], rgb[at + 1], rgb[at + 2])];
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        server.Kill();
        await server.WaitForExitAsync(CancellationToken.None);
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
