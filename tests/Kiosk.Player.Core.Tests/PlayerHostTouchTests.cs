using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests;

/// <summary>Touch pages and practice through the whole player.</summary>
public sealed class PlayerHostTouchTests : PlayerRig
{
    private readonly Guid zhang = Guid.NewGuid();

    private void GivenMeetingIn(TimeSpan wait) =>
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow() + wait, new RosterEntry(zhang, "张*三", true))));

    private async Task StartAsync(TimeSpan meetingIn)
    {
        GivenContent(1);
        GivenMeetingIn(meetingIn);
        Start();
        await Until.TrueAsync(() => View.HubReachable && View.DisplayName is not null, "the link");
        if (meetingIn < TimeSpan.FromMinutes(30))
        {
            await Until.TrueAsync(() => View.Meeting is not null, "the meeting");
        }
    }

    private async Task OpenAsync(TouchActionKind page)
    {
        Player.Touch(new TouchAction(TouchActionKind.Open));
        Player.Touch(new TouchAction(page));
        await Until.TrueAsync(() => View.Touch is not null, "the page");
    }

    [Fact]
    public async Task Words_of_kiosk_about_a_meeting_follow_the_language_of_the_screen_and_the_title_stays()
    {
        GivenContent(1);
        var meeting = Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true));
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(meeting with
        {
            TypeName = "党员大会", QuorumNeeded = 1, QuorumSource = "过半数", Texts = new Dictionary<string, MeetingTexts> { ["en"] = new("Member assembly", "more than half") },
        }));
        Start();
        await Until.TrueAsync(() => View.Meeting is { TypeName: "党员大会", QuorumSource: "过半数" }, "the meeting");
        await OpenAsync(TouchActionKind.Meetings);
        Player.Touch(new TouchAction(TouchActionKind.Language));
        await Until.TrueAsync(
            () => View is { Language: "en", Meeting: { TypeName: "Member assembly", QuorumSource: "more than half" } shown } && shown.Title == meeting.Title, "the meeting in English");
        Assert.Equal("Member assembly", Assert.Single(View.Touch!.Meetings).TypeName);
        Player.Touch(new TouchAction(TouchActionKind.Language));
        await Until.TrueAsync(() => View.Meeting is { TypeName: "党员大会" }, "Chinese again");
    }

    [Fact]
    public async Task Practice_leaves_nothing_in_the_journal_and_tells_the_hub_nothing()
    {
        await StartAsync(TimeSpan.FromHours(5));
        await OpenAsync(TouchActionKind.Practice);
        await Until.TrueAsync(() => View.Touch?.Practice is not null, "practice");
        var practised = await Player.ReadCardAsync(PracticeCard.TextOf('A'), Ct);
        Assert.Equal((CheckInViewKind.Done, "A", null), (practised.Kind, practised.PracticeCard, practised.PointsGranted));
        await Until.TrueAsync(() => View.CheckIn?.Id == practised.Id && View.Touch?.Practice?.Arrivals.Count == 1, "the practised result");

        // One's own card is practised with too while nothing is open.
        var own = await Player.ReadCardAsync(Given.Card(zhang), Ct);
        Assert.Equal((CheckInViewKind.Done, "own"), (own.Kind, own.PracticeCard));
        Player.Touch(new TouchAction(TouchActionKind.PracticeCard));
        await Until.TrueAsync(() => View.CheckIn is { Kind: CheckInViewKind.AlreadyDone, PracticeCard: "A" }, "the offered card");
        Assert.False(View.Personal);
        Player.Touch(new TouchAction(TouchActionKind.Close));
        await Until.TrueAsync(() => View.Touch is null, "the end");
        Assert.Empty(Hub.Uploads);
        Assert.Empty(Hub.SummaryRequests);
        Assert.All(Hub.Statuses, s => Assert.Equal(0, s.JournalPending));
        Assert.DoesNotContain(Hub.Receipts, r => r.Subject == ReceiptSubject.Notice);
    }

    [Fact]
    public async Task Practice_card_outside_practice_is_refused_by_name()
    {
        await StartAsync(TimeSpan.FromMinutes(5));
        var view = await Player.ReadCardAsync(PracticeCard.TextOf('B').ToLowerInvariant(), Ct);
        Assert.Equal((CheckInViewKind.Refused, "practice_card", null), (view.Kind, view.Outcome, view.PracticeCard));
        Assert.Empty(Hub.Uploads);
    }

    [Fact]
    public async Task Practice_gives_way_to_a_meeting_that_opens_and_the_card_counts()
    {
        await StartAsync(TimeSpan.FromHours(5));
        await OpenAsync(TouchActionKind.Practice);
        await Until.TrueAsync(() => View.Touch?.Practice is not null, "practice");
        GivenMeetingIn(TimeSpan.FromMinutes(5));
        Hub.Push(Hub.Feeds[FeedKeys.Room(Given.RoomId)]);
        await Until.TrueAsync(() => View is { Touch: null, Meeting: not null }, "the meeting");
        Assert.Null((await Player.ReadCardAsync(Given.Card(zhang), Ct)).PracticeCard);
        await Until.TrueAsync(() => Hub.CheckIns.Count == 1, "the check-in");
    }

    [Fact]
    public async Task Real_card_during_an_open_check_in_is_a_check_in_whatever_page_is_open()
    {
        await StartAsync(TimeSpan.FromMinutes(5));
        await OpenAsync(TouchActionKind.Notices);
        var view = await Player.ReadCardAsync(Given.Card(zhang), Ct);
        Assert.Equal(CheckInViewKind.Done, view.Kind);
        await Until.TrueAsync(() => Hub.CheckIns.Count == 1, "the check-in");
    }

    [Fact]
    public async Task Who_asks_for_their_page_is_checked_in_first_when_a_meeting_is_open()
    {
        Hub.Summary = _ => new CardSummaryReply(null, new CardSummary("张*三", 18, 0, [], [], null));
        await StartAsync(TimeSpan.FromMinutes(5));
        await OpenAsync(TouchActionKind.Own);
        var view = await Player.ReadCardAsync(Given.Card(zhang), Ct);
        Assert.Equal(CheckInViewKind.Done, view.Kind);
        await Until.TrueAsync(() => Hub.CheckIns.Count == 1, "the check-in");
        await Until.TrueAsync(() => View.Touch?.Own is { State: OwnState.Shown } && View.Personal, "the page");
    }

    [Fact]
    public async Task Who_asks_for_their_page_without_a_meeting_gets_it_and_no_refusal()
    {
        Hub.Summary = _ => new CardSummaryReply(null, new CardSummary("张*三", 18, 0, [], [], null));
        await StartAsync(TimeSpan.FromHours(5));
        await OpenAsync(TouchActionKind.Own);
        Assert.Equal(CheckInViewKind.OnlyAsked, (await Player.ReadCardAsync(Given.Card(zhang), Ct)).Kind);
        await Until.TrueAsync(() => View.Touch?.Own?.Summary?.PointsAvailable == 18, "the page");
        Assert.Null(View.CheckIn);
        Assert.Empty(Hub.Uploads);
        Assert.True(View.Personal);
        Player.Touch(new TouchAction(TouchActionKind.Close));
        await Until.TrueAsync(() => View is { Touch: null, Personal: false }, "the end");
    }

    [Fact]
    public async Task Forged_card_opens_nobodys_page()
    {
        await StartAsync(TimeSpan.FromHours(5));
        await OpenAsync(TouchActionKind.Own);
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        Assert.Equal((CheckInViewKind.Refused, "unknown_card"), ((await Player.ReadCardAsync(Given.Card(zhang, key: other), Ct)) is var v ? (v.Kind, v.Outcome) : default));
        Assert.Empty(Hub.SummaryRequests);
        await Until.TrueAsync(() => View.Touch?.Own?.State == OwnState.AskCard, "still asking");
    }

    [Fact]
    public async Task Touch_pages_show_todays_meetings_and_the_notices_of_the_audience()
    {
        await StartAsync(TimeSpan.FromMinutes(5));
        var now = TimeProvider.System.GetUtcNow();
        NoticeItem Notice(string title, Disclosure level, DateTimeOffset expiry) => new(
            Guid.NewGuid(), 1, NoticeKind.Ticker, NoticeUrgency.Normal, title, "内容", "支部", now.AddMinutes(-1), expiry, level, null, null);
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public,
            [Notice("看得到", Disclosure.Public, now.AddHours(1)), Notice("不给看", Disclosure.Restricted, now.AddHours(1)), Notice("过期", Disclosure.Public, now.AddSeconds(-1))])));
        await OpenAsync(TouchActionKind.Notices);
        await Until.TrueAsync(() => View.Touch?.Notices.Count == 1, "the notice");
        Assert.Equal("看得到", View.Touch!.Notices[0].Title);
        Assert.True(Assert.Single(View.Touch.Meetings).CheckInOpen);
        Assert.False(View.Touch.MayPractise);
    }
}
