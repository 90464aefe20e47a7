using System.Text;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Stage;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests;

/// <summary>Pairing, starting and playing.</summary>
public sealed class PlayerHostTests : PlayerRig
{
    [Fact]
    public async Task Player_pairs_by_itself_and_plays_when_claimed()
    {
        var items = GivenContent(1, 2);
        Hub.Claimed = false;
        Start();
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a code");
        Assert.Equal("http://hub.example", View.Pairing!.HubAddress);
        Assert.Null(View.Playback.Current);
        Hub.Claimed = true;
        await PlayingAsync(items[0]);
        Assert.Null(View.Pairing);
        Assert.True(View.HubReachable);
        Assert.Equal(("大堂", "default"), (View.DisplayName, View.Playback.Rule));
        await Until.TrueAsync(() => View.Playback.Next?.ItemId == items[1].Id, "the next item");
        Player.Report(new StageEvent(StageEventKind.Ready));
        Player.Report(new StageEvent(StageEventKind.Started, View.Playback.Next!.PlayId));
        await PlayingAsync(items[1]);
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r is { Subject: ReceiptSubject.Feed, State: ReceiptState.Ready }), "feed receipts");
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r is { Subject: ReceiptSubject.Media, State: ReceiptState.Painted }), "painted");
        await Until.TrueAsync(() => Hub.Statuses.Any(s => s is { Rule: "default", ItemsReady: 2, ItemsTotal: 2, Clock: ClockState.Synced }), "a status");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Temp.Path, "identity.json")));
        }
    }

    [Fact]
    public async Task Code_somebody_may_be_typing_survives_a_restart_and_an_expired_one_is_replaced()
    {
        GivenContent(1);
        Hub.Claimed = false;
        Start();
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a code");
        var code = View.Pairing!.Code;
        await StopAsync();
        Start();
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a code again");
        Assert.Equal((code, 1), (View.Pairing!.Code, Hub.Pairings));
        Hub.Expired = true;
        await Until.TrueAsync(() => View.Pairing?.Code is { } now && now != code, "another code");
        Hub.Expired = false;
        Hub.Claimed = true;
        await Until.TrueAsync(() => View.DisplayName == "大堂", "the claim");
    }

    [Fact]
    public async Task Player_starts_and_plays_with_no_network_at_all()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await StopAsync();
        Hub.Away = true;
        Start();
        await PlayingAsync(items[0]);
        Assert.False(View.HubReachable);
        Assert.Null(View.Refusal);
        Assert.Null(View.Pairing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_here_stands_on_the_screen_before_the_hub_is_looked_for(bool rendererComesUp)
    {
        var items = GivenContent(1);
        Start(pictureFirst: true); // knows nothing yet, so there is nothing to wait for
        await PlayingAsync(items[0]);
        await StopAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var before = Hub.Connections;
        Start(time: time, pictureFirst: true);
        await PlayingAsync(items[0]);
        Player.Report(new StageEvent(StageEventKind.Ready));
        Assert.Equal(before, Hub.Connections);

        if (rendererComesUp)
        {
            Player.Report(new StageEvent(StageEventKind.Heartbeat));
        }

        await Until.TrueAsync(
            () =>
            {
                time.Advance(rendererComesUp ? TimeSpan.Zero : FirstPicture.Patience);
                return Hub.Connections > before;
            },
            "the hub");
    }

    [Fact]
    public async Task Power_cut_loses_nothing_that_was_shown()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        using var powerCut = TempFolder.CopyOf(Temp.Path);
        await StopAsync();
        Hub.Away = true;
        Start(powerCut.Path);
        await PlayingAsync(items[0]);
    }

    [Fact]
    public async Task Fault_while_the_screen_is_decided_ends_neither_the_link_nor_the_screen()
    {
        GivenContent(1);
        Start();
        await Until.TrueAsync(() => View.HubReachable, "the link");
        var faults = 0;
        void Break(StageView view)
        {
            faults++;
            throw new InvalidOperationException("a document nobody thought of");
        }

        Player.ViewChanged += Break;
        Player.Touch(new TouchAction(TouchActionKind.Open));
        await Until.TrueAsync(() => faults > 0, "the fault");
        Player.ViewChanged -= Break;
        Hub.Push(Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(Guid.NewGuid(), "张*三", true)))));
        await Until.TrueAsync(() => View.Meeting is not null, "the meeting that came afterwards");
    }

    [Fact]
    public async Task Screen_loop_that_hangs_is_noticed()
    {
        GivenContent(1);
        var time = new ShiftedTime(TimeSpan.Zero);
        Start(time: time);
        await Until.TrueAsync(() => View.HubReachable, "the link");
        using var ends = new ManualResetEventSlim();
        var hung = 0;
        void Hang(StageView view)
        {
            Interlocked.Increment(ref hung);
            ends.Wait();
        }

        Player.ViewChanged += Hang;
        Player.Touch(new TouchAction(TouchActionKind.Open));
        await Until.TrueAsync(() => hung > 0, "the hang");
        var before = Player.StageLoop.IsStuck;
        time.Leap(LoopWatch.Grace + TimeSpan.FromSeconds(2));
        var after = Player.StageLoop.IsStuck;
        ends.Set();
        Assert.Equal((false, true), (before, after));
        await Until.TrueAsync(() => !Player.StageLoop.IsStuck, "the loop that goes on");
    }

    [Fact]
    public async Task Machine_a_year_off_follows_the_hubs_clock()
    {
        GivenContent(1);
        var now = TimeProvider.System.GetUtcNow();
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(now, new RosterEntry(Guid.NewGuid(), "张*三", true))));
        Start(time: new ShiftedTime(TimeSpan.FromDays(365)));
        await Until.TrueAsync(() => View.Meeting is not null, "the meeting of now");
        Assert.InRange(View.Now, now.AddMinutes(-1), now.AddMinutes(5));
    }

    [Fact]
    public async Task What_follows_a_change_of_the_schedule_is_named_before_and_is_the_very_play_that_is_shown()
    {
        var items = GivenContent(1);
        var film = Given.Item(Hub.PutMedia(Given.Bytes(40_000, 5)), "evening film");
        var evening = new Guid(6, 0, 0, new byte[8]);
        var soon = new PlaylistRef(evening, "晚间", Hub.PutDocument(new PlaylistDocument(evening, "晚间", [film])));
        var schedule = System.Text.Json.JsonSerializer.Deserialize<ScheduleDocument>(Hub.Feeds[ScheduleKey].Body!, KioskJson.Options)!;
        var start = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow().AddSeconds(6), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime;
        Hub.Put(ScheduleKey, schedule with { Events = [new ScheduleEvent(Guid.NewGuid(), "晚间", start, start.AddHours(1), "Asia/Shanghai", null, [], 0, Disclosure.Public, soon)] });
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => View.Playback.Coming?.ItemId == film.Id, "the evening film to be named");
        var coming = View.Playback.Coming!.PlayId;
        await PlayingAsync(film);
        Assert.Equal(coming, View.Playback.Current!.PlayId);
        Assert.Null(View.Playback.Coming);
    }

    [Fact]
    public async Task File_flipped_while_off_is_fetched_again_and_never_played()
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => View.Playback.Next?.ItemId == items[1].Id, "both here");
        await StopAsync();
        var path = Path.Combine(Temp.Path, "media", items[0].Variants[0].Sha256);
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        bytes[77] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        Hub.Away = true;
        Start();
        await PlayingAsync(items[1]);
        await Until.TrueAsync(() => !File.Exists(path), "the flipped file to go");
        Assert.Null(Player.FindMedia(items[0].Variants[0].Sha256));
    }

    [Fact]
    public async Task Hub_that_cannot_be_reached_at_first_start_is_named_and_asked_again()
    {
        Hub.Away = true;
        Start();
        await Until.TrueAsync(() => View.Refusal?.Code == "hub_unreachable", "the refusal");
        Assert.Equal("http://hub.example", View.Refusal!.Detail);
        Assert.NotNull(View.Pairing);
        Assert.True(View.TimeUnknown);
        Hub.Away = false;
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a code");
        Assert.Null(View.Refusal);
    }

    [Fact]
    public async Task Time_is_said_once_the_hub_has_told_it()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => !View.TimeUnknown, "the time");
    }

    [Theory]
    [InlineData("not an address", "hub_address_wrong")]
    [InlineData("ftp://hub", "hub_address_wrong")]
    [InlineData("", "hub_address_missing")]
    public async Task Address_that_is_none_is_refused_with_its_code(string address, string code)
    {
        var options = new PlayerOptions { HubAddress = address, DataFolder = Temp.Path };
        using var player = PlayerHost.Create(options, TimeProvider.System, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        var task = player.RunAsync(stop.Token);
        await Until.TrueAsync(() => player.View.Refusal?.Code == code, "the refusal");
        await stop.CancelAsync();
        await task;
    }

    [Fact]
    public void Second_player_on_the_same_folder_is_refused()
    {
        Start();
        var options = new PlayerOptions { HubAddress = "http://hub.example", DataFolder = Temp.Path };
        var refused = Assert.Throws<PlayerStartException>(() => PlayerHost.Create(options, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Equal("data_folder_in_use", refused.Code);
    }

    [Fact]
    public void Lock_that_cannot_be_opened_is_no_other_player()
    {
        File.CreateSymbolicLink(Path.Combine(Temp.Path, "player.lock"), "player.lock");
        var refused = Assert.Throws<PlayerStartException>(() => PlayerHost.Create(new PlayerOptions { HubAddress = "", DataFolder = Temp.Path }, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Equal("data_folder_not_writable", refused.Code);
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_is_refused()
    {
        var file = Path.Combine(Temp.Path, "file");
        await File.WriteAllTextAsync(file, "x", Ct);
        var options = new PlayerOptions { HubAddress = "http://hub.example", DataFolder = Path.Combine(file, "data") };
        var refused = Assert.Throws<PlayerStartException>(() => PlayerHost.Create(options, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Equal("data_folder_not_writable", refused.Code);
    }

    [Fact]
    public async Task Volume_follows_the_hours_of_the_display_and_comes_back_when_they_are_taken_away()
    {
        var items = GivenContent(1);
        var display = Given.Display(Hub.DisplayId, Disclosure.Internal, ScheduleKey, NoticesKey);
        Hub.Put(FeedKeys.Display(Hub.DisplayId), display with { VolumeHours = [.. Enumerable.Range(0, 7).Select(day => new VolumeTime(day, "00:00", "00:00", 10))] });
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => View.VolumePercent == 10, "the quiet volume");
        Hub.Push(Hub.Put(FeedKeys.Display(Hub.DisplayId), display));
        await Until.TrueAsync(() => View.VolumePercent == 40, "the display's own volume");
    }
}
