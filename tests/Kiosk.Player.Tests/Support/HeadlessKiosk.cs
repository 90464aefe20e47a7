using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;
using Kiosk.Player.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Player.Tests.Support;

/// <summary>The stage with the browser it starts itself, without a display, before a player that is played by the test.</summary>
internal sealed class HeadlessKiosk : IAsyncDisposable
{
    private readonly WebApplication app;

    private HeadlessKiosk(WebApplication app, FakePlayer player, string folder) => (this.app, Player, Folder) = (app, player, folder);

    public FakePlayer Player { get; }

    public string Folder { get; }

    public T Part<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<HeadlessKiosk> StartAsync(int width = 1280, int height = 720, FakePlayer? player = null, int? memoryMb = null, string[]? browserArgs = null)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-headless-").FullName;
        player ??= new FakePlayer();
        var options = new AppOptions(new Uri("http://127.0.0.1:9"), folder, 0, WindowMode.Headless, "zh-CN", false, width, height, null, browserArgs ?? [], MemoryMb: memoryMb);
        var app = PlayerApp.Build(options, new HeadStart(options, BrowserLaunch.Choose(options, out _)), services => services.AddSingleton<IPlayer>(player));
        var kiosk = new HeadlessKiosk(app, player, folder);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => kiosk.Part<RendererPulse>().IsUp, "the page", 40);
        return kiosk;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
