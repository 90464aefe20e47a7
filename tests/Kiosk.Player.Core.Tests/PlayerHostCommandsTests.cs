using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests;

/// <summary>Commands from the hub's word to the player's, with a hub in memory and real files.</summary>
public sealed class PlayerHostCommandsTests : PlayerRig
{
    private readonly Guid visitor = Guid.NewGuid();

    [Fact]
    public async Task Command_delivered_by_push_and_by_every_hello_is_done_once_and_told_until_confirmed()
    {
        var renderer = new FakeRenderer();
        GivenContent(1);
        Start(ports: new DevicePorts { Renderer = renderer });
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        Hub.LoseAnswers = 1; // of the first report: the link breaks and the command comes with the next Hello, too
        var command = Hub.Command(DeviceCommandKinds.RestartRenderer);
        Hub.Give(command);

        await Until.TrueAsync(() => Hub.Outcome(command)?.State is CommandReportState.Done, "done");
        Hub.Cut();
        await Until.TrueAsync(() => Hub.Reports.Count(r => r.State is CommandReportState.Done) > 1, "told again because the hub still asks");

        Assert.Equal(1, renderer.Restarts);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Renderer_that_breaks_again_and_again_is_a_fault(int times, bool told)
    {
        GivenContent(1);
        Start(ports: new DevicePorts { Renderer = new FakeRenderer { BrokenLately = times } });
        await Until.TrueAsync(() => !Hub.Statuses.IsEmpty, "a status");
        Assert.Equal(told, Hub.Statuses.Last().Faults.Any(fault => fault.Code == "renderer_restarted"));
    }

    [Fact]
    public async Task Player_killed_in_the_middle_never_begins_again_and_says_that_it_was_interrupted()
    {
        var renderer = new FakeRenderer { Never = true };
        GivenContent(1);
        Start(ports: new DevicePorts { Renderer = renderer });
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        var command = Hub.Command(DeviceCommandKinds.RestartRenderer);
        await Until.TrueAsync(() => renderer.Restarts == 1, "begun");
        await StopAsync();

        Start(ports: new DevicePorts { Renderer = renderer });
        await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Failed, Code: "interrupted" }, "the interruption told");
        Assert.Equal(1, renderer.Restarts);
    }

    [Fact]
    public async Task Restart_of_the_player_is_told_done_after_the_restart_and_does_not_loop()
    {
        var app = new FakeApp();
        GivenContent(1);
        Start(ports: new DevicePorts { App = app });
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        var command = Hub.Command(DeviceCommandKinds.RestartApp);
        await Until.TrueAsync(() => app.Restarts == 1, "the end of the program");
        Assert.DoesNotContain(Hub.Reports, report => report.State is CommandReportState.Done);
        await StopAsync();

        Start(ports: new DevicePorts { App = app });
        await Until.TrueAsync(() => Hub.Outcome(command)?.State is CommandReportState.Done, "done");
        Assert.Equal(1, app.Restarts);
    }

    [Fact]
    public async Task Command_that_comes_too_late_is_not_done()
    {
        var renderer = new FakeRenderer();
        GivenContent(1);
        Start(ports: new DevicePorts { Renderer = renderer });
        await Until.TrueAsync(() => View.HubReachable, "the hub");

        var command = Hub.Command(DeviceCommandKinds.RestartRenderer, waits: TimeSpan.Zero);

        await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Expired }, "expired");
        Assert.Equal(0, renderer.Restarts);
    }

    [Theory]
    [InlineData("make_coffee")]
    [InlineData(DeviceCommandKinds.RestartRenderer)]
    [InlineData(DeviceCommandKinds.Screenshot)]
    [InlineData(DeviceCommandKinds.LogExcerpt)]
    [InlineData(DeviceCommandKinds.ScreenPower)]
    public async Task What_this_player_does_not_know_or_cannot_is_refused_with_a_code(string kind)
    {
        GivenContent(1);
        Start();
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        var command = Hub.Command(kind);
        await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Refused, Code: "unsupported" }, "refused");
    }

    [Fact]
    public async Task Identify_shows_name_and_number_for_a_while()
    {
        GivenContent(1);
        Start();
        await Until.TrueAsync(() => View.DisplayName is not null, "the display");
        Assert.Null(View.Identify);
        var command = Hub.Command(DeviceCommandKinds.Identify);
        await Until.TrueAsync(() => View.Identify is not null, "identify");
        Assert.Equal((View.DisplayName, "http://hub.example"), (View.Identify!.Name, View.Identify.HubAddress));
        Assert.True(View.Identify.Number > 0);
        await Until.TrueAsync(() => Hub.Outcome(command)?.State is CommandReportState.Done, "done");
    }

    [Fact]
    public async Task Screen_stays_dark_over_a_restart_until_somebody_asks_for_its_hours()
    {
        GivenContent(1);
        Start(ports: new DevicePorts { PowerMeans = () => "dpms" });
        await Until.TrueAsync(() => View.Playback.Current is not null, "playing");
        var off = Hub.Command(DeviceCommandKinds.ScreenPower, ScreenPowers.Off);
        await Until.TrueAsync(() => View.Resting, "resting");
        await Until.TrueAsync(() => Hub.Outcome(off) is { State: CommandReportState.Done, Detail: "dpms off screen_off" }, "done");
        await StopAsync();
        Start();
        await Until.TrueAsync(() => View.HubReachable && View.Resting, "resting after the restart");
        Hub.Command(DeviceCommandKinds.ScreenPower, ScreenPowers.Hours);
        await Until.TrueAsync(() => !View.Resting, "lit");
    }

    [Fact]
    public async Task Clearing_the_cache_leaves_what_plays_on_screen_and_brings_the_rest_again()
    {
        var items = GivenContent(1, 2, 3, 4);
        Start();
        await Until.TrueAsync(() => items.All(item => Player.FindMedia(item.Variants[0].Sha256) is not null), "everything here");
        await PlayingAsync(items[0]);
        var play = View.Playback.Current!.PlayId;
        var fetched = Hub.MediaRequests.Count;

        var command = Hub.Command(DeviceCommandKinds.ClearCache);
        await Until.TrueAsync(() => Hub.Outcome(command)?.State is CommandReportState.Done, "done");

        Assert.Equal(play, View.Playback.Current!.PlayId);
        Assert.NotNull(Player.FindMedia(items[0].Variants[0].Sha256));
        Assert.Equal(2, int.Parse(Hub.Outcome(command)!.Detail!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)); // not what plays and what comes next
        await Until.TrueAsync(() => items.All(item => Player.FindMedia(item.Variants[0].Sha256) is not null), "everything here again");
        Assert.Equal(fetched + 2, Hub.MediaRequests.Count);
        Assert.Equal(play, View.Playback.Current!.PlayId);
    }

    [Fact]
    public async Task Log_excerpt_comes_with_the_outcome()
    {
        GivenContent(1);
        Start(ports: new DevicePorts { Log = new FakeLog("一行\n二行") });
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        var command = Hub.Command(DeviceCommandKinds.LogExcerpt);
        await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Done, Log: "一行\n二行" }, "the lines");
    }

    [Fact]
    public async Task Picture_of_signage_is_sent()
    {
        GivenContent(1);
        Start(ports: new DevicePorts { Picture = new FakeScreen(() => Task.CompletedTask) });
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        var command = Hub.Command(DeviceCommandKinds.Screenshot);
        await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Done, Code: null }, "done");
        Assert.True(Hub.Pictures.ContainsKey(command.Id));
    }

    [Fact]
    public async Task No_picture_leaves_while_somebody_is_at_their_own_page()
    {
        var taken = 0;
        GivenVisitor();
        Start(ports: new DevicePorts { Picture = new FakeScreen(() => Task.FromResult(taken++)) });
        await Until.TrueAsync(() => View is { HubReachable: true, DisplayName: not null }, "the hub");
        await StepUpAsync();

        var command = Hub.Command(DeviceCommandKinds.Screenshot);

        await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Done, Code: "personal_session" }, "withheld");
        Assert.Equal(0, taken);
        Assert.Empty(Hub.Pictures);
    }

    [Fact]
    public async Task Picture_is_thrown_away_when_somebody_steps_up_and_leaves_while_it_is_taken()
    {
        GivenVisitor();
        Start(ports: new DevicePorts
        {
            Picture = new FakeScreen(async () =>
            {
                await StepUpAsync();
                Player.Touch(new TouchAction(TouchActionKind.Close));
                await Until.TrueAsync(() => !View.Personal, "gone again");
            }),
        });
        await Until.TrueAsync(() => View is { HubReachable: true, DisplayName: not null }, "the hub");

        var command = Hub.Command(DeviceCommandKinds.Screenshot);

        await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Done, Code: "personal_session" }, "thrown away");
        Assert.Empty(Hub.Pictures);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_camera_shows_is_covered_before_the_picture_is_taken_or_none_is(bool covered)
    {
        Guid? veiledBy = null;
        GivenContent(1);
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(visitor, "张*三", true))));
        Start(ports: new DevicePorts
        {
            Picture = new FakeScreen(() =>
            {
                veiledBy = View.Veil;
                return Task.CompletedTask;
            }),
        });
        await Until.TrueAsync(() => View is { HubReachable: true, Meeting.CheckInOpen: true }, "the meeting");
        Player.ViewChanged += view =>
        {
            if (covered && view.Veil is { } veil)
            {
                Player.Report(new StageEvent(StageEventKind.Veiled, veil));
            }
        };

        var command = Hub.Command(DeviceCommandKinds.Screenshot);

        if (covered)
        {
            await Until.TrueAsync(() => veiledBy is not null, "taken with the veil");
        }
        else
        {
            await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Done, Code: "personal_session" }, "withheld");
            Assert.Null(veiledBy);
        }

        await Until.TrueAsync(() => View.Veil is null, "lifted");
    }

    private void GivenVisitor()
    {
        GivenContent(1);
        Hub.Summary = _ => new CardSummaryReply(null, new CardSummary("张*三", 18, 0, [], [], null));
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow().AddHours(5), new RosterEntry(visitor, "张*三", true))));
    }

    private async Task StepUpAsync()
    {
        // A card opens its holder's page; whatever the hub answers, that page is personal.
        Player.Touch(new TouchAction(TouchActionKind.Open));
        Player.Touch(new TouchAction(TouchActionKind.Own));
        await Until.TrueAsync(() => View.Touch?.Page is TouchPage.Own, "the own page");
        await Player.ReadCardAsync(Given.Card(visitor), Ct);
        await Until.TrueAsync(() => View.Personal, "a personal page");
    }

    private sealed class FakeRenderer : IRendererControl
    {
        public int Restarts { get; private set; }

        public bool Never { get; init; }

        public string? Version => "Fake 1.0";

        public int BrokenLately { get; init; }

        public async Task<bool> RestartAsync(CancellationToken cancellationToken)
        {
            Restarts++;
            await Task.Delay(Never ? Timeout.Infinite : 0, cancellationToken);
            return true;
        }
    }

    private sealed class FakeApp : IAppControl
    {
        public int Restarts { get; private set; }

        public void Restart() => Restarts++;
    }

    private sealed class FakeLog(string lines) : IPlayerLog
    {
        public string? Tail(int most, int characters) => lines;
    }

    private sealed class FakeScreen(Func<Task> meanwhile) : IScreenPicture
    {
        public async Task<ScreenImage?> TakeAsync(CancellationToken cancellationToken)
        {
            await meanwhile();
            return new ScreenImage([0xFF, 0xD8, 0xFF], "image/jpeg");
        }
    }
}
