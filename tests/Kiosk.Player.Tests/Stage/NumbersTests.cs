using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

/// <summary>The number pad of the second proof.</summary>
public sealed class NumbersTests
{
    [Fact]
    public async Task Pad_is_offered_while_phones_show_numbers_and_the_hub_is_there()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) });
        Assert.False(await stage.Page.IsVisibleAsync(".numbers-open"));
        await stage.ShowAsync(v => v with { HubReachable = true, Meeting = Waiting() });
        Assert.True(await stage.Page.IsVisibleAsync(".numbers-open"));
        await stage.ShowAsync(v => v with { HubReachable = false });
        Assert.False(await stage.Page.IsVisibleAsync(".numbers-open"));
        await stage.ShowAsync(v => v with { HubReachable = true, Meeting = Waiting() with { NumbersUntil = TimeProvider.System.GetUtcNow().AddSeconds(-1) } });
        Assert.False(await stage.Page.IsVisibleAsync(".numbers-open"));
    }

    [Fact]
    public async Task Two_digits_send_themselves_and_the_answer_fills_the_screen()
    {
        await using var stage = await StageHarness.StartAsync();
        stage.Player.OnNumber = number => number == 47 ? new(NumberTapOutcome.Proven, "张*三") : new(NumberTapOutcome.UnknownNumber, null);
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { HubReachable = true, Meeting = Waiting() });
        await stage.Page.ClickAsync(".numbers-open");
        // A number does not begin with nought.
        await TapAsync(stage, "0");
        await TapAsync(stage, "4");
        await TapAsync(stage, "6");
        await stage.Page.Locator(".numbers-result.refused:not([hidden])").WaitForAsync();
        Assert.Contains("没有这个数字", await stage.Page.TextContentAsync(".numbers-result"), StringComparison.Ordinal);
        // After a slip the pad stays for another try.
        await stage.Page.Locator(".numbers-result").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await TapAsync(stage, "4");
        await TapAsync(stage, "7");
        await stage.Page.Locator(".numbers-result.done:not([hidden])").WaitForAsync();
        Assert.Contains("张*三", await stage.Page.TextContentAsync(".numbers-result"), StringComparison.Ordinal);
        await stage.Page.Locator(".numbers-pad").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        Assert.Equal([46, 47], stage.Player.Numbers.Select(tapped => tapped.Number));
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Result_of_a_card_and_a_takeover_lie_over_the_pad_and_the_pad_over_the_meeting_and_the_host()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        Task<string> TopAsync(int x, int y) => stage.Page.EvaluateAsync<string>($"() => {{ const top = document.elementFromPoint({x}, {y}).closest('section'); return top.id || top.className; }}");
        await stage.ShowAsync(v => v with { HubReachable = true, Meeting = Waiting() });
        await stage.Page.ClickAsync(".numbers-open");
        Assert.Equal("numbers-pad", await TopAsync(960, 540));
        await stage.ShowAsync(v => v with { CheckIn = Views.Done("张*三", 2) });
        Assert.Equal("checkin", await TopAsync(960, 540));
        await stage.ShowAsync(v => v with { CheckIn = null, Takeover = Views.Notice("暴雨预警", "不要外出") });
        await stage.Page.WaitForFunctionAsync("() => document.getElementById('checkin').hidden");
        Assert.Equal("takeover", await TopAsync(960, 540));
    }

    [Fact]
    public async Task Hub_out_of_reach_is_said_with_what_to_do()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { HubReachable = true, Meeting = Waiting() });
        await stage.Page.ClickAsync(".numbers-open");
        await TapAsync(stage, "1");
        await TapAsync(stage, "2");
        await stage.Page.Locator(".numbers-result.refused:not([hidden])").WaitForAsync();
        Assert.Contains("请主持人直接确认", await stage.Page.TextContentAsync(".numbers-result"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(1080, 1920, "zh-CN")]
    [InlineData(1920, 1080, "en")]
    public async Task Keys_are_large_and_on_the_screen(int width, int height, string language)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(width, height);
        await stage.ShowAsync(v => v with
        {
            HubReachable = true, Language = language, Orientation = width > height ? Contracts.Orientation.Landscape : Contracts.Orientation.Portrait,
            Meeting = (language == "en" ? Views.EnglishMeeting(MeetingPhase.Before) : Views.Meeting(MeetingPhase.Before)) with { NumbersUntil = TimeProvider.System.GetUtcNow().AddMinutes(2) },
        });
        await SaveAsync(stage, $"numbers-button-{width}-{language}");
        await stage.Page.ClickAsync(".numbers-open");
        await SaveAsync(stage, $"numbers-pad-{width}-{language}");
        foreach (var key in await stage.Page.Locator(".numbers-pad button").AllAsync())
        {
            var box = await key.BoundingBoxAsync();
            Assert.True(box!.Height >= 72 && box.Y >= 0 && box.Y + box.Height <= height && box.X >= 0 && box.X + box.Width <= width, $"{await key.TextContentAsync()} {box.X},{box.Y} {box.Width}×{box.Height}");
        }
    }

    private static MeetingView Waiting() => Views.Meeting(MeetingPhase.Before) with { NumbersUntil = TimeProvider.System.GetUtcNow().AddMinutes(2) };

    private static Task TapAsync(StageHarness stage, string digit) => stage.Page.ClickAsync($".numbers-keys button:text-is('{digit}')");

    private static async Task SaveAsync(StageHarness stage, string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "pictures");
        Directory.CreateDirectory(folder);
        await stage.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }
}
