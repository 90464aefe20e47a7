using Bunit;
using Kiosk.Admin.Features.Displays;
using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

/// <summary>What a display can be told, in plain words, with what became of it.</summary>
public sealed class RemotePanelTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly string Commands = $"/api/displays/{Id}/commands";

    private static DisplaySummary Display(bool online = true, bool paired = true) => new(
        Id, 7, "一楼大厅", AdminContext.Branch, "第一支部", null, null, "Asia/Shanghai", Orientation.Landscape, [], "zh-CN", 60, false, Disclosure.Public, [], paired, online, null, null, null);

    private static DisplayCommandView Command(
        AdminContext context, string kind, DisplayCommandState state, string? code = null, string? reason = null, string? detail = null, bool picture = false, string? log = null, string? power = null, int? percent = null)
    {
        var now = context.Clock.GetUtcNow();
        return new(
            Guid.NewGuid(), kind, power, percent, "王敏", now.AddSeconds(-10), now.AddMinutes(5), state, code, reason, detail, null,
            state is DisplayCommandState.Queued or DisplayCommandState.Delivered ? null : now.AddSeconds(-3), picture, log);
    }

    private static IRenderedComponent<RemotePanel> Render(AdminContext context, DisplaySummary? display = null, bool canEdit = true, params DisplayCommandView[] commands)
    {
        context.Hub.Answer("GET", Commands, new Page<DisplayCommandView>(commands, commands.Length));
        return context.Render<RemotePanel>(parameters => parameters.Add(each => each.Display, display ?? Display()).Add(each => each.CanEdit, canEdit));
    }

    private static string Outcome(IRenderedComponent<RemotePanel> panel) => panel.Find("[data-testid=remote-outcome]").TextContent;

    [Fact]
    public async Task Outcomes_are_told_in_plain_words()
    {
        await using var context = new AdminContext();
        (DisplayCommandView Command, bool Online, string Words)[] expected =
        [
            (Command(context, DeviceCommandKinds.Identify, DisplayCommandState.Queued), true, "正在送达"),
            (Command(context, DeviceCommandKinds.Identify, DisplayCommandState.Queued), false, "等它连上再执行"),
            (Command(context, DeviceCommandKinds.Identify, DisplayCommandState.Delivered), true, "已送达"),
            (Command(context, DeviceCommandKinds.Identify, DisplayCommandState.Done), true, "3 秒前"),
            (Command(context, DeviceCommandKinds.Identify, DisplayCommandState.Expired), true, "已过期"),
            (Command(context, DeviceCommandKinds.RestartRenderer, DisplayCommandState.Failed, "renderer_not_back", "画面没有恢复。"), true, "没有完成：画面没有恢复。"),
            (Command(context, DeviceCommandKinds.ClearCache, DisplayCommandState.Done, detail: "12 367001600"), true, "12 个文件，350.0 MB"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dark", power: ScreenPowers.Off), true, "不能远程断电"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dark", power: ScreenPowers.Hours), true, "已完成"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dark off screen_off", power: ScreenPowers.Off), true, "要您再按“开屏”才亮。这块屏不能远程断电"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dpms off screen_off 2031-05-06T23:00:00Z", power: ScreenPowers.Off), true, "07:00 自己亮起"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dpms on meeting 2031-05-06T23:00:00Z", power: ScreenPowers.Off), true, "正在开会"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dpms on takeover 2031-05-06T23:00:00Z", power: ScreenPowers.Hours), true, "正在紧急插播"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dpms on meeting", power: ScreenPowers.Off), true, "正在开会"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dpms on meeting", power: ScreenPowers.Hours), true, "一直亮到您关屏"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dpms on schedule 2031-05-06T23:00:00Z", power: ScreenPowers.Hours), true, "07:00 起再按开屏时间"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dpms on default", power: ScreenPowers.On), true, "一直亮到您关屏"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "dpms on schedule 2031-05-06T23:00:00Z", power: ScreenPowers.Off), true, "时间没有对准"),
            (Command(context, DeviceCommandKinds.ScreenPower, DisplayCommandState.Done, detail: "rubbish of another version, long", power: ScreenPowers.Off), true, "已完成"),
            (Command(context, DeviceCommandKinds.Volume, DisplayCommandState.Done, percent: 40), false, "它连上后生效"),
        ];
        foreach (var (command, online, words) in expected)
        {
            Assert.Contains(words, Outcome(Render(context, Display(online), true, command)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pressing_sends_at_once_what_harms_nobody_and_asks_before_the_rest()
    {
        await using var context = new AdminContext();
        var panel = Render(context);
        context.Hub.Answer("POST", Commands, Command(context, DeviceCommandKinds.Identify, DisplayCommandState.Queued));
        panel.Find("[data-testid=remote-issue][data-kind=identify]").Click();
        Assert.Equal("""{"kind":"identify"}""", Assert.Single(context.Hub.Requests, request => request.Method == "POST").Body);

        foreach (var selector in (string[])["[data-kind=restart_renderer]", "[data-kind=restart_app]", "[data-kind=clear_cache]", "[data-power=off]"])
        {
            var before = context.Hub.Requests.Count(request => request.Method == "POST");
            panel.Find($"[data-testid=remote-issue]{selector}").Click();
            Assert.Equal(before, context.Hub.Requests.Count(request => request.Method == "POST"));
            panel.Find("[data-testid=confirm-yes]").Click();
            Assert.Equal(before + 1, context.Hub.Requests.Count(request => request.Method == "POST"));
        }

        Assert.Equal("""{"kind":"screen_power","power":"off"}""", context.Hub.Requests.Last(request => request.Method == "POST").Body);
    }

    [Fact]
    public async Task Display_that_is_away_says_what_will_become_of_it()
    {
        await using var context = new AdminContext();
        Assert.Contains("有效期内", Render(context, Display(online: false)).Find("[data-testid=remote-away]").TextContent, StringComparison.Ordinal);
        Assert.All(Render(context, Display(paired: false)).FindAll("[data-testid=remote-issue]"), button => Assert.True(button.HasAttribute("disabled")));
    }

    [Fact]
    public async Task Secretary_finds_and_looks_and_nothing_else()
    {
        await using var context = new AdminContext();
        var panel = Render(context, canEdit: false);
        Assert.Equal([DeviceCommandKinds.Identify, DeviceCommandKinds.Screenshot], panel.FindAll("[data-testid=remote-issue]").Select(button => button.GetAttribute("data-kind")));
        Assert.Empty(panel.FindAll("[data-testid=remote-volume]"));
    }

    [Fact]
    public async Task Old_picture_is_opened_only_when_somebody_asks_because_each_look_is_recorded()
    {
        await using var context = new AdminContext();
        var shot = Command(context, DeviceCommandKinds.Screenshot, DisplayCommandState.Done, picture: true);
        var panel = Render(context, commands: shot);
        Assert.Empty(panel.FindAll("[data-testid=remote-picture]"));
        panel.Find("[data-testid=remote-picture-show]").Click();
        Assert.Equal($"{Commands}/{shot.Id}/picture", panel.Find("[data-testid=remote-picture]").GetAttribute("src"));
    }

    [Fact]
    public async Task Personal_session_shows_a_plain_panel_and_why()
    {
        await using var context = new AdminContext();
        var panel = Render(context, commands: Command(context, DeviceCommandKinds.Screenshot, DisplayCommandState.Done, "personal_session", "有人正在屏幕前办自己的事。"));
        Assert.NotNull(panel.Find("[data-testid=remote-withheld]"));
        Assert.Empty(panel.FindAll("img"));
        Assert.Contains("办自己的事", Outcome(panel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_of_a_command_is_read_at_once_and_what_waits_can_be_taken_back()
    {
        await using var context = new AdminContext();
        var waiting = Command(context, DeviceCommandKinds.ClearCache, DisplayCommandState.Queued);
        var panel = Render(context, commands: waiting);
        context.Hub.Answer("POST", $"{Commands}/{waiting.Id}/cancel", waiting with { State = DisplayCommandState.Cancelled });
        panel.Find("[data-testid=remote-cancel]").Click();
        Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.EndsWith("/cancel", StringComparison.Ordinal));

        context.Hub.Answer("GET", Commands, new Page<DisplayCommandView>([waiting with { State = DisplayCommandState.Delivered }], 1));
        context.Services.GetRequiredService<LiveUpdates>().Announce(Topics.Commands, Id);
        panel.WaitForAssertion(() => Assert.Contains("已送达", Outcome(panel), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Volume_and_log()
    {
        await using var context = new AdminContext();
        var panel = Render(context, commands: Command(context, DeviceCommandKinds.LogExcerpt, DisplayCommandState.Done, log: "2031-05-06 23:00:01.234 +00:00 [INF] 一行\n二行 2031-05-06 23:00:01.234 +00:00"));
        Assert.Equal("2031-05-07 07:00:01 [INF] 一行\n二行 2031-05-06 23:00:01.234 +00:00", panel.Find("[data-testid=remote-log]").TextContent);
        context.Hub.Answer("PUT", $"/api/displays/{Id}/volume", Command(context, DeviceCommandKinds.Volume, DisplayCommandState.Done, percent: 35));
        panel.Find("[data-testid=remote-volume]").Input("35");
        panel.Find("[data-testid=remote-volume-set]").Click();
        Assert.Equal("""{"percent":35}""", Assert.Single(context.Hub.Requests, request => request.Method == "PUT").Body);
    }

    [Fact]
    public async Task Beside_a_picture_stands_who_looked_at_it()
    {
        await using var context = new AdminContext();
        var shot = Command(context, DeviceCommandKinds.Screenshot, DisplayCommandState.Done, picture: true);
        context.Hub.Answer("GET", $"{Commands}/{shot.Id}/looks", new Page<PictureLookView>([new("李书记", context.Clock.GetUtcNow()), new("王敏", context.Clock.GetUtcNow().AddDays(-2))], 2));
        var panel = Render(context, commands: shot);
        var looks = panel.WaitForElement("[data-testid=picture-looks]");
        Assert.Contains("看过 2 次", looks.TextContent, StringComparison.Ordinal);
        Assert.Equal(["李书记", "王敏"], panel.FindAll("[data-testid=picture-look]").Select(look => look.TextContent.Split(' ')[0]));
    }
}
