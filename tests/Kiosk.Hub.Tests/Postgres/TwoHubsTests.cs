using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Postgres;

/// <summary>Two hubs on one database: nothing but the database keeps their writers apart.</summary>
[Trait(Databases.Trait, Databases.Postgres)]
public sealed class TwoHubsTests
{
    [Fact]
    public async Task Same_member_at_both_hubs_at_once_attends_once_and_is_paid_once()
    {
        await using var evening = await Evening.StartAsync(members: 6);
        await using var second = await evening.Hub.StartBesideAsync();
        var cards = new List<string>();
        for (var at = 0; at < 6; at++)
        {
            cards.Add(await evening.CardAsync(at));
        }

        var scans = Enumerable.Range(0, 20).SelectMany(_ => cards).Select((card, at) =>
            (at % 2 == 0 ? evening.Hub : second).UploadScansAsync(evening.DisplayId, evening.Hub.CardScan(evening.Meeting.Id, card)));
        var outcomes = (await Task.WhenAll(scans)).SelectMany(results => results).Select(result => result.Outcome).ToList();

        Assert.Equal((6, 114), (outcomes.Count(outcome => outcome == CheckInOutcome.Accepted), outcomes.Count(outcome => outcome == CheckInOutcome.AlreadyCheckedIn)));
        for (var at = 0; at < 6; at++)
        {
            var statement = await evening.PointsAsync(at);
            Assert.Equal((2, 1), (statement.Available, statement.Postings.Total));
            Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[at].Id));
        }

        Assert.Equal(120, (await evening.RecordsAsync()).Count);
    }

    [Fact]
    public async Task One_record_sent_to_both_hubs_is_stored_once_with_one_answer()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        await using var second = await evening.Hub.StartBesideAsync();
        // Unreadable cards name nobody, so no member's row keeps the two apart: only the record's id does.
        var scans = Enumerable.Range(0, 40).Select(_ => evening.Hub.CardScan(evening.Meeting.Id, "NOT A CARD")).ToList();

        var sent = scans.SelectMany(scan => new[] { evening.Hub, second }.Select(hub => hub.UploadScansAsync(evening.DisplayId, scan)));
        var results = (await Task.WhenAll(sent)).SelectMany(replies => replies).ToList();

        Assert.All(results, result => Assert.Equal(CheckInOutcome.UnknownCard, result.Outcome));
        Assert.Equal(40, (await evening.RecordsAsync()).Count);
    }

    [Fact]
    public async Task Notices_published_at_both_hubs_at_once_are_all_in_the_feed_and_versions_only_grow()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var second = await hub.StartBesideAsync();
        await using var display = await hub.ConnectDisplayAsync(TestContext.Current.CancellationToken);
        using var here = await hub.SignInAsync();
        using var there = await second.SignInAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(at =>
            (at % 2 == 0 ? here : there).PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput($"通知 {at}"))));

        var key = FeedKeys.Notices(Scopes.Org(hub.RootUnitId), Contracts.Disclosure.Public);
        var feed = await hub.ReadFeedAsync<NoticesDocument>(key);
        Assert.Equal(made.Select(notice => notice.Id).Order(), feed!.Notices.Select(notice => notice.Id).Order());
        await display.HelloAsync(TestContext.Current.CancellationToken);
        Assert.False(display.WentBack);
        // Nothing at first, then one more each time.
        Assert.Equal(41, display.Feeds[key].Version);
    }

    [Fact]
    public async Task Members_added_at_both_hubs_at_once_get_numbers_of_their_own()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var second = await hub.StartBesideAsync();
        using var here = await hub.SignInAsync();
        using var there = await second.SignInAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(at => HubApplication.AddMemberAsync(at % 2 == 0 ? here : there, $"张{at}", hub.RootUnitId)));

        Assert.Equal(16, made.Select(member => member.MemberNumber).Distinct().Count());
    }

    [Fact]
    public async Task Meetings_saved_at_both_hubs_at_once_do_not_share_a_room()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var second = await hub.StartBesideAsync();
        using var here = await hub.SignInAsync();
        using var there = await second.SignInAsync();
        await HubApplication.AddMemberAsync(here, "张三", hub.RootUnitId);
        var (room, _) = await hub.AddRoomWithDisplayAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async at =>
        {
            var refused = await Record.ExceptionAsync(() => (at % 2 == 0 ? hub : second).AddMeetingAsync(at % 2 == 0 ? here : there, room));
            return refused is RefusedException { Code: var code } ? code : refused?.ToString() ?? "made";
        }));

        Assert.Equal(["made", .. Enumerable.Repeat("room_taken", 7)], answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Wrong_passwords_at_both_hubs_at_once_are_all_counted()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var second = await hub.StartBesideAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async at =>
            (await Assert.ThrowsAsync<RefusedException>(() => (at % 2 == 0 ? hub : second).SignInAsync(password: "not the password"))).Code));

        Assert.Contains("locked_out", answers);
    }
}
