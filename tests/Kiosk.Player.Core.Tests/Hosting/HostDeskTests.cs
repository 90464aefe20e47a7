using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Tests.Hosting;

public sealed class HostDeskTests : HostRig
{
    [Fact]
    public async Task Card_and_pin_open_the_menu_without_a_hub()
    {
        PutRoom(Scheduled());
        Assert.Null(Panel);
        await DoAsync(HostCommandKind.Open);
        Assert.Equal((HostStep.Card, null), (Panel!.Step, Panel.Host));
        Assert.True(Hosts.TakeCard(GivenHost.Card(GivenHost.Zhang)));
        Assert.Equal((HostStep.Pin, "张*三"), (Panel!.Step, Panel.Host));
        await DoAsync(HostCommandKind.Pin, GivenHost.Pin);
        Assert.Equal((HostStep.Menu, Given.MeetingId, true), (Panel!.Step, Panel.Meeting!.Id, Panel.Meeting.Started));
    }

    [Fact]
    public async Task Other_peoples_cards_go_on_checking_in_while_the_panel_waits()
    {
        PutRoom(Scheduled());
        Assert.False(Hosts.TakeCard(GivenHost.Card(GivenHost.Zhang))); // the panel is not open
        await DoAsync(HostCommandKind.Open);
        Assert.False(Hosts.TakeCard(GivenHost.Card(GivenHost.Li)));
        Assert.Equal("not_a_host", Panel!.Code);
        Assert.False(Hosts.TakeCard("rubbish"));
        Assert.Equal("card_unread", Panel!.Code);
        Assert.False(Hosts.TakeCard(Given.Card(GivenHost.Zhang, key: System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256))));
    }

    [Fact]
    public async Task Card_that_could_count_for_nothing_here_is_answered_by_the_panel_alone()
    {
        PutRoom(Scheduled() with { State = MeetingState.Cancelled });
        await DoAsync(HostCommandKind.Open);
        Assert.True(Hosts.TakeCard(GivenHost.Card(GivenHost.Li)));
        Assert.Equal((HostStep.Card, "not_a_host"), (Panel!.Step, Panel.Code));
    }

    [Fact]
    public async Task Wrong_pins_lock_longer_each_time_also_over_a_restart_and_the_hub_is_told()
    {
        PutRoom(Scheduled());
        await DoAsync(HostCommandKind.Open);
        Hosts.TakeCard(GivenHost.Card(GivenHost.Zhang));
        await DoAsync(HostCommandKind.Pin, "000000");
        Assert.Equal(("pin_wrong", 2), (Panel!.Code, Panel.TriesLeft));
        await DoAsync(HostCommandKind.Pin, "111111");
        await DoAsync(HostCommandKind.Pin, "222222");
        Assert.Equal(("pin_locked", Time.GetUtcNow().AddSeconds(30)), (Panel!.Code, Panel.LockedUntil));
        await DoAsync(HostCommandKind.Pin, GivenHost.Pin);
        Assert.Equal((HostStep.Pin, "pin_locked"), (Panel!.Step, Panel.Code));
        Assert.Equal(HostActionKind.PinLocked, Assert.Single(Actions.Live).Entry.Kind);

        Restart();
        await DoAsync(HostCommandKind.Open);
        Hosts.TakeCard(GivenHost.Card(GivenHost.Zhang));
        await DoAsync(HostCommandKind.Pin, GivenHost.Pin);
        Assert.Equal("pin_locked", Panel!.Code);
        Time.Advance(TimeSpan.FromSeconds(31));
        await DoAsync(HostCommandKind.Pin, "333333");
        Assert.Equal(Time.GetUtcNow().AddSeconds(60), Panel!.LockedUntil);
        Time.Advance(TimeSpan.FromSeconds(61));
        await DoAsync(HostCommandKind.Open);
        Hosts.TakeCard(GivenHost.Card(GivenHost.Zhang));
        await DoAsync(HostCommandKind.Pin, GivenHost.Pin);
        Assert.Equal(HostStep.Menu, Panel!.Step);
        Assert.Equal(PinTries.None, Actions.Tries(GivenHost.Zhang));
    }

    [Fact]
    public async Task Session_ends_by_itself_and_a_touch_keeps_it()
    {
        PutRoom(Scheduled());
        await SignInAsync();
        Time.Advance(HostSession.Works - TimeSpan.FromSeconds(5));
        Assert.True(Panel!.WarnAt < Time.GetUtcNow());
        await DoAsync(HostCommandKind.Touch);
        Time.Advance(HostSession.Works - TimeSpan.FromSeconds(1));
        Assert.NotNull(Panel);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Panel);
        await DoAsync(HostCommandKind.Close);
        Assert.Empty(Actions.Live);
        await DoAsync(HostCommandKind.Open);
        Time.Advance(HostSession.Waits);
        Assert.False(Hosts.TakeCard(GivenHost.Card(GivenHost.Zhang)));
    }

    [Fact]
    public async Task Every_action_is_on_the_disk_and_on_this_screen_at_once()
    {
        PutRoom(Scheduled());
        await SignInAsync();
        var end = Meeting().End;
        await DoAsync(HostCommandKind.Agenda, number: 1);
        await DoAsync(HostCommandKind.Extend, number: 30);
        await DoAsync(HostCommandKind.Count);
        await DoAsync(HostCommandKind.TakeOver);
        var state = MeetingRuns.Fold(Meeting().Run!);
        Assert.Equal((1, end.AddMinutes(30), 1, "张*三"), (state.Point, Meeting().End, state.Frozen!.Count.VotingPresent, state.Leads));
        Assert.Equal(end.AddMinutes(30), Meeting().CheckInCloses);
        Assert.True(Panel!.Meeting!.LeadsMe);
        Assert.Equal(4, Kicks);

        Restart();
        state = MeetingRuns.Fold(Meeting().Run!);
        Assert.Equal((1, end.AddMinutes(30), 1), (state.Point, state.End, state.Frozen!.Number));
        Time.Advance(TimeSpan.FromSeconds(5));
        await SignInAsync();
        await DoAsync(HostCommandKind.CountEnd);
        Assert.Null(MeetingRuns.Fold(Meeting().Run!).Frozen);
        Time.Advance(TimeSpan.FromSeconds(5));
        await DoAsync(HostCommandKind.Close);
        Assert.Equal(MeetingState.Closed, Meeting().State);
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(Panel!.Meeting!.ReopenUntil);
        await DoAsync(HostCommandKind.Reopen);
        Assert.Equal(MeetingState.Scheduled, Meeting().State);
    }

    [Fact]
    public async Task Host_who_signs_in_is_checked_in_by_the_same_card()
    {
        PutRoom(Scheduled());
        await SignInAsync();
        await Until.TrueAsync(() => CheckIns.PendingCount == 1, "the host's check-in");
        Assert.True(CheckIns.IsPending(Given.MeetingId, GivenHost.Zhang));
    }

    [Fact]
    public async Task Scheduled_meeting_begins_early_and_nobody_is_late_for_it()
    {
        PutRoom(Scheduled(startsInMinutes: 40));
        await SignInAsync();
        Assert.False(Panel!.Meeting!.Started);
        await DoAsync(HostCommandKind.Begin);
        Assert.Equal((Time.GetUtcNow(), Time.GetUtcNow()), (Meeting().Start, Meeting().CheckInOpens));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await Desk.ReadAsync(GivenHost.Card(GivenHost.Li), Ct)).Late);
    }

    [Fact]
    public async Task Kiosk_without_a_clock_does_not_host_and_says_why()
    {
        PutRoom(Scheduled());
        Close();
        Open(synchronised: false);
        await DoAsync(HostCommandKind.Open);
        Assert.Equal("clock_unknown", Panel!.Code);
        Hosts.TakeCard(GivenHost.Card(GivenHost.Zhang));
        await DoAsync(HostCommandKind.Pin, GivenHost.Pin);
        Assert.Equal((HostStep.Pin, "clock_unknown"), (Panel!.Step, Panel.Code));
    }

    [Fact]
    public async Task Full_disk_is_said_and_nothing_changes_on_the_screen()
    {
        PutRoom(Scheduled());
        await SignInAsync();
        var pages = Actions.File.Query("PRAGMA page_count", r => r.GetInt64(0))[0];
        Actions.File.Query($"PRAGMA max_page_count={pages}", r => r.GetInt64(0));
        for (var n = 0; n < 200 && Panel!.Code is null; n++)
        {
            await DoAsync(HostCommandKind.Agenda, number: n % 3);
        }

        Assert.Equal("journal_failed", Panel!.Code);
        var point = MeetingRuns.Fold(Meeting().Run!).Point;
        await DoAsync(HostCommandKind.Agenda, number: (point + 1) % 3);
        Assert.Equal(point, MeetingRuns.Fold(Meeting().Run!).Point);
    }

    [Theory]
    [InlineData(HostCommandKind.Extend, 45, "not_now")]
    [InlineData(HostCommandKind.Agenda, 3, "not_now")]
    [InlineData(HostCommandKind.Agenda, -1, "not_now")]
    [InlineData(HostCommandKind.CountEnd, null, "not_now")]
    [InlineData(HostCommandKind.Start, null, "not_now")]
    public async Task What_makes_no_sense_now_is_refused(HostCommandKind kind, int? number, string code)
    {
        PutRoom(Scheduled());
        await SignInAsync();
        await DoAsync(kind, number: number, unit: Given.OrgId, type: "Other");
        Assert.Equal(code, Panel!.Code);
        Assert.Empty(Actions.Live);
    }

    [Fact]
    public async Task Meeting_of_another_unit_cannot_be_run_nor_one_started_beside_it()
    {
        Put(FeedKeys.Room(Given.RoomId), GivenHost.Room([GivenHost.Host(GivenHost.Zhang)], Scheduled()));
        await SignInAsync();
        Assert.Null(Panel!.Meeting);
        Assert.Empty(Panel.Units);
        await DoAsync(HostCommandKind.Close);
        Assert.Equal(("not_now", 0), (Panel!.Code, Actions.Live.Count));
    }
}
