using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.Touch;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Touch;

public sealed partial class TouchDeskTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private static readonly TouchRoom Room = new(MayOpen: true, MayPractise: true, Elder: false, "zh-CN");
    private static readonly CardSummary Summary = new("张*三", 18, 0, [], [], null);

    private readonly FakeTimeProvider time = new(Start);
    private readonly FakeHub hub = new();
    private readonly OpenLink open = new();
    private readonly TouchDesk desk;

    public TouchDeskTests()
    {
        var clock = new PlayerClock(time, new FakeBoot(time), null);
        clock.Synchronise(Start, clock.MonotonicMs);
        desk = new TouchDesk(clock, open, time);
        desk.Tick(Room);
    }

    private void Do(TouchActionKind kind, Guid? id = null) => desk.Take(new TouchAction(kind, id));

    private void After(TimeSpan wait, TouchRoom? room = null)
    {
        time.Advance(wait);
        desk.Tick(room ?? Room);
    }

    private static CheckInView Result(CheckInViewKind kind = CheckInViewKind.Done) => new(Guid.NewGuid(), kind, null, "张*三", false, 2, Start.AddSeconds(3));

    private async Task ConnectAsync()
    {
        hub.Claimed = true;
        _ = await hub.GetPairingAsync(Guid.Empty, "t", TestContext.Current.CancellationToken);
        open.Hold(hub.CreateLink("t"));
    }

    [Fact]
    public void Touch_opens_home_and_only_once()
    {
        Assert.Null(desk.Visit);
        Do(TouchActionKind.Home);
        Assert.Null(desk.Visit);
        Do(TouchActionKind.Open);
        Assert.Equal(TouchPage.Home, desk.Visit!.Page);
        var id = desk.Visit.Id;
        Do(TouchActionKind.Notices);
        Do(TouchActionKind.Open);
        Assert.Equal((id, TouchPage.Notices), (desk.Visit.Id, desk.Visit.Page));
    }

    [Fact]
    public void Back_leads_up_step_by_step_and_out()
    {
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Notices);
        Do(TouchActionKind.Notice, Guid.NewGuid());
        Do(TouchActionKind.Back);
        Assert.Equal((TouchPage.Notices, null), (desk.Visit!.Page, desk.Visit.Notice));
        Do(TouchActionKind.Back);
        Assert.Equal(TouchPage.Home, desk.Visit!.Page);
        Do(TouchActionKind.Back);
        Assert.Null(desk.Visit);
    }

    [Fact]
    public void Idle_visit_asks_and_then_ends_and_going_on_gives_the_whole_time_again()
    {
        Do(TouchActionKind.Open);
        After(TouchDesk.Idle - TimeSpan.FromSeconds(1));
        Assert.Null(desk.Visit!.EndsAt);
        After(TimeSpan.FromSeconds(1));
        Assert.Equal(Start + TouchDesk.Idle + TouchDesk.Warning, desk.Visit!.EndsAt);
        After(TouchDesk.Warning - TimeSpan.FromSeconds(1));
        Do(TouchActionKind.Stay);
        Assert.Null(desk.Visit!.EndsAt);
        After(TouchDesk.Idle - TimeSpan.FromSeconds(1));
        Assert.Null(desk.Visit!.EndsAt);
        After(TimeSpan.FromSeconds(1));
        Assert.NotNull(desk.Visit!.EndsAt);
        Assert.Equal(TouchDesk.Warning, desk.DueIn);
        After(TouchDesk.Warning);
        Assert.Null(desk.Visit);
    }

    [Fact]
    public void Visit_during_an_open_check_in_gives_the_screen_back_sooner_and_still_asks()
    {
        var busy = Room with { CheckInOpen = true };
        desk.Tick(busy);
        Do(TouchActionKind.Open);
        After(TouchDesk.BusyIdle, busy);
        Assert.Equal(Start + TouchDesk.BusyIdle + TouchDesk.Warning, desk.Visit!.EndsAt);
        After(TouchDesk.Warning, busy);
        Assert.Null(desk.Visit);
    }

    [Fact]
    public void Letters_and_language_are_this_visits_own()
    {
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Elder);
        Do(TouchActionKind.Language);
        Assert.Equal((true, "en"), (desk.Visit!.Elder, Room.LanguageOf(desk.Visit)));
        Do(TouchActionKind.Elder);
        Assert.False(desk.Visit.Elder);
        Do(TouchActionKind.Close);
        Do(TouchActionKind.Open);
        Assert.Equal((null, "zh-CN"), (desk.Visit!.Elder, Room.LanguageOf(desk.Visit)));
    }

    [Fact]
    public void Elder_display_can_be_made_small_for_a_visit()
    {
        desk.Tick(Room with { Elder = true });
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Elder);
        Assert.False(desk.Visit!.Elder);
    }

    [Fact]
    public async Task Own_page_waits_for_a_card_and_shows_that_cards_holder()
    {
        await ConnectAsync();
        hub.Summary = _ => new CardSummaryReply(null, Summary);
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Own);
        Assert.True(desk.AsksForCard);
        Assert.False(desk.Visit!.IsPersonal);
        desk.ShowOwn("CARD");
        await Until.TrueAsync(() => desk.Visit?.Own?.State == OwnState.Shown, "the page");
        Assert.True(desk.Visit!.IsPersonal);
        Assert.Equal(Summary, desk.Visit.Own!.Summary);
        Assert.Equal(new CardSummaryRequest("CARD", "zh-CN"), Assert.Single(hub.SummaryRequests));
        After(TouchDesk.OwnIdle + TouchDesk.Warning);
        Assert.Null(desk.Visit);
    }

    [Fact]
    public async Task Own_page_without_a_network_says_so()
    {
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Own);
        desk.ShowOwn("CARD");
        await Until.TrueAsync(() => desk.Visit?.Own?.State == OwnState.Failed, "the refusal");
        Assert.Equal("hub_unreachable", desk.Visit!.Own!.Problem);
    }

    [Fact]
    public async Task Refused_card_is_named_by_its_code()
    {
        await ConnectAsync();
        hub.Summary = _ => new CardSummaryReply("revoked_card", null);
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Own);
        desk.ShowOwn("CARD");
        await Until.TrueAsync(() => desk.Visit?.Own?.State == OwnState.Failed, "the refusal");
        Assert.Equal("revoked_card", desk.Visit!.Own!.Problem);
    }

    [Fact]
    public async Task Late_answer_meets_nobody_else()
    {
        await ConnectAsync();
        using var answer = new ManualResetEventSlim();
        hub.Summary = request =>
        {
            _ = request.Card != "FIRST" || answer.Wait(TimeSpan.FromSeconds(30));
            return new CardSummaryReply(null, Summary with { MaskedName = request.Card });
        };
        var names = new List<string?>();
        desk.Changed += () => names.Add(desk.Visit?.Own?.Summary?.MaskedName);
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Own);
        desk.ShowOwn("FIRST");
        await Until.TrueAsync(() => hub.SummaryRequests.Count == 1, "the question");
        Do(TouchActionKind.Close);
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Own);
        answer.Set();
        desk.ShowOwn("SECOND");
        await Until.TrueAsync(() => desk.Visit?.Own?.State == OwnState.Shown, "the second page");
        Assert.Equal("SECOND", desk.Visit!.Own!.Summary!.MaskedName);
        Assert.DoesNotContain("FIRST", names);
    }

    [Fact]
    public async Task Button_on_the_result_opens_that_cards_page_for_ten_seconds()
    {
        await ConnectAsync();
        hub.Summary = _ => new CardSummaryReply(null, Summary);
        var result = Result();
        desk.CardTaken(result, "CARD");
        Assert.Null(desk.Visit);
        Do(TouchActionKind.Mine, Guid.NewGuid());
        Assert.Null(desk.Visit);
        Do(TouchActionKind.Mine, result.Id);
        await Until.TrueAsync(() => desk.Visit?.Own?.State == OwnState.Shown, "the page");
        Do(TouchActionKind.Close);
        After(TimeSpan.FromSeconds(10));
        Do(TouchActionKind.Mine, result.Id);
        Assert.Null(desk.Visit);
    }

    [Fact]
    public void Refused_card_opens_nobodys_page()
    {
        var result = Result(CheckInViewKind.Refused);
        desk.CardTaken(result, "CARD");
        Do(TouchActionKind.Mine, result.Id);
        Assert.Null(desk.Visit);
    }

    [Fact]
    public async Task New_card_wins_over_an_open_own_page_and_wipes_it_at_once()
    {
        await ConnectAsync();
        hub.Summary = _ => new CardSummaryReply(null, Summary);
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Elder);
        Do(TouchActionKind.Own);
        desk.ShowOwn("CARD");
        await Until.TrueAsync(() => desk.Visit?.Own?.State == OwnState.Shown, "the page");
        desk.CardTaken(Result(), "OTHER");
        Assert.Null(desk.Visit!.Own);
        Assert.True(desk.Visit.Elder);
        After(TimeSpan.FromSeconds(3));
        Assert.Null(desk.Visit);
    }

    [Fact]
    public void Takeover_ends_a_visit_and_lets_none_begin()
    {
        Do(TouchActionKind.Open);
        After(TimeSpan.Zero, Room with { MayOpen = false });
        Assert.Null(desk.Visit);
        Do(TouchActionKind.Open);
        Assert.Null(desk.Visit);
    }

    [Fact]
    public void Card_while_it_asks_whether_to_go_on_is_answered_and_nothing_asks_over_the_answer()
    {
        Do(TouchActionKind.Open);
        After(TouchDesk.Idle);
        Assert.NotNull(desk.Visit!.EndsAt);
        desk.CardTaken(Result(), "CARD");
        After(TimeSpan.FromSeconds(1));
        Assert.Null(desk.Visit!.EndsAt);
        After(TimeSpan.FromSeconds(2));
        Assert.Null(desk.Visit);
    }

    [Fact]
    public void Host_at_the_panel_keeps_letters_and_language_and_leaves_no_page_behind()
    {
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Language);
        var hosting = Room with { Hosting = true };
        After(TimeSpan.Zero, hosting);
        After(TouchDesk.Idle + TouchDesk.Warning, hosting);
        Assert.Equal(("en", null), (Room.LanguageOf(desk.Visit), desk.Visit!.EndsAt));
        After(TimeSpan.FromSeconds(1));
        Assert.Null(desk.Visit);
        Do(TouchActionKind.Open);
        After(TimeSpan.FromSeconds(1));
        Assert.NotNull(desk.Visit);
    }
}
