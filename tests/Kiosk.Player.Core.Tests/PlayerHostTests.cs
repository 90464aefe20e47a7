using System.Text;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Player.Core.Tests;

/// <summary>The whole player with a hub in memory, real files and real SQLite.</summary>
public sealed class PlayerHostTests : IAsyncDisposable
{
    private readonly TempFolder temp = new();
    private readonly FakeHub hub = new();
    private readonly string scheduleKey = FeedKeys.Schedule(Scopes.Org(Given.OrgId), Disclosure.Public);
    private readonly string noticesKey = FeedKeys.Notices(Scopes.Org(Given.OrgId), Disclosure.Public);
    private Running? running;

    private sealed record Running(PlayerHost Player, CancellationTokenSource Stop, Task Task);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        temp.Dispose();
    }

    private PlayerHost Player => running!.Player;

    private StageView View => Player.View;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private void Start(string? folder = null, string address = "http://hub.example")
    {
        var options = new PlayerOptions { HubAddress = address, DataFolder = folder ?? temp.Path, KeepFreeBytes = 0, ParallelDownloads = 1 };
        var player = PlayerHost.Create(options, hub, new SystemBoot(TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance, () => 0.01);
        var stop = new CancellationTokenSource();
        running = new Running(player, stop, player.RunAsync(stop.Token));
    }

    private async Task StopAsync()
    {
        if (running is { } r)
        {
            running = null;
            await r.Stop.CancelAsync();
            await r.Task;
            r.Player.Dispose();
            r.Stop.Dispose();
        }
    }

    /// <summary>A hub with one playlist of films as default content, claimed.</summary>
    private PlaylistItem[] GivenContent(params int[] seeds)
    {
        hub.Claimed = true;
        PlaylistItem[] items = [.. seeds.Select(s => Given.Item(hub.PutMedia(Given.Bytes(50_000, s)), $"film {s}"))];
        PutDefault(items);
        hub.Put(FeedKeys.Display(hub.DisplayId), Given.Display(hub.DisplayId, Disclosure.Internal, scheduleKey, noticesKey, FeedKeys.Room(Given.RoomId)));
        return items;
    }

    private FeedPush PutDefault(params PlaylistItem[] items)
    {
        var id = new Guid(5, 0, 0, new byte[8]);
        var sha = hub.PutDocument(new PlaylistDocument(id, "默认", items));
        return hub.Put(scheduleKey, new ScheduleDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [], new PlaylistRef(id, "默认", sha)));
    }

    private async Task PlayingAsync(PlaylistItem item)
    {
        await Until.TrueAsync(() => View.Playback.Current?.ItemId == item.Id, "playing " + item.Title);
        Assert.Equal(item.Variants[0].Bytes, new FileInfo(Player.FindMedia(View.Playback.Current!.MediaSha256)!.Path).Length);
    }

    [Fact]
    public async Task Player_pairs_by_itself_and_plays_when_claimed()
    {
        var items = GivenContent(1, 2);
        hub.Claimed = false;
        Start();
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a code");
        Assert.Equal("http://hub.example", View.Pairing!.HubAddress);
        Assert.Null(View.Playback.Current);
        hub.Claimed = true;
        await PlayingAsync(items[0]);
        Assert.Null(View.Pairing);
        Assert.True(View.HubReachable);
        Assert.Equal(("大堂", "default"), (View.DisplayName, View.Playback.Rule));
        await Until.TrueAsync(() => View.Playback.Next?.ItemId == items[1].Id, "the next item");
        Player.Report(new StageEvent(StageEventKind.Ready));
        Player.Report(new StageEvent(StageEventKind.Started, View.Playback.Next!.PlayId));
        await PlayingAsync(items[1]);
        await Until.TrueAsync(() => hub.Receipts.Any(r => r is { Subject: ReceiptSubject.Feed, State: ReceiptState.Ready }), "feed receipts");
        await Until.TrueAsync(() => hub.Receipts.Any(r => r is { Subject: ReceiptSubject.Media, State: ReceiptState.Painted }), "painted");
        await Until.TrueAsync(() => hub.Statuses.Any(s => s is { Rule: "default", ItemsReady: 2, ItemsTotal: 2, Clock: ClockState.Synced }), "a status");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(temp.Path, "identity.json")));
        }
    }

    [Fact]
    public async Task Code_somebody_may_be_typing_survives_a_restart_and_an_expired_one_is_replaced()
    {
        GivenContent(1);
        hub.Claimed = false;
        Start();
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a code");
        var code = View.Pairing!.Code;
        await StopAsync();
        Start();
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a code again");
        Assert.Equal((code, 1), (View.Pairing!.Code, hub.Pairings));
        hub.Expired = true;
        await Until.TrueAsync(() => View.Pairing?.Code is { } now && now != code, "another code");
        hub.Expired = false;
        hub.Claimed = true;
        await Until.TrueAsync(() => View.DisplayName == "大堂", "the claim");
    }

    [Fact]
    public async Task Player_starts_and_plays_with_no_network_at_all()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await StopAsync();
        hub.Away = true;
        Start();
        await PlayingAsync(items[0]);
        Assert.False(View.HubReachable);
        Assert.Null(View.Refusal);
        Assert.Null(View.Pairing);
    }

    [Fact]
    public async Task Power_cut_loses_nothing_that_was_shown()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        using var powerCut = TempFolder.CopyOf(temp.Path);
        await StopAsync();
        hub.Away = true;
        Start(powerCut.Path);
        await PlayingAsync(items[0]);
    }

    [Fact]
    public async Task File_flipped_while_off_is_fetched_again_and_never_played()
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => View.Playback.Next?.ItemId == items[1].Id, "both here");
        await StopAsync();
        var path = Path.Combine(temp.Path, "media", items[0].Variants[0].Sha256);
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        bytes[77] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        hub.Away = true;
        Start();
        await PlayingAsync(items[1]);
        await Until.TrueAsync(() => !File.Exists(path), "the flipped file to go");
        Assert.Null(Player.FindMedia(items[0].Variants[0].Sha256));
    }

    [Fact]
    public async Task Item_keeps_its_last_media_until_the_new_one_is_here()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var fresh = hub.PutMedia(Given.Bytes(60_000, 9));
        hub.Media.Remove(fresh.Sha256, out var held);
        hub.Push(PutDefault(items[0] with { Variants = [fresh], Title = "新" }));
        await Until.TrueAsync(() => hub.MediaRequests.Any(r => r.Sha256 == fresh.Sha256), "the new file to be asked for");
        Assert.Equal(items[0].Variants[0].Sha256, View.Playback.Current!.MediaSha256);
        hub.Media[fresh.Sha256] = held!;
        await Until.TrueAsync(() => View.Playback.Current?.MediaSha256 == fresh.Sha256, "the new file to play");
    }

    [Fact]
    public async Task Withdrawn_item_leaves_the_screen_at_once()
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        hub.Push(PutDefault(items[1]));
        await PlayingAsync(items[1]);
        hub.Push(PutDefault());
        await Until.TrueAsync(() => View.Playback.Current is null, "the splash screen");
        Assert.Equal("splash", View.Playback.Rule);
    }

    [Fact]
    public async Task Broken_item_is_skipped_and_reported()
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        Player.Report(new StageEvent(StageEventKind.Ready));
        Player.Report(new StageEvent(StageEventKind.Failed, View.Playback.Current!.PlayId, Code: "decode_error"));
        await PlayingAsync(items[1]);
        await Until.TrueAsync(() => View.Playback.Next?.ItemId == items[1].Id, "the broken one to be left out");
        await Until.TrueAsync(() => hub.Receipts.Any(r => r is { Subject: ReceiptSubject.Media, State: ReceiptState.Failed, Code: "decode_error" }), "the report");
        await Until.TrueAsync(() => hub.Statuses.Any(s => s.Faults.Any(f => f.Code == "media_failed")), "the fault");
    }

    [Fact]
    public async Task Push_that_goes_back_or_lies_is_not_taken()
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        var current = hub.Feeds[scheduleKey];
        hub.Push(current with { Version = 0, Body = current.Body!.Replace("默认", "旧", StringComparison.Ordinal) });
        hub.Push(current with { Version = 9, Body = current.Body!.Replace("默认", "假", StringComparison.Ordinal) });
        await Until.TrueAsync(() => hub.Receipts.Any(r => r is { State: ReceiptState.Failed, Code: "hash_mismatch", Version: 9 }), "the refusal");
        Assert.Equal(items[0].Id, View.Playback.Current!.ItemId);
        hub.Push(new FeedPush("weather/x", "e1", 1, "", "{}", default));
        await Until.TrueAsync(() => hub.Receipts.Any(r => r is { Id: "weather/x", Code: "unsupported" }), "unsupported");
    }

    [Fact]
    public async Task Large_body_is_pulled_over_http()
    {
        var items = GivenContent(1);
        hub.Feeds[scheduleKey] = hub.Feeds[scheduleKey] with { Version = 7 };
        Start();
        await PlayingAsync(items[0]);
        var push = PutDefault();
        hub.Push(push with { Body = null });
        await Until.TrueAsync(() => View.Playback.Current is null, "the pulled document to count");
    }

    [Fact]
    public async Task Notice_is_shown_painted_and_acknowledged_once()
    {
        GivenContent(1);
        Start();
        await Until.TrueAsync(() => View.HubReachable, "the link");
        var now = TimeProvider.System.GetUtcNow();
        var notice = new NoticeItem(Guid.NewGuid(), 3, NoticeKind.Banner, NoticeUrgency.Urgent, "停电", "今晚", "支部", now.AddMinutes(-1), now.AddHours(1), Disclosure.Public, null, null);
        hub.Push(hub.Put(noticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [notice])));
        await Until.TrueAsync(() => View.Banner?.Id == notice.Id, "the banner");
        Player.Report(new StageEvent(StageEventKind.NoticePainted, notice.Id, 3));
        Player.Report(new StageEvent(StageEventKind.NoticePainted, notice.Id, 3));
        await Until.TrueAsync(() => hub.Receipts.Any(r => r is { Subject: ReceiptSubject.Notice, State: ReceiptState.Painted, Version: 3 }), "painted");
        Assert.Contains(hub.Receipts, r => r is { Subject: ReceiptSubject.Notice, State: ReceiptState.Ready, Version: 3 });
        hub.Push(hub.Put(noticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [])));
        await Until.TrueAsync(() => View.Banner is null, "the banner to go");
        await Until.TrueAsync(() => hub.Receipts.Any(r => r.Id == noticesKey && r.Version == 2), "the last receipt");
        Assert.Single(hub.Receipts, r => r is { Subject: ReceiptSubject.Notice, State: ReceiptState.Painted });
    }

    [Fact]
    public async Task Check_in_arrives_once_although_answers_are_lost_and_the_power_is_cut()
    {
        var zhang = Guid.NewGuid();
        GivenContent(1);
        hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true))));
        Start();
        await Until.TrueAsync(() => View.Meeting?.QrText is not null, "the meeting with its code");
        hub.Away = true;
        hub.Cut();
        await Until.TrueAsync(() => !View.HubReachable, "the link to go");
        await Until.TrueAsync(() => View.Meeting is { QrText: null, CheckInOpen: true }, "the code to go");
        var done = await Player.ReadCardAsync(Given.Card(zhang), Ct);
        Assert.Equal(CheckInViewKind.SavedOffline, done.Kind);
        await Until.TrueAsync(() => View.Meeting is { Present: 1, OfflinePresent: 1 } && View.CheckIn?.Id == done.Id, "the count");
        using var powerCut = TempFolder.CopyOf(temp.Path);
        await StopAsync();
        hub.Away = false;
        hub.LoseAnswers = 2;
        Start(powerCut.Path);
        await Until.TrueAsync(() => hub.Uploads.Count >= 3 && !hub.Statuses.IsEmpty, "three attempts");
        await Until.TrueAsync(() => hub.Statuses.Last().JournalPending == 0, "nothing pending");
        Assert.Single(hub.CheckIns);
        Assert.Single(hub.Uploads.Distinct());
    }

    [Fact]
    public async Task Revoked_device_forgets_everything_but_check_ins_the_hub_has_not()
    {
        var zhang = Guid.NewGuid();
        GivenContent(1);
        hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true))));
        Start();
        await Until.TrueAsync(() => View.Meeting is not null, "the meeting");
        var oldToken = hub.Token;
        hub.Away = true;
        hub.Cut();
        await Until.TrueAsync(() => !View.HubReachable, "the link to go");
        await Player.ReadCardAsync(Given.Card(zhang), Ct);
        (hub.Claimed, hub.Revoked, hub.Away) = (false, true, false);
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a new code");
        Assert.Null(View.Meeting);
        Assert.Null(View.DisplayName);
        Assert.Null(View.Playback.Current);
        Assert.DoesNotContain("张*三", await ReadAllAsync(Path.Combine(temp.Path, "documents.db")), StringComparison.Ordinal);
        hub.Claimed = true;
        await Until.TrueAsync(() => hub.CheckIns.Count == 1, "the check-in");
        Assert.NotEqual(oldToken, hub.Token);
    }

    private static async Task<string> ReadAllAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Ct);
    }

    [Fact]
    public async Task Hub_that_cannot_be_reached_at_first_start_is_named_and_asked_again()
    {
        hub.Away = true;
        Start();
        await Until.TrueAsync(() => View.Refusal?.Code == "hub_unreachable", "the refusal");
        Assert.Equal("http://hub.example", View.Refusal!.Detail);
        Assert.NotNull(View.Pairing);
        hub.Away = false;
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a code");
        Assert.Null(View.Refusal);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://hub")]
    [InlineData("")]
    public async Task Address_that_is_none_is_refused_with_its_code(string address)
    {
        var options = new PlayerOptions { HubAddress = address, DataFolder = temp.Path };
        using var player = PlayerHost.Create(options, TimeProvider.System, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        var task = player.RunAsync(stop.Token);
        await Until.TrueAsync(() => player.View.Refusal?.Code == "hub_address_invalid", "the refusal");
        await stop.CancelAsync();
        await task;
    }

    [Fact]
    public void Second_player_on_the_same_folder_is_refused()
    {
        Start();
        var options = new PlayerOptions { HubAddress = "http://hub.example", DataFolder = temp.Path };
        var refused = Assert.Throws<PlayerStartException>(() => PlayerHost.Create(options, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Equal("data_folder_in_use", refused.Code);
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_is_refused()
    {
        var file = Path.Combine(temp.Path, "file");
        await File.WriteAllTextAsync(file, "x", Ct);
        var options = new PlayerOptions { HubAddress = "http://hub.example", DataFolder = Path.Combine(file, "data") };
        var refused = Assert.Throws<PlayerStartException>(() => PlayerHost.Create(options, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Equal("data_folder_not_writable", refused.Code);
    }
}
