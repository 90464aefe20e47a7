using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kiosk.Player.Tests.Browser;

/// <summary>Pages that load like any other and are none, before the browser the player starts itself.</summary>
[Collection(Alone.Name)]
[SupportedOSPlatform("linux")]
public sealed class FramedPageTests
{
    [Fact]
    public async Task Page_of_the_browser_about_what_it_could_not_load_and_an_empty_one_are_told_and_gone()
    {
        await using var site = await WebSite.StartAsync(map =>
        {
            map.MapGet("/board", () => WebSite.Page("#3a7"));
            map.MapGet("/empties", () => WebSite.Page("#3a7", "setTimeout(() => location = 'about:blank', 1500)"));
            map.MapGet("/breaks", () => WebSite.Page("#3a7", "setTimeout(() => location = '/broken', 1500)"));
            map.MapGet("/hollow", () => WebSite.Page("#fff", "setTimeout(() => { document.open(); document.close(); }, 1500)"));
            map.MapGet("/nothing", () => Microsoft.AspNetCore.Http.Results.Text("", "text/html"));
            map.MapGet("/signs-out", () => WebSite.Page("#3a7", "setTimeout(() => location = '/denied', 1500)"));
            map.MapGet("/denied", (HttpContext context) =>
            {
                context.Response.StatusCode = 401;
                return WebSite.Page("#a33");
            });
            map.MapGet("/broken", (HttpContext context) => context.Abort());
            map.MapGet("/picky", (HttpContext context) =>
            {
                if (context.Request.Headers.UserAgent.ToString().Contains("Chrome", StringComparison.Ordinal))
                {
                    context.Abort();
                }

                return WebSite.Page("#3a7");
            });
        });
        await using var kiosk = await HeadlessKiosk.StartAsync();
        var player = kiosk.Player;
        foreach (var host in (string[])["localhost", "127.0.0.1"])
        {
            Assert.Null(await CodeAsync(host, "/board", StageEventKind.Started));
            Assert.Equal("page_left", await CodeAsync(host, "/empties", StageEventKind.Failed));
            Assert.Equal("page_unreachable", await CodeAsync(host, "/breaks", StageEventKind.Failed));
            Assert.Equal("page_unreachable", await CodeAsync(host, "/picky", StageEventKind.Failed));
            Assert.DoesNotContain(player.Events, e => e.Kind is StageEventKind.Started && e.Id == Playing(player));
            Assert.Equal("page_empty", await CodeAsync(host, "/hollow", StageEventKind.Failed));
            Assert.Equal("page_error", await CodeAsync(host, "/signs-out", StageEventKind.Failed));
            Assert.Equal("page_empty", await CodeAsync(host, "/nothing", StageEventKind.Failed));
            Assert.DoesNotContain(player.Events, e => e.Kind is StageEventKind.Started && e.Id == Playing(player));
        }

        async Task<string?> CodeAsync(string host, string path, StageEventKind kind)
        {
            var page = FakePlayer.Item(PlaylistItemKind.WebPage, new UriBuilder(site[path]) { Host = host }.Uri, 60_000);
            player.Show(v => v with { Playback = new PlaybackView(page, null, "schedule", null) });
            await Until.TrueAsync(() => player.Events.Any(e => e.Kind == kind && e.Id == page.PlayId), $"{path} of {host}: {kind}", 40);
            return player.Events.First(e => e.Kind == kind && e.Id == page.PlayId).Code;
        }
    }

    [Fact]
    public async Task Page_whose_process_dies_is_told_and_gone()
    {
        await using var site = await WebSite.StartAsync(map => map.MapGet("/board", () => WebSite.Page("#3a7")));
        await using var kiosk = await HeadlessKiosk.StartAsync();
        var player = kiosk.Player;
        var page = FakePlayer.Item(PlaylistItemKind.WebPage, site["/board"], 60_000);
        player.Show(v => v with { Playback = new PlaybackView(page, null, "schedule", null) });
        await Until.TrueAsync(() => player.Events.Any(e => e.Kind is StageEventKind.Started && e.Id == page.PlayId), "the page is shown", 40);

        // The newest first: the browser keeps one to spare, then comes the page's, and the kiosk's own was there before.
        bool IsTold() => player.Events.Any(e => e is { Kind: StageEventKind.Failed, Code: "page_crashed" } && e.Id == page.PlayId);
        foreach (var id in Renderers(kiosk.Folder))
        {
            using (var process = Process.GetProcessById(id))
            {
                process.Kill();
            }

            var looks = 0;
            await Until.TrueAsync(() => IsTold() || looks++ > 300, "the dead page is told", 30);
            if (IsTold())
            {
                break;
            }
        }

        Assert.True(IsTold());
    }

    /// <summary>Pages have processes of their own, unless a browser saves memory: then one that loops stops the kiosk's, too.</summary>
    [Fact]
    public async Task Page_that_holds_up_the_kiosk_is_blamed_for_it()
    {
        await using var site = await WebSite.StartAsync(map => map.MapGet("/loops", () => WebSite.Page("#3a7", "setTimeout(() => { while (true); }, 2000)")));
        await using var kiosk = await HeadlessKiosk.StartAsync(browserArgs: ["--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process"]);
        var player = kiosk.Player;
        var loops = FakePlayer.Item(PlaylistItemKind.WebPage, site["/loops"], 60_000);
        player.Show(v => v with { Playback = new PlaybackView(null, loops, "schedule", null) });
        player.Show(v => v with { Playback = new PlaybackView(loops, null, "schedule", null) });
        await Until.TrueAsync(() => player.Events.Any(e => e is { Kind: StageEventKind.Failed, Code: "page_hung" } && e.Id == loops.PlayId), "the page is blamed", 60);
        await Until.TrueAsync(() => kiosk.Part<RendererRestart>().BrokenLately == 1, "the restart is counted");
    }

    /// <summary>Processes of the browser's pages, newest first.</summary>
    private static IReadOnlyList<int> Renderers(string folder)
    {
        var found = new List<(int Number, int Id)>();
        foreach (var path in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                var line = File.ReadAllText(Path.Combine(path, "cmdline"));
                if (line.Contains("--type=renderer", StringComparison.Ordinal) && line.Contains(folder, StringComparison.Ordinal))
                {
                    var number = line.Split('\0', ' ').First(flag => flag.StartsWith("--renderer-client-id=", StringComparison.Ordinal)).Split('=')[1];
                    found.Add((int.Parse(number, CultureInfo.InvariantCulture), int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile.
            }
        }

        return [.. found.OrderDescending().Select(each => each.Id)];
    }

    private static Guid? Playing(FakePlayer player) => player.View.Playback.Current?.PlayId;
}
