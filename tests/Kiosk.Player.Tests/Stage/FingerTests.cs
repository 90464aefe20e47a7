using System.Text.Json;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

/// <summary>Fingers that do what nobody expects: hold, pinch, double-tap, drag, drum, and never let go.</summary>
public sealed class FingerTests
{
    [Fact]
    public async Task Long_press_pinch_double_tap_and_drag_show_nothing_of_the_browser()
    {
        await using var stage = await OpenAsync();
        var fingers = await stage.Page.Context.NewCDPSessionAsync(stage.Page);
        await stage.Page.EvaluateAsync(
            """
            () => {
              window.let = [];
              for (const name of ['contextmenu', 'dragstart', 'selectstart', 'drop', 'paste', 'copy'])
                addEventListener(name, (event) => event.defaultPrevented || window.let.push(name));
            }
            """);
        await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.HowTo) });
        foreach (var at in new (int X, int Y)[] { (640, 200), (200, 400), (640, 680) })
        {
            await TouchAsync(fingers, "touchStart", at);
            await stage.Page.WaitForTimeoutAsync(900); // as long as a long press needs
            await TouchAsync(fingers, "touchEnd");
        }

        await TouchAsync(fingers, "touchStart", (500, 360), (700, 360));
        for (var apart = 0; apart < 400; apart += 40)
        {
            await TouchAsync(fingers, "touchMove", (500 - apart, 360), (700 + apart, 360));
        }

        await TouchAsync(fingers, "touchEnd");
        for (var tap = 0; tap < 2; tap++)
        {
            await TouchAsync(fingers, "touchStart", (640, 300));
            await TouchAsync(fingers, "touchEnd");
        }

        await stage.Page.Mouse.ClickAsync(640, 300, new() { Button = MouseButton.Right });
        await stage.Page.Mouse.ClickAsync(640, 300, new() { ClickCount = 3 });
        await stage.Page.Mouse.MoveAsync(200, 200);
        await stage.Page.Mouse.DownAsync();
        await stage.Page.Mouse.MoveAsync(900, 600, new() { Steps = 6 });
        await stage.Page.Mouse.UpAsync();
        await stage.Page.Keyboard.PressAsync("Control+a");
        // An edge swipe must not go back in the history.
        await TouchAsync(fingers, "touchStart", (2, 360));
        for (var x = 2; x < 1000; x += 100)
        {
            await TouchAsync(fingers, "touchMove", (x, 360));
        }

        await TouchAsync(fingers, "touchEnd");
        Assert.Equal("[] 1 '' 0,0", await stage.Page.EvaluateAsync<string>("() => `${JSON.stringify(window.let)} ${visualViewport.scale} '${getSelection()}' ${scrollX},${scrollY}`"));
        Assert.StartsWith(stage.Origin, stage.Page.Url, StringComparison.Ordinal);
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Finger_that_never_lets_go_keeps_no_page_open()
    {
        await using var stage = await OpenAsync();
        var fingers = await stage.Page.Context.NewCDPSessionAsync(stage.Page);
        await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.HowTo) });
        await TouchAsync(fingers, "touchStart", (640, 200));
        await Until.TrueAsync(() => Stays(stage) == 1, "it is one touch");
        var before = Beats(stage);
        await Until.TrueAsync(() => Beats(stage) >= before + 3, "six seconds later");
        Assert.Equal(1, Stays(stage));
        // The player ends the visit by itself; the finger that still lies there brings nothing back.
        await stage.ShowAsync(v => v with { Touch = null });
        before = Beats(stage);
        await Until.TrueAsync(() => Beats(stage) >= before + 1, "two seconds later");
        Assert.True(await stage.Page.IsHiddenAsync("#touch"));
        Assert.DoesNotContain(stage.Player.Touches, t => t.Kind is TouchActionKind.Open);
    }

    [Fact]
    public async Task Drumming_on_the_glass_opens_one_visit_and_the_page_goes_on()
    {
        await using var stage = await OpenAsync();
        stage.Player.OnTouch = (view, action) => action.Kind is TouchActionKind.Open && view.Touch is null ? view with { Touch = Touches.Page(TouchPage.Home) } : view;
        var fingers = await stage.Page.Context.NewCDPSessionAsync(stage.Page);
        for (var i = 0; i < 60; i++)
        {
            (int, int)[] at = [.. Enumerable.Range(0, 1 + (i % 5)).Select(n => (60 + (i * 137 % 1100) + n, 20 + (i * 71 % 90)))];
            await TouchAsync(fingers, "touchStart", at);
            await TouchAsync(fingers, "touchEnd");
        }

        await stage.Page.WaitForSelectorAsync("#touch:not([hidden])");
        var visit = stage.Player.View.Touch!.Visit;
        var before = Beats(stage);
        await Until.TrueAsync(() => Beats(stage) > before, "the page goes on");
        Assert.Equal(visit, stage.Player.View.Touch!.Visit);
        Assert.Empty(stage.PageErrors);
    }

    /// <summary>Somebody leans the screen the other way in the middle of it.</summary>
    [Fact]
    public async Task Screen_that_is_turned_keeps_what_is_open_and_a_takeover_still_wins()
    {
        await using var stage = await OpenAsync();
        await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.Notices) with { Ends = TimeProvider.System.GetUtcNow().AddSeconds(15) } });
        Assert.True(await stage.Page.IsVisibleAsync("#idle"));
        await stage.Page.SetViewportSizeAsync(720, 1280);
        await stage.Page.WaitForFunctionAsync("() => { const box = document.querySelector('#idle .go-on').getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && box.top >= 0; }");
        await stage.ShowAsync(v => v with { Touch = null, Takeover = Views.Notice("暴雨预警", "不要外出") });
        Assert.True(await stage.Page.IsHiddenAsync("#idle"));
        Assert.True(await stage.Page.IsVisibleAsync("#takeover"));
    }

    [Fact]
    public async Task Touch_on_a_page_of_the_web_opens_the_home_page_and_tells_the_web_nothing()
    {
        await using var site = await WebSite.StartAsync(app =>
        {
            app.MapGet("/board", () => WebSite.Page("#3a7", "for (const name of ['pointerdown', 'touchstart', 'click', 'focus', 'mousemove']) addEventListener(name, () => fetch('/touched'), true)"));
            app.MapGet("/touched", () => "");
        });
        await using var stage = await StageHarness.StartAsync();
        stage.Player.Play(FakePlayer.Item(PlaylistItemKind.WebPage, site["/board"], 60000));
        await stage.OpenAsync();
        await stage.Page.WaitForSelectorAsync("#playback iframe.page");
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e.Kind is StageEventKind.Started), "it shows", 30);
        await stage.Page.Mouse.ClickAsync(640, 360);
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind is TouchActionKind.Open), "home");
        Assert.Equal(0, site.Asked("/touched"));
    }

    private static async Task<StageHarness> OpenAsync()
    {
        var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        return stage;
    }

    private static int Stays(StageHarness stage) => stage.Player.Touches.Count(t => t.Kind is TouchActionKind.Stay);

    private static int Beats(StageHarness stage) => stage.Player.Events.Count(e => e.Kind is StageEventKind.Heartbeat);

    private static Task<JsonElement?> TouchAsync(ICDPSession fingers, string type, params (int X, int Y)[] at) => fingers.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
    {
        ["type"] = type, ["touchPoints"] = JsonSerializer.SerializeToElement(at.Select((point, id) => new { x = point.X, y = point.Y, id })),
    });
}
