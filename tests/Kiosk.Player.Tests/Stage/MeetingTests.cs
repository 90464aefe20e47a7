using System.Globalization;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Texts;
using System.Text.Json;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

public sealed class MeetingTests
{
    [Theory]
    [InlineData(MeetingPhase.Before)]
    [InlineData(MeetingPhase.During)]
    [InlineData(MeetingPhase.After)]
    public async Task Public_display_shows_counts_and_never_a_name(MeetingPhase phase)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(phase, showNames: false) });

        var text = await stage.Page.TextContentAsync("#meeting");
        Assert.Contains("31", text, StringComparison.Ordinal);
        Assert.Contains("42", text, StringComparison.Ordinal);
        Assert.DoesNotContain("张*三", await stage.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("道路积水，改期另行通知。")]
    [InlineData(null)]
    public async Task Cancelled_meeting_says_so_with_the_reason_and_offers_nothing_to_scan(string? reason)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) });
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Cancelled) with { CancelReason = reason } });
        Assert.Equal("会议已取消", await stage.Page.TextContentAsync("#meeting .thanks b"));
        Assert.Equal(reason, await stage.Page.EvaluateAsync<string?>("() => document.querySelector('#meeting .came')?.textContent ?? null"));
        Assert.Equal(0, await stage.Page.Locator("#meeting .entry").CountAsync());
    }

    [Fact]
    public async Task Arrivals_come_onto_the_wall_and_the_quorum_line_turns()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        var meeting = Views.Meeting(MeetingPhase.During) with { Present = 18, VotingPresent = 18 };
        await stage.ShowAsync(v => v with { Meeting = meeting });
        Assert.Contains("还差 1 人", await stage.Page.TextContentAsync(".quorum"), StringComparison.Ordinal);

        var newcomer = new Contracts.Feeds.Arrival("钱*来", TimeProvider.System.GetUtcNow(), false);
        await stage.ShowAsync(v => v with { Meeting = meeting with { Present = 19, VotingPresent = 19, Arrivals = [newcomer, .. meeting.Arrivals] } });
        Assert.Contains("已达到", await stage.Page.TextContentAsync(".quorum.yes"), StringComparison.Ordinal);
        Assert.Equal("钱*来", await stage.Page.TextContentAsync(".names li:first-child"));
        Assert.Equal("19", await stage.Page.EvaluateAsync<string>("() => document.querySelector('.figure.main b').firstChild.data"));
    }

    [Fact]
    public async Task Code_gives_way_to_the_card_when_the_hub_is_away()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) });
        Assert.Equal(1, await stage.Page.Locator("#meeting .qr").CountAsync());
        var box = await stage.Page.Locator("#meeting .code-image").BoundingBoxAsync();
        Assert.True(box!.Height >= 0.22 * 1080, $"QR of {box.Height} px");

        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) with { QrText = null }, HubReachable = false });
        Assert.Equal(0, await stage.Page.Locator("#meeting .qr").CountAsync());
        Assert.Contains("请刷卡或找主持人", await stage.Page.TextContentAsync("#meeting .entry"), StringComparison.Ordinal);
        Assert.True(await stage.Page.IsVisibleAsync("#offline"));
    }

    [Theory]
    [InlineData(1920, 1080, Orientation.Landscape)]
    [InlineData(1080, 1920, Orientation.Portrait)]
    public async Task Code_decoded_out_of_a_screenshot_is_the_code_of_the_view(int width, int height, Orientation orientation)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(width, height);
        var meeting = Views.Meeting(MeetingPhase.During);
        foreach (var text in (string[])[meeting.QrText!, "https://kiosk.example.org/c/BBQAQAAAAAAQAAAAAJ5HTUGQ2LW4ZRMYXKQ3V7B"])
        {
            await stage.ShowAsync(v => v with { Orientation = orientation, Meeting = meeting with { QrText = text } });
            string[] read = [];

            // The panel fades in.
            for (var attempt = 0; attempt < 30 && read.Length == 0; attempt++)
            {
                read = await QrDecoder.ReadAsync(stage.Page, await stage.Page.ScreenshotAsync());
            }

            Assert.Equal([text], read);
        }
    }

    [Fact]
    public async Task Result_of_a_card_fills_the_screen_and_leaves_again()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before), Takeover = Views.Notice("暴雨预警", "不要外出") });
        await stage.ShowAsync(v => v with { CheckIn = Views.Done("张*三", 2) });
        Assert.Equal("张*三签到成功+2 分请入座看我的", await stage.Page.TextContentAsync("#checkin"));
        var box = await stage.Page.Locator("#checkin").BoundingBoxAsync();
        Assert.Equal((1280, 720), ((int)box!.Width, (int)box.Height));
        Assert.Equal("checkin", await stage.Page.EvaluateAsync<string>("() => document.elementFromPoint(20, 360).closest('section').id"));

        // The next card is answered at once; then the screen goes back to what it was.
        await stage.ShowAsync(v => v with { CheckIn = Views.Refused("revoked_card") });
        Assert.Contains("已经停用", await stage.Page.TextContentAsync("#checkin.refused"), StringComparison.Ordinal);
        await stage.Page.WaitForSelectorAsync("#checkin", new PageWaitForSelectorOptions { State = WaitForSelectorState.Hidden, Timeout = 8000 });
    }

    [Fact]
    public void Every_outcome_has_a_reason_and_an_advice_in_both_languages()
    {
        var codes = Enum.GetValues<CheckInOutcome>().Select(o => JsonSerializer.Serialize(o, KioskJson.Options).Trim('"')).Append("journal_failed").Append("other");
        foreach (var code in codes)
        {
            foreach (var part in (string[])["why", "do"])
            {
                var key = $"outcome.{code}.{part}";
                var chinese = TextCatalog.Stage.Get("zh-CN", key);
                var english = TextCatalog.Stage.Get("en", key);
                Assert.NotEqual(key, chinese);
                Assert.NotEqual(key, english);
                Assert.Matches(@"^[^A-Za-z]+。$", chinese);
                Assert.Matches(@"^[ -~]+\.$", english);
            }
        }
    }

    [Theory]
    [InlineData("Stage")]
    [InlineData("Console")]
    public void Texts_exist_in_both_languages_with_the_same_placeholders(string catalog)
    {
        var texts = new TextCatalog(catalog);
        var english = texts.All("en");
        foreach (var (key, chinese) in texts.All("zh-CN"))
        {
            static IEnumerable<string> Placeholders(string text) =>
                System.Text.RegularExpressions.Regex.Matches(text, @"\{\w+\}").Select(m => m.Value).Order(StringComparer.Ordinal);
            Assert.Equal(Placeholders(chinese), Placeholders(english[key]));
            Assert.DoesNotMatch(@"[\u4e00-\u9fff]", english[key]);
            Assert.False(string.IsNullOrWhiteSpace(english[key]), key);
            Assert.True(chinese != english[key] || key is "notice.when", string.Create(CultureInfo.InvariantCulture, $"{key} is not translated"));
        }
    }
}
