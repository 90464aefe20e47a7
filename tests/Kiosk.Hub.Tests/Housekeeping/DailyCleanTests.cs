using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Housekeeping;
using Kiosk.Hub.Members;
using Kiosk.Hub.Phone;
using Kiosk.Hub.Plays;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Tests.Housekeeping;

public class DailyCleanTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_run_out_goes_and_what_counts_stays()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var hub = evening.Hub;
        using var phone = await hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await evening.Host.PostAsync<EnrolmentTicket>($"/api/members/{evening.Members[0].Id}/enrolment");
        await hub.AskToPairAsync();
        await CleanAfterAsync(evening, TimeSpan.FromHours(23));
        Assert.Equal((1, 2, 1), await CountsAsync(evening));

        await CleanAfterAsync(evening, TimeSpan.FromDays(4));
        Assert.Equal((1, 0, 0), await CountsAsync(evening));

        await CleanAfterAsync(evening, MemberSessions.Lifetime + TimeSpan.FromDays(1));
        Assert.Equal((0, 0, 0), await CountsAsync(evening));
    }

    [Fact]
    public async Task Record_of_a_play_is_kept_for_more_than_a_year_and_then_goes()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        var now = TimeProvider.System.GetUtcNow();
        PlayRecord Shown(TimeSpan ago) => new(Guid.CreateVersion7(), Guid.NewGuid(), "片", Guid.NewGuid(), "default", now - ago, now - ago, 0, 1, 1, ClockState.Synced);
        await display.UploadPlaysAsync(new PlayBatch([Shown(TimeSpan.FromDays(400)), Shown(PlayIntake.Kept + TimeSpan.FromDays(1))]), Stop);
        await hub.CleanAsync(now);
        using var admin = await hub.SignInAsync();
        Assert.Equal(1, (await admin.GetAsync<Page<PlayRow>>("/api/plays?from=2020-01-01T00:00:00Z")).Total);
    }

    [Fact]
    public async Task What_became_of_a_feed_is_forgotten_after_a_month_and_of_a_notice_with_the_plays()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        var notice = await admin.PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput());
        var now = TimeProvider.System.GetUtcNow();
        await display.AcknowledgeAsync(Stop, new Receipt(ReceiptSubject.Notice, notice.Id.ToString(), 1, ReceiptState.Painted, null, null, now), new Receipt(ReceiptSubject.Feed, FeedKeys.Display(display.DisplayId), 1, ReceiptState.Ready, null, null, now));
        Assert.Equal(2, await CountAsync());
        await hub.CleanAsync(now.AddDays(29));
        Assert.Equal(2, await CountAsync());
        await hub.CleanAsync(now.AddDays(31));
        Assert.Equal(1, await CountAsync());
        await hub.CleanAsync(now + PlayIntake.Kept + TimeSpan.FromDays(1));
        Assert.Equal(0, await CountAsync());

        Task<int> CountAsync() => hub.QueryAsync(db => db.Set<Kiosk.Hub.Devices.DeviceReceipt>().CountAsync(Stop));
    }

    [Fact]
    public async Task One_off_event_leaves_the_feed_a_month_after_its_end_with_the_document_nobody_names()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var hub = evening.Hub;
        var scope = Scopes.Org(hub.RootUnitId);
        var once = await AddEventAsync(evening, "一次", null);
        var daily = await AddEventAsync(evening, "每天", "FREQ=DAILY");
        Assert.Equal(2, (await hub.ReadScheduleAsync(scope, Disclosure.Public))!.Value.Document.Events.Count);
        await CleanAfterAsync(evening, TimeSpan.FromDays(20));
        Assert.Equal(2, (await hub.ReadScheduleAsync(scope, Disclosure.Public))!.Value.Document.Events.Count);
        var documents = await hub.QueryAsync(db => db.Set<FeedDocument>().CountAsync(Stop));

        await CleanAfterAsync(evening, TimeSpan.FromDays(40));

        await Testing.Eventually.TrueAsync(async () => (await hub.ReadScheduleAsync(scope, Disclosure.Public))!.Value.Document.Events.Select(entry => entry.Title).SequenceEqual(["每天"]), Stop);
        await Testing.Eventually.TrueAsync(async () => await hub.QueryAsync(db => db.Set<FeedDocument>().CountAsync(Stop)) == documents - 1, Stop);
        Assert.NotEmpty((await hub.ReadPlaylistDocumentAsync((await hub.ReadScheduleAsync(scope, Disclosure.Public))!.Value.Document.Events[0].Content.Sha256)).Items);
        // The calendar keeps it.
        using var again = await hub.SignInAsync();
        Assert.Equal("一次", (await again.GetAsync<ScheduleEventDetail>($"/api/schedule/events/{once}")).Title);
        Assert.NotEqual(once, daily);
    }

    [Fact]
    public async Task Photo_taken_in_and_named_nowhere_goes_after_a_day_and_media_of_the_library_stays()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var hub = evening.Hub;
        var photo = await hub.AddReadyMediaAsync(hub.RootUnitId, "补学照片", disclosure: Disclosure.Restricted);
        // No files: those are removed in the background, perhaps after the hub of this test is gone.
        await hub.TamperAsync($"DELETE FROM \"MediaRenditions\"");
        await hub.TamperAsync($"UPDATE \"Media\" SET \"Evidence\" = true");
        var kept = await hub.AddReadyMediaAsync(hub.RootUnitId, "海报");
        Task<List<Guid>> LeftAsync() => hub.QueryAsync(db => db.Set<Kiosk.Hub.Media.MediaItem>().Select(item => item.Id).ToListAsync(Stop));
        await CleanAfterAsync(evening, TimeSpan.FromHours(23));
        Assert.Equal(2, (await LeftAsync()).Count);
        await CleanAfterAsync(evening, TimeSpan.FromHours(25));
        Assert.Equal([kept], await LeftAsync());
        Assert.NotEqual(kept, photo);
    }

    private static async Task<Guid> AddEventAsync(Evening evening, string title, string? rule)
    {
        var media = await evening.Hub.AddReadyMediaAsync(evening.Hub.RootUnitId, title, disclosure: Disclosure.Public);
        var playlist = await evening.Host.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(evening.Hub.RootUnitId, title, null, [new(null, media, null, 5000, ItemFit.Contain)]));
        var start = new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Unspecified);
        return (await evening.Host.PostAsync<ScheduleEventDetail>("/api/schedule/events", new ScheduleEventInput(
            evening.Hub.RootUnitId, title, Scopes.Org(evening.Hub.RootUnitId), playlist.Id, start, start.AddHours(1), "Asia/Shanghai", rule, [], 20, Disclosure.Public, null))).Id;
    }

    private static async Task<(int Sessions, int Links, int Pairings)> CountsAsync(Evening evening) => await evening.Hub.QueryAsync(async db => (
        await db.Set<MemberDevice>().CountAsync(Stop), await db.Set<Enrolment>().CountAsync(Stop), await db.Set<Pairing>().CountAsync(Stop)));

    private static Task CleanAfterAsync(Evening evening, TimeSpan time) => evening.Hub.CleanAsync(evening.Time.GetUtcNow() + time);
}

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class DailyCleanTestsOnPostgres : DailyCleanTests;
