using Kiosk.Contracts;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

public sealed class HostTests
{
    private static readonly string[] ZhAgenda = ["传达学习上级会议精神", "通报第四季度党支部工作情况", "讨论接收预备党员事宜并表决", "“十五分钟便民服务圈”志愿服务分工"];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static HostPanelView Panel(HostStep step, HostMeetingView? meeting = null) => new(
        step, step == HostStep.Card ? null : "李*国", null, false, null, null, Now.AddMinutes(2), Now.AddMinutes(3), meeting, [], null);

    private static HostMeetingView Running(IReadOnlyList<string>? agenda = null) => new(
        Guid.NewGuid(), "2026年第四季度党员大会暨主题党日", true, Now.AddMinutes(-20), Now.AddMinutes(70), agenda ?? ZhAgenda, 1, 29, 38, 19, null, null, "李*国", false, Now.AddMinutes(90));

    private static Task ShowMeetingAsync(StageHarness stage, HostPanelView? panel, Func<StageView, StageView>? more = null) => stage.ShowAsync(v =>
    {
        var view = v with { Meeting = Views.Meeting(MeetingPhase.During) with { Point = 1 }, Host = panel, CanHost = true };
        return more is null ? view : more(view);
    });

    [Fact]
    public async Task Button_opens_the_panel_and_is_there_only_where_somebody_may_host()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.During) });
        Assert.False(await stage.Page.IsVisibleAsync("#host-open"));
        await ShowMeetingAsync(stage, null);
        Assert.True((await stage.Page.Locator("#host-open").BoundingBoxAsync())!.Height >= 48);
        await stage.Page.ClickAsync("#host-open");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Open), "open");
        await ShowMeetingAsync(stage, null, v => v with { Takeover = Views.Notice("暴雨预警", "不要外出") });
        Assert.False(await stage.Page.IsVisibleAsync("#host-open"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_people_signed_up_no_voters_are_counted_on_the_panel_or_the_screen(bool signUp)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await ShowMeetingAsync(stage, Panel(HostStep.Menu, Running() with { SignUp = signUp }), view => view with { Meeting = view.Meeting! with { SignUp = signUp, QuorumNeeded = null } });
        await stage.Page.WaitForSelectorAsync("#host [data-number='5']");
        Assert.Equal(signUp ? 0 : 1, await stage.Page.Locator("#host [data-number='3']").CountAsync());
        var text = await stage.Page.InnerTextAsync("#stage");
        Assert.Equal(!signUp, text.Contains("有表决权", StringComparison.Ordinal));
        Assert.Equal(signUp, text.Contains("已报名", StringComparison.Ordinal));
    }

    /// <summary>A browser scrolls to what takes the focus or is clicked; half a screen was gone until the next start.</summary>
    [Fact]
    public async Task Nothing_scrolls_the_screen_away()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await ShowMeetingAsync(stage, Panel(HostStep.Menu, Running()));
        const string Push = """
            () => {
              for (const element of document.querySelectorAll('html, body, #stage, #stage *')) {
                element.scrollIntoView({ block: 'start', inline: 'start', behavior: 'instant' });
                element.focus?.();
              }
              for (const element of [document.documentElement, document.body, document.getElementById('stage')]) element.scrollTo(500, 500);
              const box = document.getElementById('stage').getBoundingClientRect();
              return `${box.x} ${box.y} ${[document.documentElement, document.body, document.getElementById('stage')].map(each => each.scrollLeft + each.scrollTop)}`;
            }
            """;
        Assert.Equal("0 0 0,0,0", await stage.Page.EvaluateAsync<string>(Push));
    }

    [Fact]
    public async Task Pin_is_typed_on_the_pad_or_on_keys_and_leaves_the_page_once_and_whole()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await ShowMeetingAsync(stage, Panel(HostStep.Pin));
        foreach (var digit in "480")
        {
            await stage.Page.ClickAsync($"#host .pad span:text-is('{digit}')");
        }

        Assert.Equal(3, await stage.Page.Locator("#host .dots .on").CountAsync());
        foreach (var digit in "2x15")
        {
            await stage.Page.Keyboard.PressAsync(digit.ToString());
            await stage.Page.WaitForTimeoutAsync(90); // a person's pace: faster is a scanner
        }

        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Pin), "the PIN");
        Assert.Equal("480215", stage.Player.Commands.Single(c => c.Kind == HostCommandKind.Pin).Text);
        Assert.DoesNotContain("480215", await stage.Page.ContentAsync(), StringComparison.Ordinal);
        await ShowMeetingAsync(stage, Panel(HostStep.Pin) with { Code = "pin_wrong", TriesLeft = 2 });
        Assert.Contains("还可以试 2 次", await stage.Page.TextContentAsync("#host"), StringComparison.Ordinal);
        Assert.Equal(0, await stage.Page.Locator("#host .dots .on").CountAsync());
        await ShowMeetingAsync(stage, Panel(HostStep.Pin) with { Code = "pin_locked", LockedUntil = Now.AddSeconds(30) });
        await stage.Page.ClickAsync("#host .pad span:text-is('1')");
        Assert.Equal(0, await stage.Page.Locator("#host .dots .on").CountAsync());
    }

    [Fact]
    public async Task Scanner_in_the_middle_of_a_pin_is_a_card_and_no_digits()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await ShowMeetingAsync(stage, Panel(HostStep.Pin));
        await Scanner.TypeAsync(stage.Page, new string('A', 75) + new string('2', 76), "pause");
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card");
        Assert.Equal(0, await stage.Page.Locator("#host .dots .on").CountAsync());
    }

    [Fact]
    public async Task Whole_panel_can_be_driven_by_the_keys_of_a_remote()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await ShowMeetingAsync(stage, null);
        await stage.Page.Keyboard.PressAsync("*");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Open), "open");
        await ShowMeetingAsync(stage, Panel(HostStep.Menu, Running()));
        await stage.Page.Keyboard.PressAsync("1");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c is { Kind: HostCommandKind.Agenda, Number: 2 }), "the next point");
        Assert.Contains("keys", await stage.Page.GetAttributeAsync("#host", "class"), StringComparison.Ordinal);
        await stage.Page.WaitForTimeoutAsync(90);
        await stage.Page.Keyboard.PressAsync("8"); // close asks
        await stage.Page.WaitForSelectorAsync("#host .danger:has-text('结束会议')");
        Assert.DoesNotContain(stage.Player.Commands, c => c.Kind == HostCommandKind.Close);
        await stage.Page.WaitForTimeoutAsync(90);
        await stage.Page.Keyboard.PressAsync("1");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Close), "close");
        await stage.Page.WaitForTimeoutAsync(90);
        await stage.Page.Keyboard.PressAsync("0");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Leave), "leave");
    }

    [Fact]
    public async Task Every_action_sends_its_command()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        foreach (var (words, kind, number) in new (string, HostCommandKind, int?)[]
        {
            ("下一项", HostCommandKind.Agenda, 2), ("上一项", HostCommandKind.Agenda, 0), ("延长 15 分钟", HostCommandKind.Extend, 15), ("延长 30 分钟", HostCommandKind.Extend, 30),
            ("表决前清点", HostCommandKind.Count, null), ("由我主持", HostCommandKind.TakeOver, null),
        })
        {
            await ShowMeetingAsync(stage, null);
            await ShowMeetingAsync(stage, Panel(HostStep.Menu, Running()));
            await stage.Page.ClickAsync($"#host button:has-text('{words}')");
            await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == kind && c.Number == number), words);
        }

        foreach (var (words, number) in new[] { ("主题党日", 2), ("党员大会", 0) })
        {
            await ShowMeetingAsync(stage, null);
            await ShowMeetingAsync(stage, Panel(HostStep.Menu, Running() with { Session = new SessionView(2, 3, "党章学习第一讲", "党课", "党员大会", "主题党日") }));
            await stage.Page.ClickAsync($"#host button:has-text('{words}')");
            await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Session && c.Number == number), words);
        }

        var (second, group) = (Guid.NewGuid(), Guid.NewGuid());
        HostTypeView[] choices =
        [
            new("MemberAssembly", "党员大会", false, [new(second, "第二党支部", 31)], null),
            new("GroupMeeting", "党小组会", false, [new(Guid.NewGuid(), "第一小组", 9), new(group, "第二小组", 11)], null),
            new("BranchCommitteeMeeting", "支委会", false, [], "no_posts"),
        ];
        Task OfferAsync() => stage.ShowAsync(v => v with { Meeting = null, Host = Panel(HostStep.Menu) with { Units = [new(Guid.NewGuid(), "第一党支部", 24, choices), new(second, "第二党支部", 31, choices)] } });
        await OfferAsync();
        await stage.Page.ClickAsync("#host button:has-text('现在开会')");
        await stage.Page.ClickAsync("#host button:has-text('第二党支部')");
        await stage.Page.ClickAsync("#host button:has-text('党员大会')");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind is HostCommandKind.Start && c.Type == "MemberAssembly" && c.UnitId == second), "start");
        await ShowMeetingAsync(stage, null);
        await OfferAsync();
        await stage.Page.ClickAsync("#host button:has-text('现在开会')");
        await stage.Page.ClickAsync("#host button:has-text('第二党支部')");
        Assert.Contains("支委会：还没有登记担任职务的人。", await stage.Page.TextContentAsync("#host"), StringComparison.Ordinal);
        await stage.Page.ClickAsync("#host button:has-text('党小组会')");
        await stage.Page.ClickAsync("#host button:has-text('第二小组')");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind is HostCommandKind.Start && c.Type == "GroupMeeting" && c.UnitId == group), "a group's meeting");
        await stage.ShowAsync(v => v with { Host = Panel(HostStep.Menu, Running() with { Started = false, ReopenUntil = Now.AddMinutes(12) }) });
        await stage.Page.ClickAsync("#host button:has-text('撤销结束')");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Reopen), "reopen");
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Panel_asks_before_it_closes_by_itself()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await ShowMeetingAsync(stage, Panel(HostStep.Menu, Running()) with { WarnAt = Now.AddSeconds(-1), EndsAt = Now.AddSeconds(18) });
        Assert.Contains("还要继续吗", await stage.Page.TextContentAsync("#host .warning"), StringComparison.Ordinal);
        await stage.Page.WaitForTimeoutAsync(2100);
        await stage.Page.ClickAsync("#host .warning button");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Touch), "touch");
    }

    [Fact]
    public async Task Result_of_a_card_lies_over_the_panel_and_a_takeover_hides_it()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1280, 720);
        await ShowMeetingAsync(stage, Panel(HostStep.Card), v => v with { CheckIn = Views.Done("张*三", 2) });
        Assert.Equal("checkin", await stage.Page.EvaluateAsync<string>("() => document.elementFromPoint(1100, 360).closest('section').id"));
        await ShowMeetingAsync(stage, Panel(HostStep.Menu, Running()), v => v with { Takeover = Views.Notice("暴雨预警", "不要外出") });
        Assert.False(await stage.Page.IsVisibleAsync("#host"));
    }

    [Theory]
    [InlineData(Orientation.Landscape, "zh-CN", false)]
    [InlineData(Orientation.Landscape, "en", false)]
    [InlineData(Orientation.Portrait, "zh-CN", false)]
    [InlineData(Orientation.Portrait, "en", false)]
    [InlineData(Orientation.Landscape, "zh-CN", true)]
    [InlineData(Orientation.Portrait, "zh-CN", true)]
    public async Task Panel_and_meeting_fit_the_screen(Orientation orientation, string language, bool elder)
    {
        await using var stage = await StageHarness.StartAsync();
        var (width, height) = orientation is Orientation.Portrait ? (1080, 1920) : (1920, 1080);
        await stage.OpenAsync(width, height);
        var meeting = language == "en" ? Views.EnglishMeeting(MeetingPhase.During) : Views.Meeting(MeetingPhase.During);
        var english = language == "en";
        var host = Running(english ? meeting.Agenda : null) with { Title = meeting.Title, Leads = english ? "A***e" : "李*国" };
        var frozen = new CountView(2, Now.AddMinutes(-1), new VoteCount(42, 31, 38, 29, 19));
        string[] types = english
            ? ["Members' assembly", "Branch committee", "Group meeting", "Party lecture", "Theme day", "Organisation life meeting", "Democratic appraisal", "Election", "Volunteer service", "Other"]
            : ["党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议党员", "换届选举", "志愿服务", "其他"];
        HostStartView[] groups = english ? [new(Guid.NewGuid(), "North group", 9), new(Guid.NewGuid(), "South group", 11)] : [new(Guid.NewGuid(), "幸福里第一党小组", 9), new(Guid.NewGuid(), "幸福里第二党小组", 11)];
        var branch = english ? "First branch" : "幸福社区第一党支部";
        HostUnitView[] units =
        [
            new(Guid.NewGuid(), branch, 24, [.. types.Select((type, at) => new HostTypeView(type, type, at == 8, at == 1 ? [] : at == 2 ? groups : [new(Guid.NewGuid(), branch, 24)], at == 1 ? "no_posts" : null))]),
        ];
        var session = english
            ? new SessionView(2, 3, "The party charter, first lecture", "Party lecture", "Members' assembly", "Theme day")
            : new SessionView(2, 3, "党章学习第一讲", "党课", "党员大会", "主题党日：走进社区食堂");
        var panels = new (string Name, HostPanelView? Panel, MeetingView? Meeting)[]
        {
            ("during", null, meeting with { Point = 1 }),
            ("counted", null, meeting with { Point = 2, Frozen = frozen }),
            ("counted-panel", Panel(HostStep.Menu, host with { Frozen = frozen }) with { Done = HostActionKind.Count }, meeting with { Point = 1, Frozen = frozen }),
            ("menu", Panel(HostStep.Menu, host), meeting with { Point = 1 }),
            ("card", Panel(HostStep.Card) with { Code = "not_a_host" }, meeting),
            ("pin", Panel(HostStep.Pin) with { Code = "pin_wrong", TriesLeft = 1 }, meeting),
            ("locked", Panel(HostStep.Pin) with { Code = "pin_locked", LockedUntil = Now.AddMinutes(4) }, meeting),
            ("warning", Panel(HostStep.Menu, host) with { WarnAt = Now.AddSeconds(-2), EndsAt = Now.AddSeconds(18) }, meeting with { Point = 1 }),
            ("session", Panel(HostStep.Menu, host with { Session = session, Agenda = [.. host.Agenda.Take(2)] }) with { Done = HostActionKind.Session }, meeting with { Point = 1, Session = session, Agenda = [.. meeting.Agenda.Take(2)] }),
            ("session-room", null, meeting with { Point = 1, Session = session, Agenda = [.. meeting.Agenda.Take(2)] }),
            ("begin", Panel(HostStep.Menu, host with { Started = false, Start = Now.AddMinutes(20) }), english ? Views.EnglishMeeting(MeetingPhase.Before) : Views.Meeting(MeetingPhase.Before)),
            ("reopen", Panel(HostStep.Menu, host with { Started = false, ReopenUntil = Now.AddMinutes(12) }) with { Done = HostActionKind.Close, Units = units }, english ? Views.EnglishMeeting(MeetingPhase.After) : Views.Meeting(MeetingPhase.After)),
        };
        foreach (var (name, panel, shown) in panels)
        {
            await stage.ShowAsync(v => v with { Orientation = orientation, Language = language, ElderMode = elder, Meeting = shown, Host = panel is null ? null : panel with { Host = panel.Host is null ? null : english ? "A***e" : "李*国" }, CanHost = true });
            await stage.Page.WaitForTimeoutAsync(350);
            await PictureAsync(stage.Page, name, orientation, language, elder);
            await FitsAsync(stage.Page, $"{name} {orientation} {language} {elder}");
            if (name == "menu")
            {
                await stage.Page.ClickAsync("#host [data-number='8']");
                await PictureAsync(stage.Page, "close", orientation, language, elder);
                await FitsAsync(stage.Page, $"close {orientation} {language} {elder}");
                await stage.Page.ClickAsync("#host button:has-text('" + (english ? "Back" : "返回") + "')");
            }
        }

        await stage.ShowAsync(v => v with { Meeting = null, Host = Panel(HostStep.Menu) with { Host = english ? "A***e" : "李*国", Units = units } });
        await PictureAsync(stage.Page, "none", orientation, language, elder);
        await stage.Page.ClickAsync("#host .body button");
        await stage.Page.WaitForTimeoutAsync(100);
        await PictureAsync(stage.Page, "start", orientation, language, elder);
        await FitsAsync(stage.Page, "start");
        await stage.Page.Locator("#host .body button").Nth(1).ClickAsync();
        await stage.Page.WaitForTimeoutAsync(100);
        await PictureAsync(stage.Page, "group", orientation, language, elder);
        await FitsAsync(stage.Page, "group");
        Assert.Empty(stage.PageErrors);
    }

    /// <summary>Nothing of the sheet is cut off and every button is large enough for an old finger.</summary>
    private static async Task FitsAsync(IPage page, string what)
    {
        var faults = await page.EvaluateAsync<string[]>(
            """
            () => {
              const sheet = document.querySelector('#host .sheet');
              const faults = [];
              if (sheet && sheet.scrollHeight > sheet.clientHeight + 1) faults.push(`sheet ${sheet.scrollHeight} > ${sheet.clientHeight}`);
              for (const button of document.querySelectorAll('#host button')) {
                const box = button.getBoundingClientRect();
                if (box.height > 0 && (box.height < 48 || box.width < 48)) faults.push(`${button.textContent} ${box.width}x${box.height}`);
                if (button.scrollWidth > button.clientWidth + 1) faults.push(`${button.textContent} is cut`);
              }
              return faults;
            }
            """);
        Assert.True(faults.Length == 0, $"{what}: {string.Join("; ", faults)}");
    }

    /// <summary>Kept where KIOSK_PICTURES says, to be looked at.</summary>
    private static async Task PictureAsync(IPage page, string name, Orientation orientation, string language, bool elder)
    {
        if (Environment.GetEnvironmentVariable("KIOSK_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"host-{name}-{orientation}-{language}{(elder ? "-elder" : "")}.png") });
        }
    }
}
