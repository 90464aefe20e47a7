using System.Net;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Commands;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Commands;

public class CommandTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Path(DisplayClient display) => $"/api/displays/{display.DisplayId}/commands";

    private static Task<DisplayCommandView> IssueAsync(OperatorSession session, DisplayClient display, string kind, string? power = null) =>
        session.PostAsync<DisplayCommandView>(Path(display), new IssueCommand(kind, power));

    private static async Task<DisplayCommandView> ReadAsync(OperatorSession session, DisplayClient display, Guid id) =>
        (await session.GetAsync<Page<DisplayCommandView>>(Path(display))).Items.Single(command => command.Id == id);

    [Fact]
    public async Task Command_is_pushed_at_once_and_its_way_is_seen_with_who_and_when()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();

        var issued = await IssueAsync(admin, display, DeviceCommandKinds.Identify);
        await display.UntilAsync(d => d.Commands.Count == 1, Stop);
        var pushed = display.Commands[0];
        Assert.Equal((issued.Id, DeviceCommandKinds.Identify), (pushed.Id, pushed.Kind));
        Assert.InRange(pushed.RemainingMs, 1, (long)CommandRules.WaitsFor(pushed.Kind).TotalMilliseconds);
        Assert.Equal((DisplayCommandState.Queued, "管理员"), (issued.State, issued.IssuedBy));

        await display.ReportCommandAsync(new CommandReport(issued.Id, CommandReportState.Running), Stop);
        Assert.Equal(DisplayCommandState.Delivered, (await ReadAsync(admin, display, issued.Id)).State);
        await display.ReportCommandAsync(new CommandReport(issued.Id, CommandReportState.Failed, "renderer_not_back", "x"), Stop);
        var over = await ReadAsync(admin, display, issued.Id);
        Assert.Equal((DisplayCommandState.Failed, "renderer_not_back"), (over.State, over.Code));
        Assert.Contains("30 seconds", over.Reason, StringComparison.Ordinal);
        Assert.NotNull(over.DeliveredAt);
        Assert.NotNull(over.FinishedAt);
    }

    [Fact]
    public async Task Display_that_was_away_gets_with_hello_what_waits_until_it_is_taken()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.PairDisplayAsync();
        using var admin = await hub.SignInAsync();
        var issued = await IssueAsync(admin, display, DeviceCommandKinds.ClearCache);

        await display.ConnectAsync(Stop);
        Assert.Equal([issued.Id], (await display.HelloAsync(Stop)).Commands!.Select(command => command.Id));
        Assert.Equal([issued.Id], (await display.HelloAsync(Stop)).Commands!.Select(command => command.Id));
        await display.ReportCommandAsync(new CommandReport(issued.Id, CommandReportState.Running), Stop);
        Assert.Null((await display.HelloAsync(Stop)).Commands);
    }

    [Fact]
    public async Task Asked_again_the_waiting_one_gives_way_and_of_another_kind_stays()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.PairDisplayAsync();
        using var admin = await hub.SignInAsync();
        var first = await IssueAsync(admin, display, DeviceCommandKinds.ScreenPower, ScreenPowers.Off);
        var other = await IssueAsync(admin, display, DeviceCommandKinds.LogExcerpt);
        var second = await IssueAsync(admin, display, DeviceCommandKinds.ScreenPower, ScreenPowers.On);

        Assert.Equal(DisplayCommandState.Superseded, (await ReadAsync(admin, display, first.Id)).State);
        await display.ConnectAsync(Stop);
        Assert.Equal([(other.Id, null), (second.Id, ScreenPowers.On)], (await display.HelloAsync(Stop)).Commands!.Select(command => (command.Id, command.Power)));
    }

    [Fact]
    public async Task Command_is_recorded_expired_although_the_display_never_comes()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubApplication.StartAsync(time);
        await using var display = await hub.PairDisplayAsync();
        using var admin = await hub.SignInAsync();
        var issued = await IssueAsync(admin, display, DeviceCommandKinds.Identify);

        time.Advance(CommandRules.WaitsFor(DeviceCommandKinds.Identify) + CommandSweeper.Interval);
        await Eventually.TrueAsync(async () => (await ReadAsync(admin, display, issued.Id)).State is DisplayCommandState.Expired, Stop);
        await display.ConnectAsync(Stop);
        Assert.Null((await display.HelloAsync(Stop)).Commands);
    }

    [Fact]
    public async Task Waiting_command_is_taken_back_and_one_that_was_taken_is_not()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        var waiting = await IssueAsync(admin, display, DeviceCommandKinds.ClearCache);
        Assert.Equal(DisplayCommandState.Cancelled, (await admin.PostAsync<DisplayCommandView>($"{Path(display)}/{waiting.Id}/cancel")).State);
        Assert.Null((await display.HelloAsync(Stop)).Commands);

        var taken = await IssueAsync(admin, display, DeviceCommandKinds.ClearCache);
        await display.ReportCommandAsync(new CommandReport(taken.Id, CommandReportState.Running), Stop);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.PostAsync<DisplayCommandView>($"{Path(display)}/{taken.Id}/cancel"));
        Assert.Equal((HttpStatusCode.Conflict, "command_not_queued"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("make_coffee", null, "command_unknown")]
    [InlineData("volume", null, "command_unknown")]
    [InlineData("", null, "command_unknown")]
    [InlineData("screen_power", null, "power_unknown")]
    [InlineData("screen_power", "half", "power_unknown")]
    public async Task Unknown_commands_are_refused_with_a_code(string kind, string? power, string code)
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.PairDisplayAsync();
        using var admin = await hub.SignInAsync();
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(admin, display, kind, power))).Code);
    }

    [Fact]
    public async Task Display_without_a_player_takes_no_commands()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.PairDisplayAsync();
        using var admin = await hub.SignInAsync();
        await admin.PostAsync<DisplaySummary>($"/api/displays/{display.DisplayId}/revoke");
        Assert.Equal("display_not_paired", (await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(admin, display, DeviceCommandKinds.Identify))).Code);
    }

    [Fact]
    public async Task Roles_and_units_are_walked()
    {
        await using var hub = await HubApplication.StartAsync();
        var (own, other) = (await hub.CreateOrgUnitAsync("一支部"), await hub.CreateOrgUnitAsync("二支部"));
        await using var display = await hub.PairDisplayAsync(hub.DisplayInput("A", own));
        using var secretary = await hub.SignInAsAsync(OperatorRole.Secretary, own);
        using var stranger = await hub.SignInAsAsync(OperatorRole.Admin, other);
        using var host = await hub.SignInAsAsync(OperatorRole.Host, own);
        using var editor = await hub.SignInAsAsync(OperatorRole.Editor, own);

        foreach (var kind in DeviceCommandKinds.All)
        {
            var power = kind == DeviceCommandKinds.ScreenPower ? ScreenPowers.Off : null;
            Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(stranger, display, kind, power))).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(host, display, kind, power))).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(editor, display, kind, power))).Status);
            if (CommandRules.RoleFor(kind) is OperatorRole.Secretary)
            {
                await IssueAsync(secretary, display, kind);
            }
            else
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(secretary, display, kind, power))).Status);
            }
        }

        using var admin = await hub.SignInAsync();
        var log = await IssueAsync(admin, display, DeviceCommandKinds.LogExcerpt);
        Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => secretary.PostAsync<DisplayCommandView>($"{Path(display)}/{log.Id}/cancel"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => secretary.PutAsync<DisplayCommandView>($"/api/displays/{display.DisplayId}/volume", new VolumeInput(10)))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => stranger.GetAsync<Page<DisplayCommandView>>(Path(display)))).Status);
        await display.ConnectAsync(Stop);
        await display.ReportCommandAsync(new CommandReport(log.Id, CommandReportState.Done, Log: "一行\n二行"), Stop);
        Assert.Equal("一行\n二行", (await ReadAsync(admin, display, log.Id)).Log);
        Assert.Null((await ReadAsync(secretary, display, log.Id)).Log);
    }

    [Fact]
    public async Task Another_display_can_say_nothing_about_a_command()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.PairDisplayAsync();
        await using var other = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput("B"));
        using var admin = await hub.SignInAsync();
        var issued = await IssueAsync(admin, display, DeviceCommandKinds.Identify);
        await other.ReportCommandAsync(new CommandReport(issued.Id, CommandReportState.Done), Stop);
        await other.ReportCommandAsync(new CommandReport(Guid.NewGuid(), CommandReportState.Done), Stop);
        Assert.Equal(DisplayCommandState.Queued, (await ReadAsync(admin, display, issued.Id)).State);
        Assert.Empty(other.Commands);
    }

    [Fact]
    public async Task Rubbish_in_a_report_is_cut_to_what_may_stand_in_a_page()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        var issued = await IssueAsync(admin, display, DeviceCommandKinds.LogExcerpt);
        await display.ReportCommandAsync(
            new CommandReport(issued.Id, CommandReportState.Failed, "<b>no</b>", new string('长', 5_000) + "\0", new string('行', CommandReport.LogLimit + 50)), Stop);
        var over = await ReadAsync(admin, display, issued.Id);
        Assert.Equal(("unknown", CommandReport.DetailLimit, CommandReport.LogLimit), (over.Code, over.Detail!.Length, over.Log!.Length));
    }

    [Fact]
    public async Task Volume_is_a_setting_that_reaches_the_display_and_stands_in_the_list()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        var set = await admin.PutAsync<DisplayCommandView>($"/api/displays/{display.DisplayId}/volume", new VolumeInput(15));
        Assert.Equal((DisplayCommandState.Done, 15), (set.State, set.Percent));
        var key = FeedKeys.Display(display.DisplayId);
        await display.UntilAsync(d => d.Document<DisplayDocument>(key).VolumePercent == 15, Stop);
        Assert.Equal("volume_range", (await Assert.ThrowsAsync<RefusedException>(
            () => admin.PutAsync<DisplayCommandView>($"/api/displays/{display.DisplayId}/volume", new VolumeInput(101)))).Code);
        Assert.Empty(display.Commands);
    }

    [Fact]
    public async Task Display_that_falls_silent_counts_as_away_within_90_seconds_whatever_its_line_looks_like()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubApplication.StartAsync(time);
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        async Task<bool> OnlineAsync() => (await admin.GetAsync<DisplaySummary>($"/api/displays/{display.DisplayId}")).Online;
        Assert.True(await OnlineAsync());
        time.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await OnlineAsync());
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.False(await OnlineAsync());
        Assert.Contains((await admin.GetAsync<TodayView>("/api/today")).Attention, attention => attention.DisplayId == display.DisplayId && attention.Code == "offline");
        await display.HelloAsync(Stop);
        Assert.True(await OnlineAsync());
    }

    [Fact]
    public async Task Health_of_a_display_is_kept_with_first_and_last_sight_of_each_fault()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        var now = hub.Time.GetUtcNow();
        await display.ReportStatusAsync(
            new DisplayStatus("1.2.3", "片", null, "screen_off", ClockState.Synced, 3, 1, 2, 3, 4, 0, [new DisplayFault("disk_full", "full", now.AddHours(-1), now, 4)])
            {
                Renderer = RendererKind.Browser, RendererVersion = "Chromium 148.0", Os = new string('x', 200), UptimeSeconds = 77,
            },
            Stop);
        var status = (await admin.GetAsync<DisplaySummary>($"/api/displays/{display.DisplayId}")).Status!;
        Assert.Equal(("screen_off", "Chromium 148.0", 80, 77L), (status.Rule, status.RendererVersion, status.Os!.Length, status.UptimeSeconds));
        Assert.Equal((now.AddHours(-1), now, 4), (status.Faults[0].Since, status.Faults[0].LastAt!.Value, status.Faults[0].Count));
    }
}

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class CommandTestsOnPostgres : CommandTests;
