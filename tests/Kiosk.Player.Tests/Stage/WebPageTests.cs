using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kiosk.Player.Tests.Stage;

public sealed class WebPageTests
{
    [Fact]
    public async Task Page_follows_a_picture_already_painted_and_nothing_of_it_reaches_the_stage()
    {
        await using var site = await WebSite.StartAsync(app => app.MapGet("/board", () => WebSite.Page(
            "#3a7", "alert('x'); confirm('y'); window.open('/other'); try { top.location = '/other'; } catch {} try { document.title = top.document.title; } catch { document.body.dataset.shut = 1; }")));
        await using var stage = await StageHarness.StartAsync();
        var image = await TestMedia.ImageAsync(stage.Player);
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Image, image, 1500), FakePlayer.Item(PlaylistItemKind.WebPage, site["/board"], 1500));
        var dialogs = 0;
        await stage.OpenAsync();
        stage.Page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        stage.Page.Popup += (_, _) => dialogs++;
        await Until.TrueAsync(() => Count(stage, StageEventKind.Started) >= 1, "the first play starts");
        await stage.Page.WaitForTimeoutAsync(500);
        var screencast = await Screencast.StartAsync(stage.Page);
        await Until.TrueAsync(() => Count(stage, StageEventKind.Started) >= 6, "three rounds", 40);
        await screencast.AssertNeverBlackOrWhiteAsync(20);

        Assert.Equal(0, Count(stage, StageEventKind.Failed));
        Assert.Equal(0, dialogs);
        Assert.Equal(0, site.Asked("/other"));
        Assert.StartsWith(stage.Origin, stage.Page.Url, StringComparison.Ordinal);
        Assert.True(site.Asked("/board") >= 2);
    }

    [Fact]
    public async Task Page_that_cannot_be_shown_is_told_apart_by_its_code_and_skipped()
    {
        await using var site = await WebSite.StartAsync(app =>
        {
            app.MapGet("/denied", (HttpContext context) => With(context, "X-Frame-Options", "SAMEORIGIN"));
            app.MapGet("/ancestors", (HttpContext context) => With(context, "Content-Security-Policy", "default-src *; frame-ancestors 'self' https://example.org"));
            app.MapGet("/missing", () => Results.NotFound());
            app.MapGet("/file", () => Results.Bytes([1, 2, 3], "application/zip"));
            app.MapGet("/circle", () => Results.Redirect("/circle"));
            app.MapGet("/moved", () => Results.Redirect("/good"));
            app.MapGet("/good", () => WebSite.Page("#3a7"));
        });
        await using var stage = await StageHarness.StartAsync();
        string[] paths = ["/denied", "/ancestors", "/missing", "/file", "/circle", "/moved"];
        stage.Player.Play([.. paths.Select(path => FakePlayer.Item(PlaylistItemKind.WebPage, site[path], 1000)), FakePlayer.Item(PlaylistItemKind.WebPage, new Uri("http://localhost:9/"), 1000)]);
        await stage.OpenAsync();
        await Until.TrueAsync(() => Count(stage, StageEventKind.Started) >= 1 && Count(stage, StageEventKind.Failed) >= 6, "the good one shows, the others are told", 60);

        string[] codes = [.. stage.Player.Events.Where(e => e.Kind is StageEventKind.Failed).Select(e => e.Code!).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["page_error", "page_refuses_frame", "page_unreachable", "page_unsupported"], codes);

        static IResult With(HttpContext context, string name, string value)
        {
            context.Response.Headers[name] = value;
            return WebSite.Page("#a33");
        }
    }

    [Fact]
    public async Task Page_that_leaves_for_another_site_is_gone_at_once()
    {
        await using var site = await WebSite.StartAsync(app => app.MapGet("/leaves", () => WebSite.Page("#3a7", "setTimeout(() => location = 'http://127.0.0.1:9/elsewhere', 1500)")));
        await using var stage = await StageHarness.StartAsync();
        var image = await TestMedia.ImageAsync(stage.Player);
        stage.Player.Play(FakePlayer.Item(PlaylistItemKind.WebPage, site["/leaves"], 60000), stage.Player.Item(PlaylistItemKind.Image, image, 1500));
        await stage.OpenAsync();
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e is { Kind: StageEventKind.Failed, Code: "page_left" }), "it is told", 30);
        await Until.TrueAsync(() => Count(stage, StageEventKind.Started) >= 2, "the picture follows");
    }

    [Fact]
    public async Task Page_that_never_answers_holds_up_nothing()
    {
        var never = new TaskCompletionSource();
        await using var site = await WebSite.StartAsync(app => app.MapGet("/never", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<!doctype html><p>…");
            await context.Response.Body.FlushAsync();
            await Task.WhenAny(never.Task, Task.Delay(Timeout.Infinite, context.RequestAborted));
        }));
        await using var stage = await StageHarness.StartAsync();
        var image = await TestMedia.ImageAsync(stage.Player);
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Image, image, 1000), FakePlayer.Item(PlaylistItemKind.WebPage, site["/never"], 1000), stage.Player.Item(PlaylistItemKind.Image, image, 1000));
        await stage.OpenAsync();
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e is { Kind: StageEventKind.Failed, Code: "stalled" }), "given up", 40);
        await Until.TrueAsync(() => Count(stage, StageEventKind.Started) >= 3, "playback goes on", 20);
        never.SetResult();
    }

    [Fact]
    public async Task Page_that_loads_itself_anew_stays_and_goes_when_its_server_is_gone()
    {
        var gone = false;
        var asked = 0;
        await using var site = await WebSite.StartAsync(app => app.MapGet("/board", (HttpContext context) =>
        {
            Interlocked.Increment(ref asked);
            if (Volatile.Read(ref gone))
            {
                context.Abort();
            }

            return Results.Content("<!doctype html><meta http-equiv=refresh content=1><body style='background:#0a0'>board", "text/html");
        }));
        await using var stage = await StageHarness.StartAsync();
        var page = FakePlayer.Item(PlaylistItemKind.WebPage, site["/board"], 60000);
        stage.Player.Show(v => v with { Playback = new PlaybackView(page, null, "schedule", null) });
        await stage.OpenAsync();
        // Asked for by the player and loaded, and both again, more than once.
        await Until.TrueAsync(() => Volatile.Read(ref asked) >= 6, "the page loads itself anew", 30);
        Assert.True(Count(stage, StageEventKind.Started) == 1 && Count(stage, StageEventKind.Failed) == 0);
        Assert.Equal(0, await stage.Page.Locator("#playback .gone").CountAsync());

        Volatile.Write(ref gone, true);
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e is { Kind: StageEventKind.Failed, Code: "page_unreachable" } && e.Id == page.PlayId), "what is gone is told", 30);
        await stage.Page.WaitForFunctionAsync("() => !document.querySelector('#playback .layer:not(.gone)')");
    }

    [Fact]
    public async Task What_is_not_ready_never_covers_the_splash()
    {
        await using var site = await WebSite.StartAsync(app => app.MapGet("/never", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted)));
        await using var stage = await StageHarness.StartAsync();
        var image = await TestMedia.ImageAsync(stage.Player);
        await stage.OpenAsync();
        var (page, clip, second) = (FakePlayer.Item(PlaylistItemKind.WebPage, site["/never"], 60000), stage.Player.Item(PlaylistItemKind.Image, image, 1000), FakePlayer.Item(PlaylistItemKind.WebPage, site["/never"], 60000));
        await stage.ShowAsync(v => v with { Playback = new PlaybackView(page, second, "schedule", null) });
        await stage.Page.WaitForFunctionAsync("() => document.querySelectorAll('#playback .layer').length === 2");
        Assert.Equal(["0.002", "0.002"], await OpacitiesAsync());

        // One that was over them and has gone, with nothing ready to follow it.
        await stage.ShowAsync(v => v with { Playback = new PlaybackView(clip, second, "schedule", null) });
        await Until.TrueAsync(() => Count(stage, StageEventKind.Ended) == 1, "the picture is over", 20);
        await stage.Page.WaitForFunctionAsync("() => document.querySelectorAll('#playback .layer').length === 1", null, new() { Timeout = 20_000 });
        Assert.Equal(["0.002"], await OpacitiesAsync());
        Assert.True(await stage.Page.IsVisibleAsync("#splash .hint"));

        Task<string[]> OpacitiesAsync() => stage.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#playback .layer')].map(layer => getComputedStyle(layer).opacity)");
    }

    private static int Count(StageHarness stage, StageEventKind kind) => stage.Player.Events.Count(e => e.Kind == kind);
}
