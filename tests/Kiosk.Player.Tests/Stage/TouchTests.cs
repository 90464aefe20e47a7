using Kiosk.Contracts;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Texts;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

public sealed class TouchTests
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("KIOSK_SCREENS");

    [Fact]
    public async Task Touch_on_signage_and_on_a_meeting_opens_and_a_touch_on_a_result_does_not()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.Page.Mouse.ClickAsync(900, 500);
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind == TouchActionKind.Open), "signage was touched");
        stage.Player.Touches.Clear();
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) });
        await stage.Page.Mouse.ClickAsync(300, 300);
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind == TouchActionKind.Open), "the meeting was touched");
        stage.Player.Touches.Clear();
        await stage.ShowAsync(v => v with { CheckIn = Views.Refused("unknown_card") });
        await stage.Page.Mouse.ClickAsync(300, 300);
        await stage.ShowAsync(v => v with { Takeover = Views.Notice("紧急", "请撤离"), CheckIn = null });
        await stage.Page.WaitForSelectorAsync("#checkin", new() { State = WaitForSelectorState.Hidden });
        await stage.Page.Mouse.ClickAsync(300, 300);
        Assert.Empty(stage.Player.Touches);
    }

    [Fact]
    public async Task Tiles_and_bar_say_what_was_pressed_and_any_touch_keeps_the_visit()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.Home) });
        foreach (var (selector, kind) in ((string, TouchActionKind)[])[
            (".tile[data-act=how_to]", TouchActionKind.HowTo), (".tile[data-act=own]", TouchActionKind.Own), (".tile[data-act=notices]", TouchActionKind.Notices),
            (".tile[data-act=elder]", TouchActionKind.Elder), (".tile[data-act=language]", TouchActionKind.Language), (".tile[data-act=practice]", TouchActionKind.Practice),
            (".today", TouchActionKind.Meetings), (".bar-close", TouchActionKind.Close)])
        {
            await stage.Page.ClickAsync("#touch " + selector);
            await Until.TrueAsync(() => stage.Player.Touches.LastOrDefault()?.Kind == kind, kind.ToString());
        }

        Assert.Contains(stage.Player.Touches, t => t.Kind == TouchActionKind.Stay);
        await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.Notices) });
        await stage.Page.ClickAsync("#touch .notice >> nth=1");
        await Until.TrueAsync(() => stage.Player.Touches.Last() is { Kind: TouchActionKind.Notice, Id: not null }, "the notice");
        Assert.Equal(stage.Player.View.Touch!.Notices[1].Id, stage.Player.Touches.Last().Id);
        await stage.ShowAsync(v => v with { Touch = v.Touch! with { Ends = TimeProvider.System.GetUtcNow().AddSeconds(20) } });
        Assert.Contains("秒后自动回到首屏", await stage.Page.TextContentAsync("#idle"), StringComparison.Ordinal);
        stage.Player.Touches.Clear();
        await stage.Page.ClickAsync("#idle .go-on");
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind == TouchActionKind.Stay), "going on");
    }

    [Fact]
    public async Task Back_and_home_stay_in_their_place_on_every_page()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        var places = new HashSet<(int, int)>();
        foreach (var page in (TouchView[])[Touches.Page(TouchPage.HowTo), Touches.Page(TouchPage.Meetings), Touches.Own(OwnState.Shown), Touches.Notice()])
        {
            await stage.ShowAsync(v => v with { Touch = page });
            var (back, home) = (await stage.Page.Locator(".bar-back").BoundingBoxAsync(), await stage.Page.Locator(".bar-home").BoundingBoxAsync());
            places.Add(((int)back!.X, (int)home!.X));
        }

        Assert.Single(places);
    }

    [Fact]
    public async Task Own_page_leaves_nothing_of_a_person_in_the_page()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Touch = Touches.Own(OwnState.Shown) });
        Assert.Contains("张*三", await stage.Page.TextContentAsync("#touch"), StringComparison.Ordinal);
        await stage.ShowAsync(v => v with { Touch = null });
        Assert.DoesNotContain("张*三", await stage.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.True(await stage.Page.IsHiddenAsync("#touch"));
    }

    [Fact]
    public async Task Card_wins_over_an_open_page_and_offers_ones_own()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.Notices), CheckIn = Views.Done("李*芳", 2) });
        var top = await stage.Page.EvaluateAsync<string>("() => document.elementFromPoint(960, 300).closest('section').id");
        Assert.Equal("checkin", top);
        await stage.Page.ClickAsync("#checkin .mine");
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind == TouchActionKind.Mine), "mine");
        Assert.Equal(stage.Player.View.CheckIn!.Id, stage.Player.Touches.Single(t => t.Kind == TouchActionKind.Mine).Id);
        Assert.Contains("李*芳", await stage.Page.TextContentAsync("#live"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_of_a_wrong_card_can_be_taken_back_and_says_so()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        var record = Guid.NewGuid();
        await stage.ShowAsync(v => v with { CheckIn = Views.Done("李*芳", 2) with { RecordId = record } });
        await stage.Page.ClickAsync("#checkin .undo");
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind == TouchActionKind.Undo && t.Id == record), "taken back");
        await stage.ShowAsync(v => v with { CheckIn = Views.Done("李*芳", null) with { Kind = CheckInViewKind.TakenBack } });
        Assert.Contains("刚才的签到已撤销", await stage.Page.TextContentAsync("#checkin h1"), StringComparison.Ordinal);
        Assert.Equal(0, await stage.Page.Locator("#checkin button").CountAsync());
        await stage.ShowAsync(v => v with { CheckIn = Views.Done("李*芳", null) with { Kind = CheckInViewKind.Left } });
        Assert.Contains("离场已记下", await stage.Page.TextContentAsync("#checkin h1"), StringComparison.Ordinal);
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Keyboard_goes_everywhere_and_a_scanner_is_no_keyboard()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.Page.Keyboard.PressAsync("Enter");
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind == TouchActionKind.Open), "opened by key");
        await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.Home) });
        await stage.Page.Keyboard.PressAsync("Tab");
        await stage.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("how_to", await stage.Page.EvaluateAsync<string>("() => document.activeElement.dataset.act"));
        Assert.NotEqual("none", await stage.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        await stage.Page.Keyboard.PressAsync("Enter");
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind == TouchActionKind.HowTo), "pressed by key");
        await stage.Page.Keyboard.PressAsync("Escape");
        await Until.TrueAsync(() => stage.Player.Touches.Any(t => t.Kind == TouchActionKind.Back), "back by key");

        // A card with Enter, and one more Enter as some scanners send it.
        stage.Player.Touches.Clear();
        await stage.Page.EvaluateAsync(
            """
            () => { const press = (key, code) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
              for (const c of 'ABCDEFGHIJKLMNOPQRST') press(c, 'Key' + c); press('Enter', 'Enter'); press('Enter', 'Enter'); }
            """);
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card");
        Assert.DoesNotContain(stage.Player.Touches, t => t.Kind is not TouchActionKind.Stay);
    }

    [Fact]
    public async Task Page_is_read_aloud_sentence_by_sentence_and_stops_on_touch()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        if (!await stage.Page.EvaluateAsync<bool>("() => fetch('/aloud?text=%E4%BD%A0%E5%A5%BD&lang=zh-CN').then(r => r.ok)"))
        {
            Assert.Skip("espeak-ng is not installed here: without it and without a voice of the browser there is no reading aloud.");
        }

        await stage.ShowAsync(v => v with { Touch = Touches.Notice(), VolumePercent = 1 });
        var asked = new List<string>();
        stage.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/aloud?", StringComparison.Ordinal))
            {
                asked.Add(Uri.UnescapeDataString(request.Url).Replace('+', ' '));
            }
        };
        await stage.Page.ClickAsync(".bar-read");
        await Until.TrueAsync(() => asked.Count >= 1, "the first sentence");
        Assert.Contains("停水检修", asked[0], StringComparison.Ordinal);
        Assert.Equal("true", await stage.Page.GetAttributeAsync(".bar-read", "aria-pressed"));
        await stage.Page.Mouse.ClickAsync(960, 400);
        Assert.Equal("false", await stage.Page.GetAttributeAsync(".bar-read", "aria-pressed"));
        Assert.Contains("朗读", await stage.Page.TextContentAsync(".bar-read"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Band_of_practice_never_leaves_and_its_result_says_that_nothing_was_recorded()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Touch = Touches.Practice() });
        await stage.ShowAsync(v => v with { CheckIn = Views.Done("练", null) with { MaskedName = null, PracticeCard = "A" } });
        Assert.Equal("band", await stage.Page.EvaluateAsync<string>("() => document.elementFromPoint(300, 20).closest('#stage > *').id"));
        Assert.Contains("没有记录", await stage.Page.TextContentAsync("#checkin"), StringComparison.Ordinal);
        Assert.Contains("练习员甲", await stage.Page.TextContentAsync("#checkin"), StringComparison.Ordinal);
        Assert.Equal(0, await stage.Page.Locator("#checkin .mine").CountAsync());
        await stage.Page.WaitForSelectorAsync("#checkin", new() { State = WaitForSelectorState.Hidden });
        foreach (var (act, kind) in ((string, TouchActionKind)[])[("practice_card", TouchActionKind.PracticeCard), ("practice_other", TouchActionKind.PracticeOther), ("practice_next", TouchActionKind.PracticeNext), ("close", TouchActionKind.Close)])
        {
            await stage.Page.ClickAsync($"[data-act={act}] >> visible=true");
            await Until.TrueAsync(() => stage.Player.Touches.LastOrDefault()?.Kind == kind, act);
        }

        Assert.Equal(["KIOSKPRACTICECARDA"], await QrDecoder.ReadAsync(stage.Page, await stage.Page.Locator("#practice .qr").ScreenshotAsync()));
    }

    [Theory]
    [InlineData("zh-CN", false)]
    [InlineData("en", false)]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    public async Task Host_panel_is_tried_on_the_practice_meeting_and_nothing_reaches_a_host_desk(string language, bool portrait)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(portrait ? 1080 : 1920, portrait ? 1920 : 1080);
        var english = language == "en";
        async Task ShowAsync(PracticeStep step, int point)
        {
            await stage.ShowAsync(v => v with { Language = language, Orientation = portrait ? Orientation.Portrait : Orientation.Landscape, Touch = Touches.Practice(step, point, english) });
            await stage.Page.WaitForTimeoutAsync(350);
            if (Pictures is not null)
            {
                await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"practice-host-{step}-{(portrait ? "portrait" : "landscape")}-{language}.png") });
            }

            Assert.True(await stage.Page.EvaluateAsync<bool>("() => { const sheet = document.querySelector('#host .sheet'); return !sheet || sheet.scrollHeight <= sheet.clientHeight + 1; }"));
        }

        async Task PressAsync(string words, params TouchActionKind[] kinds)
        {
            var before = stage.Player.Touches.Count(touch => touch.Kind == kinds[^1]);
            await stage.Page.ClickAsync($"#host .body button:has-text('{words}')");
            await Until.TrueAsync(() => stage.Player.Touches.Count(touch => touch.Kind == kinds[^1]) >= before + kinds.Length, words);
        }

        await ShowAsync(PracticeStep.CheckIn, 0);
        await stage.Page.ClickAsync("#practice .hosting");
        await PressAsync(english ? "Begin now" : "现在开始", TouchActionKind.PracticeNext);
        await ShowAsync(PracticeStep.Running, 0);
        await PressAsync(english ? "Next point" : "下一项", TouchActionKind.PracticePoint);
        await ShowAsync(PracticeStep.Running, 1);
        await PressAsync(english ? "Count before a vote" : "表决前清点", TouchActionKind.PracticeCount);
        await ShowAsync(PracticeStep.Count, 1);
        // It asks first, as it does in earnest.
        await stage.Page.ClickAsync("#host .body button.danger");
        await stage.Page.ClickAsync("#host .big ~ .body button.danger");
        await Until.TrueAsync(() => stage.Player.Touches.Any(touch => touch.Kind == TouchActionKind.PracticeClose), "close");
        await ShowAsync(PracticeStep.Closed, 1);
        await stage.Page.ClickAsync($"#host .body button:has-text('{(english ? "Start a meeting now" : "现在开会")}')");
        await PressAsync(english ? "assembly" : "党员大会", TouchActionKind.PracticeNext, TouchActionKind.PracticeNext);
        Assert.True(await stage.Page.IsVisibleAsync("#band"));
        Assert.Empty(stage.Player.Commands);
        await ShowAsync(PracticeStep.Running, 0);
        await stage.Page.ClickAsync("#host button.leave");
        await stage.Page.WaitForSelectorAsync("#host", new() { State = WaitForSelectorState.Hidden });
        Assert.Empty(stage.Player.Commands);
        Assert.Empty(stage.PageErrors);
    }
}
