using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests.Media;

/// <summary>Order, hours, room and trouble of fetching, with the whole player around it.</summary>
public sealed class MediaSyncTests : PlayerRig
{
    private DownloadRules? rules;

    private void Follow(params string[] more) => Hub.Put(
        FeedKeys.Display(Hub.DisplayId), Given.Display(Hub.DisplayId, Contracts.Disclosure.Internal, [ScheduleKey, NoticesKey, .. more]) with { TimeZone = "Etc/UTC", Downloads = rules });

    private PlaylistItem[] GivenFilms(params int[] seeds)
    {
        var items = GivenContent(seeds);
        Follow();
        return items;
    }

    private bool Has(PlaylistItem item) => Player.FindMedia(item.Variants[0].Sha256) is not null;

    /// <summary>A window that is shut now, whatever the hour.</summary>
    private static DownloadTime[] ShutNow()
    {
        var start = TimeProvider.System.GetUtcNow().AddHours(3);
        return [new DownloadTime((int)start.DayOfWeek, $"{start:HH}:00", $"{start.AddHours(1):HH}:00")];
    }

    [Fact]
    public async Task Outside_the_hours_only_what_shows_within_the_hour_and_urgent_notices_are_fetched()
    {
        rules = new DownloadRules(Windows: ShutNow());
        var now = TimeProvider.System.GetUtcNow();
        var items = GivenContent(1, 2);
        var (id, evening) = (new Guid(6, 0, 0, new byte[8]), Given.Item(Hub.PutMedia(Given.Bytes(50_000, 3)), "evening"));
        var sha = Hub.PutDocument(new PlaylistDocument(id, "晚上", [evening]));
        var start = DateTime.SpecifyKind(now.UtcDateTime.AddHours(5), DateTimeKind.Unspecified);
        Hub.Put(ScheduleKey, new ScheduleDocument(
            Contracts.Feeds.Scopes.Org(Given.OrgId), Contracts.Disclosure.Public,
            [new ScheduleEvent(Guid.NewGuid(), "晚上", start, start.AddHours(1), "Etc/UTC", null, [], 0, Contracts.Disclosure.Public, new PlaylistRef(id, "晚上", sha))],
            System.Text.Json.JsonSerializer.Deserialize<ScheduleDocument>(Hub.Feeds[ScheduleKey].Body!, Contracts.KioskJson.Options)!.Default));
        NoticeItem Notice(int seed, NoticeUrgency urgency) => new(
            Guid.NewGuid(), 1, NoticeKind.Banner, urgency, "通知", "", "支部", now.AddHours(4), now.AddHours(6), Contracts.Disclosure.Public, Hub.PutMedia(Given.Bytes(9_000, seed), "image/png"), null);
        var (urgent, usual) = (Notice(4, NoticeUrgency.Urgent), Notice(5, NoticeUrgency.Normal));
        Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Contracts.Disclosure.Public, [urgent, usual]));
        Follow();
        Start();
        await Until.TrueAsync(() => Has(items[0]) && Has(items[1]) && Player.FindMedia(urgent.Image!.Sha256) is not null, "what shows now and the urgent picture");
        Assert.DoesNotContain(Hub.MediaRequests, r => r.Sha256 == evening.Variants[0].Sha256 || r.Sha256 == usual.Image!.Sha256);
        // Counts come from the stage, the waiting from the downloads: one status may be told between the two.
        await Until.TrueAsync(() => Hub.Statuses.LastOrDefault() is { ItemsTotal: 3, ItemsReady: 2 } said && said.DownloadsFrom > now, "that the rest waits for its hours");

        rules = null;
        Follow();
        Hub.Push(Hub.Feeds[FeedKeys.Display(Hub.DisplayId)]);
        await Until.TrueAsync(() => Has(evening) && Player.FindMedia(usual.Image!.Sha256) is not null, "everything, now that it is always open");
        await Until.TrueAsync(() => Hub.Statuses.Last() is { DownloadsFrom: null, ItemsReady: 3 }, "that nothing waits");
    }

    [Fact]
    public async Task Cap_of_the_display_applies_and_is_lifted_while_a_download_runs()
    {
        rules = new DownloadRules(64);
        var items = GivenContent(1);
        var big = Given.Item(Hub.PutMedia(Given.Bytes(3_000_000, 7)), "big");
        PutDefault(items[0], big);
        Follow();
        Start();
        await Until.TrueAsync(() => Hub.MediaRequests.Any(r => r.Sha256 == big.Variants[0].Sha256) || PartLength(items[0]) > 0, "a download");
        await Task.Delay(1_500, Ct); // real time on purpose: the cap is about it; at 8 KB/s neither file can be here
        Assert.False(Has(big));
        Assert.InRange(Directory.EnumerateFiles(Path.Combine(Temp.Path, "media")).Sum(f => new FileInfo(f).Length), 0, 60_000);

        rules = null;
        Follow();
        Hub.Push(Hub.Feeds[FeedKeys.Display(Hub.DisplayId)]);
        await Until.TrueAsync(() => Has(big), "the big one, uncapped");
    }

    private long PartLength(PlaylistItem item) => new FileInfo(Path.Combine(Temp.Path, "media", item.Variants[0].Sha256 + ".part")) is { Exists: true } part ? part.Length : 0;

    [Fact]
    public async Task Quota_too_small_fetches_the_nearest_and_says_so_in_numbers()
    {
        rules = new DownloadRules(CacheMegabytes: 1);
        Hub.Claimed = true;
        PlaylistItem[] items = [.. Enumerable.Range(1, 4).Select(n => Given.Item(Hub.PutMedia(Given.Bytes(400_000, n)), $"film {n}"))];
        PutDefault(items);
        Follow();
        Start();
        await Until.TrueAsync(() => Hub.Statuses.LastOrDefault()?.Faults.Any(f => f.Code == "cache_full") ?? false, "the fault");
        await Until.TrueAsync(() => Has(items[0]) && Has(items[1]), "the first two");
        var fault = Hub.Statuses.Last().Faults.Single(f => f.Code == "cache_full");
        Assert.Equal("2 files (1 MB) are not fetched: the next 48 hours need 2 MB, the cache may take 1 MB.", fault.Message);
        Assert.DoesNotContain(Hub.MediaRequests, r => r.Sha256 == items[2].Variants[0].Sha256 || r.Sha256 == items[3].Variants[0].Sha256);

        rules = null;
        Follow();
        Hub.Push(Hub.Feeds[FeedKeys.Display(Hub.DisplayId)]);
        await Until.TrueAsync(() => items.All(Has), "all of them, with room");
        await Until.TrueAsync(() => Hub.Statuses.Last().Faults.All(f => f.Code != "cache_full"), "no fault any more");
    }

    [Fact]
    public async Task Lower_quota_drops_what_nobody_names_and_nothing_that_is_needed()
    {
        var items = GivenFilms(1, 2);
        Start();
        await Until.TrueAsync(() => items.All(Has), "both");
        var next = Given.Item(Hub.PutMedia(Given.Bytes(900_000, 3)), "next");
        PutDefault(next);
        Hub.Push(Hub.Feeds[ScheduleKey]);
        await Until.TrueAsync(() => Has(next), "the new one");
        Assert.All(items, item => Assert.True(Has(item))); // room enough: kept for the day they are wanted again
        rules = new DownloadRules(CacheMegabytes: 1) with { CacheMegabytes = 0 };
        Follow();
        Hub.Push(Hub.Feeds[FeedKeys.Display(Hub.DisplayId)]);
        await Until.TrueAsync(() => !items.Any(Has), "the old ones gone");
        Assert.True(Has(next));
    }

    [Fact]
    public async Task File_deleted_or_rotten_under_a_playing_screen_is_fetched_again_when_the_renderer_fails_on_it()
    {
        var items = GivenFilms(1, 2);
        Start();
        await Until.TrueAsync(() => items.All(Has), "both");
        await PlayingAsync(items[0]);
        var path = Player.FindMedia(items[0].Variants[0].Sha256)!.Path;
        var (bytes, modified) = (await File.ReadAllBytesAsync(path, Ct), File.GetLastWriteTimeUtc(path));
        bytes[40_000] ^= 8;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        File.SetLastWriteTimeUtc(path, modified);
        var before = Hub.MediaRequests.Count;
        Player.Report(new StageEvent(StageEventKind.Failed, View.Playback.Current!.PlayId, Code: "decode_error"));
        await Until.TrueAsync(() => Hub.MediaRequests.Count > before && Has(items[0]), "a sound copy");
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r.Id == items[0].Variants[0].Sha256 && r.Code == "hash_mismatch"), "the receipt");
        Assert.Equal(items[0].Variants[0].Sha256, FakeHub.Sha(await File.ReadAllBytesAsync(Player.FindMedia(items[0].Variants[0].Sha256)!.Path, Ct)));
    }

    [Fact]
    public async Task Wrong_bytes_are_not_fetched_over_and_over_when_the_link_comes_back()
    {
        var items = GivenFilms(1);
        var sha = items[0].Variants[0].Sha256;
        var right = Hub.Media[sha];
        Hub.Media[sha] = Given.Bytes(right.Length, 99);
        Start();
        await Until.TrueAsync(() => Hub.Receipts.Any(r => r.Id == sha && r.Code == "hash_mismatch"), "the mismatch");
        var asked = Hub.MediaRequests.Count;
        Hub.Cut();
        await Until.TrueAsync(() => View.HubReachable, "the hub again");
        Assert.InRange(Hub.MediaRequests.Count, asked, asked + 1);
    }

    [Fact]
    public async Task Place_that_takes_no_writes_is_a_fault_and_heals()
    {
        GivenFilms();
        Start();
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        PlaylistItem[] items = [Given.Item(Hub.PutMedia(Given.Bytes(50_000, 1)), "film 1")];
        var inTheWay = Path.Combine(new PlayerFolder(Temp.Path).Media, items[0].Variants[0].Sha256 + ".part");
        Directory.CreateDirectory(inTheWay); // refuses even root, which a read-only folder does not
        Hub.Push(PutDefault(items));
        await Until.TrueAsync(() => Hub.Statuses.LastOrDefault()?.Faults.Any(f => f.Code == "disk_error") ?? false, "the fault");
        Directory.Delete(inTheWay);
        await Until.TrueAsync(() => Has(items[0]), "the file");
        Assert.Contains(Hub.Receipts, r => r.Id == items[0].Variants[0].Sha256 && r.Code == "disk_error");
    }
}
