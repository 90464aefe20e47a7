using System.Text;
using System.Text.Json;
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

/// <summary>What the hub sends, as it comes onto the screen.</summary>
public sealed class PlayerHostFeedsTests : PlayerRig
{
    [Fact]
    public async Task Item_keeps_its_last_media_until_the_new_one_is_here()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var fresh = Hub.PutMedia(Given.Bytes(60_000, 9));
        Hub.Media.Remove(fresh.Sha256, out var held);
        Hub.Push(PutDefault(items[0] with { Variants = [fresh], Title = "新" }));
        await Until.TrueAsync(() => Hub.MediaRequests.Any(r => r.Sha256 == fresh.Sha256), "the new file to be asked for");
        Assert.Equal(items[0].Variants[0].Sha256, View.Playback.Current!.MediaSha256);
        Hub.Media[fresh.Sha256] = held!;
        await Until.TrueAsync(() => View.Playback.Current?.MediaSha256 == fresh.Sha256, "the new file to play");
    }

    [Fact]
    public async Task Withdrawn_item_leaves_the_screen_at_once()
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        Hub.Push(PutDefault(items[1]));
        await PlayingAsync(items[1]);
        Hub.Push(PutDefault());
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
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r is { Subject: ReceiptSubject.Media, State: ReceiptState.Failed, Code: "decode_error" }), "the report");
        await Until.TrueAsync(() => Hub.Statuses.Any(s => s.Faults.Any(f => f.Code == "media_failed")), "the fault");
    }

    [Fact]
    public async Task Camera_on_a_player_without_a_relay_is_a_fault_and_its_stand_in_plays()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var camera = items[0] with { Id = Guid.NewGuid(), Kind = PlaylistItemKind.Stream, Title = "大门", Variants = [], Address = "rtsp://me:secret@camera.example/1" };
        var standIn = items[0] with { Id = Guid.NewGuid(), InsteadOf = camera.Id };
        Hub.Push(PutDefault(camera, standIn));
        await PlayingAsync(standIn);
        await Until.TrueAsync(() => Hub.Statuses.Any(s => s.Faults.Any(f => f is { Code: "media_failed", Message: "大门: stream_relay_missing" })), "the fault");
        Assert.DoesNotContain("secret", JsonSerializer.Serialize(Hub.Statuses, KioskJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_that_goes_back_or_lies_is_not_taken()
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        var current = Hub.Feeds[ScheduleKey];
        Hub.Push(current with { Version = 0, Body = current.Body!.Replace("默认", "旧", StringComparison.Ordinal) });
        Hub.Push(current with { Version = 9, Body = current.Body!.Replace("默认", "假", StringComparison.Ordinal) });
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r is { State: ReceiptState.Failed, Code: "hash_mismatch", Version: 9 }), "the refusal");
        Assert.Equal(items[0].Id, View.Playback.Current!.ItemId);
        Hub.Push(new FeedPush("weather/x", "e1", 1, "", "{}", default));
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r is { Id: "weather/x", Code: "unsupported" }), "unsupported");
    }

    [Theory]
    [InlineData("{", "unparsable")]
    [InlineData("""{"scope":"org/x","audience":"public","events":[null]}""", "unusable")]
    [InlineData(null, "too_large")]
    public async Task Schedule_that_cannot_be_used_is_said_and_the_last_good_one_plays_on_until_it_is_mended(string? body, string code)
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        var good = Hub.Feeds[ScheduleKey];
        Hub.TooLarge = body is null;
        Hub.Feeds[ScheduleKey] = good with { Version = 8, Body = body, Sha256 = FakeHub.Sha(Encoding.UTF8.GetBytes(body ?? "")) };
        Hub.Push(Hub.Feeds[ScheduleKey]);
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r is { State: ReceiptState.Failed, Version: 8 } && r.Code == code), "the refusal");
        await StopAsync();
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => Hub.Statuses.Any(s => s.Faults.Any(f => f.Code == "feed_refused")), "the fault");
        Hub.Feeds[ScheduleKey] = good with { Version = 9 };
        Hub.Push(Hub.Feeds[ScheduleKey]);
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r is { State: ReceiptState.Ready, Version: 9 }), "the good one");
        await StopAsync();
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => Hub.Statuses.Last().Faults.All(f => f.Code != "feed_refused"), "no fault");
    }

    [Fact]
    public async Task Large_body_is_pulled_over_http()
    {
        var items = GivenContent(1);
        Hub.Feeds[ScheduleKey] = Hub.Feeds[ScheduleKey] with { Version = 7 };
        Start();
        await PlayingAsync(items[0]);
        var push = PutDefault();
        Hub.Push(push with { Body = null });
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
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [notice])));
        await Until.TrueAsync(() => View.Banner?.Id == notice.Id, "the banner");
        Player.Report(new StageEvent(StageEventKind.NoticePainted, notice.Id, 3));
        Player.Report(new StageEvent(StageEventKind.NoticePainted, notice.Id, 3));
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r is { Subject: ReceiptSubject.Notice, State: ReceiptState.Painted, Version: 3 }), "painted");
        Assert.Contains(Hub.Receipts, r => r is { Subject: ReceiptSubject.Notice, State: ReceiptState.Ready, Version: 3 });
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [])));
        await Until.TrueAsync(() => View.Banner is null, "the banner to go");
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r.Id == NoticesKey && r.Version == 2), "the last receipt");
        Assert.Single(Hub.Receipts, r => r is { Subject: ReceiptSubject.Notice, State: ReceiptState.Painted });
    }

    /// <summary>A schedule is pushed whose list the hub keeps back.</summary>
    private async Task<LateList> PushLateListAsync(PlaylistItem like)
    {
        var list = new PlaylistDocument(new Guid(8, 0, 0, new byte[8]), "另一个", [Given.Item(like.Variants[0], "same film")]);
        var sha = Hub.PutDocument(list);
        Assert.True(Hub.Documents.TryRemove(sha, out var body));
        var answer = Hub.LateDocuments[sha] = new TaskCompletionSource<byte[]>();
        Hub.Push(Hub.Put(ScheduleKey, new ScheduleDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [], new PlaylistRef(list.Id, "另一个", sha))));
        await Until.TrueAsync(() => Hub.DocumentsAsked.Contains(sha), "the list asked for");
        return new LateList(list.Items[0], answer, body!);
    }

    private sealed record LateList(PlaylistItem Item, TaskCompletionSource<byte[]> Answer, byte[] Body)
    {
        public bool IsHere => Answer.Task.IsCompleted;

        public void Come() => Answer.SetResult(Body);
    }

    [Fact]
    public async Task Urgent_notice_does_not_wait_for_a_list_that_is_long_in_coming()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var late = await PushLateListAsync(items[0]);

        var now = TimeProvider.System.GetUtcNow();
        var notice = new NoticeItem(Guid.NewGuid(), 1, NoticeKind.Takeover, NoticeUrgency.Urgent, "撤离", "", "支部", now.AddMinutes(-1), now.AddHours(1), Disclosure.Public, null, null);
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [notice])));
        await Until.TrueAsync(() => View.Takeover?.Id == notice.Id, "the takeover");
        Assert.False(late.IsHere);

        late.Come();
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [])));
        await PlayingAsync(late.Item);
    }

    [Fact]
    public async Task Newer_schedule_that_overtakes_one_with_a_late_list_stays()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var late = await PushLateListAsync(items[0]);
        Hub.Push(PutDefault(items[0]));
        var newest = Hub.Feeds[ScheduleKey].Version;
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r.Id == ScheduleKey && r.Version == newest), "the newest taken");

        late.Come();
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [])));
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r.Id == NoticesKey), "what came after");
        await PlayingAsync(items[0]);
        Assert.DoesNotContain(Hub.Receipts, r => r.Id == ScheduleKey && r.Version == newest - 1 && r.State is ReceiptState.Ready);
    }

    [Fact]
    public async Task Schedule_whose_list_is_late_is_left_out_when_the_display_may_not_have_it_any_more()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var late = await PushLateListAsync(items[0]);
        Hub.Feeds.TryRemove(ScheduleKey, out _);
        Hub.Push(Hub.Put(FeedKeys.Display(Hub.DisplayId), Given.Display(Hub.DisplayId, Disclosure.Public, NoticesKey)));
        await Until.TrueAsync(() => View.Playback.Current is null, "the schedule is not followed any more");

        var shown = false;
        Player.ViewChanged += view => shown |= view.Playback.Current is not null;
        late.Come();
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [])) with { Body = null });
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r.Id == NoticesKey), "what came after, in the same row");
        Assert.False(shown);
    }

    [Fact]
    public async Task Hub_with_a_full_disk_keeps_its_displays()
    {
        var zhang = Guid.NewGuid();
        GivenContent(1);
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true))));
        Start();
        await Until.TrueAsync(() => View.Meeting?.QrText is not null, "the meeting with its code");
        Hub.DiskFull = true;
        Assert.NotEqual(CheckInViewKind.Refused, (await Player.ReadCardAsync(Given.Card(zhang), Ct)).Kind);
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [])));
        await Until.TrueAsync(() => Hub.Refusals >= 2, "both refused");
        Assert.Equal((true, 1), (View.HubReachable, Hub.Connections));

        Hub.DiskFull = false;
        await Until.TrueAsync(() => Hub.CheckIns.Count == 1, "the check-in");
        Assert.Equal(1, Hub.Connections);
    }

    [Fact]
    public async Task Change_to_another_playlist_never_empties_the_screen_although_its_document_comes_late()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var (empty, other) = (false, new PlaylistDocument(new Guid(8, 0, 0, new byte[8]), "另一个", [Given.Item(items[0].Variants[0], "same film")]));
        Player.ViewChanged += view => empty |= view.Playback.Current is null;
        var sha = Hub.PutDocument(other);
        Assert.True(Hub.Documents.TryRemove(sha, out var body));
        Hub.LateDocuments[sha] = new TaskCompletionSource<byte[]>();
        Hub.Push(Hub.Put(ScheduleKey, new ScheduleDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [], new PlaylistRef(other.Id, "另一个", sha))));
        await Until.TrueAsync(() => Hub.LateDocuments[sha].Task.IsCompleted || Hub.DocumentsAsked.Contains(sha), "the document asked for");
        Player.Step();
        Hub.LateDocuments[sha].SetResult(body!);
        await PlayingAsync(other.Items[0]);
        Assert.False(empty, "The screen was empty in between.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(429)]
    [InlineData(407)]
    public async Task Playlist_that_something_on_the_way_spoils_or_holds_back_is_waited_for(int? status)
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var empty = false;
        Player.ViewChanged += view => empty |= view.Playback.Current is null;
        var other = new PlaylistDocument(new Guid(8, 0, 0, new byte[8]), "另一个", [Given.Item(items[0].Variants[0], "same film")]);
        var sha = Hub.PutDocument(other);
        Hub.LateDocuments[sha] = new TaskCompletionSource<byte[]>();
        if (status is { } code)
        {
            Hub.LateDocuments[sha].SetException(new HttpRequestException("no", null, (System.Net.HttpStatusCode)code));
        }
        else
        {
            Hub.LateDocuments[sha].SetResult("<html>please sign in</html>"u8.ToArray());
        }

        var push = Hub.Put(ScheduleKey, new ScheduleDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [], new PlaylistRef(other.Id, "另一个", sha)));
        Hub.Push(push);
        await Until.TrueAsync(() => Hub.DocumentsAsked.Contains(sha), "the document asked for");
        Player.Step();
        Assert.Equal(items[0].Id, View.Playback.Current?.ItemId);

        Hub.LateDocuments.Remove(sha, out _);
        Hub.Push(push);
        await PlayingAsync(other.Items[0]);
        Assert.False(empty, "The screen was empty in between.");
    }

    [Fact]
    public async Task Withdrawal_waits_once_for_a_playlist_that_cannot_be_had_and_not_a_second_time()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var sha = Hub.PutDocument(new PlaylistDocument(new Guid(8, 0, 0, new byte[8]), "另一个", []));
        Hub.LateDocuments[sha] = new TaskCompletionSource<byte[]>();
        Hub.LateDocuments[sha].SetException(new HttpRequestException("no", null, System.Net.HttpStatusCode.ServiceUnavailable));
        var push = Hub.Put(ScheduleKey, new ScheduleDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [], new PlaylistRef(new Guid(8, 0, 0, new byte[8]), "另一个", sha)));
        Hub.Push(push);
        await Until.TrueAsync(() => Hub.DocumentsAsked.Contains(sha), "the document asked for");
        Player.Step();
        Assert.Equal(items[0].Id, View.Playback.Current?.ItemId);

        Hub.Push(push);
        await Until.TrueAsync(() => View.Playback.Current is null, "the withdrawal to count");
    }
}
