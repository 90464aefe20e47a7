using Kiosk.Player.Core.View;
using Kiosk.Player.Loopback;
using Kiosk.Player.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Support;

/// <summary>The real app around a scripted player, and a real Chromium page on it.</summary>
internal sealed class StageHarness : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> owned = [];

    private StageHarness(WebApplication app, FakePlayer player, string folder)
    {
        App = app;
        Player = player;
        Folder = folder;
    }

    public WebApplication App { get; }

    public FakePlayer Player { get; }

    public string Folder { get; }

    public IPage Page { get; private set; } = null!;

    /// <summary>What the page wrote to its console as an error; a test ends with it empty.</summary>
    public List<string> PageErrors { get; } = [];

    public string Origin => App.Services.GetRequiredService<LoopbackDoor>().Origin;

    public static async Task<StageHarness> StartAsync(bool camera = false, Action<IServiceCollection>? add = null)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-stage-").FullName;
        var player = new FakePlayer();
        var options = new AppOptions(
            new Uri("http://127.0.0.1:9"), folder, 0, WindowMode.None, "zh-CN", camera, 1920, 1080, null, []);
        var app = PlayerApp.Build(options, new HeadStart(options, null), services =>
        {
            services.AddSingleton<IPlayer>(player);
            add?.Invoke(services);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new StageHarness(app, player, folder);
    }

    public string Entry() =>
        $"{Origin}{LoopbackAccess.EnterPath}?key={App.Services.GetRequiredService<LoopbackAccess>().IssueKey()}";

    /// <summary>Whoever was let in, without a page.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        var client = new HttpClient { BaseAddress = new Uri(Origin) };
        using var entered = await client.GetAsync(new Uri(Entry()), TestContext.Current.CancellationToken);
        entered.EnsureSuccessStatusCode();
        return client;
    }

    public async Task<IPage> OpenAsync(int width = 1280, int height = 720, params string[] flags)
    {
        var browser = flags is [] ? await StageBrowser.SharedAsync() : await StageBrowser.LaunchAsync(flags);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        Page = await context.NewPageAsync();
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                PageErrors.Add(message.Text);
            }
        };
        Page.PageError += (_, error) => PageErrors.Add(error);
        owned.Add(flags is [] ? context : browser);
        await Page.GotoAsync(Entry());
        await ShownAsync();
        return Page;
    }

    /// <summary>Changes the view and waits until the page holds it.</summary>
    public async Task ShowAsync(Func<StageView, StageView> change)
    {
        Player.Show(change);
        await ShownAsync();
    }

    public async Task ShownAsync() => await Page.WaitForFunctionAsync(
        "revision => Number(document.documentElement.dataset.revision ?? 0) >= revision", Player.View.Revision);

    public async ValueTask DisposeAsync()
    {
        foreach (var item in owned)
        {
            await item.DisposeAsync();
        }

        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
