using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using static Kiosk.Scheduling.Tests.Given;

namespace Kiosk.Scheduling.Tests;

public class ScheduleResolverTests
{
    private static readonly DateTimeOffset Noon = Utc(2026, 11, 22, 4); // 12:00 in Shanghai

    private static Resolution Resolve(DisplaySchedule schedule, DateTimeOffset? now = null, IReadySet? ready = null) =>
        ScheduleResolver.Resolve(schedule, ready ?? ReadySet.Everything, now ?? Noon);

    private static ScheduleEvent AllDay(int id, int priority = 0, Disclosure disclosure = Disclosure.Public) =>
        Event(id, Local(2026, 11, 22), Local(2026, 11, 23), priority: priority, disclosure: disclosure);

    [Fact]
    public void Empty_documents_show_the_splash_screen()
    {
        var shown = Resolve(Compiled(Display()));
        Assert.Equal("splash", shown.Rule);
        Assert.Null(shown.Content);
        Assert.True(shown.NextChange > Noon);
    }

    [Fact]
    public void Default_content_of_the_most_specific_scope_wins()
    {
        var shown = Resolve(Compiled(
            Display(),
            Schedule(Scopes.Org(Head)).WithDefault(1),
            Schedule(Scopes.Group(GroupId)).WithDefault(2),
            Schedule(Scopes.Org(Branch)).WithDefault(3)));
        Assert.Equal(("default", Content(2)), (shown.Rule, shown.Content));
    }

    [Fact]
    public void Default_content_that_is_not_ready_gives_way_to_the_next()
    {
        var schedule = Compiled(Display(), Schedule(Scopes.Display(DisplayId)).WithDefault(1), Schedule(Scopes.Org(Head)).WithDefault(2));
        Assert.Equal(Content(2), Resolve(schedule, ready: ReadySet.Of((c, _) => c != Content(1))).Content);
    }

    [Theory]
    [InlineData("display", "room")]
    [InlineData("room", "group")]
    [InlineData("group", "tag")]
    [InlineData("tag", "branch")]
    [InlineData("branch", "middle")]
    [InlineData("middle", "head")]
    public void Closer_scope_wins_at_equal_priority(string closer, string wider)
    {
        var scopes = new Dictionary<string, string>
        {
            ["display"] = Scopes.Display(DisplayId),
            ["room"] = Scopes.Room(RoomId),
            ["group"] = Scopes.Group(GroupId),
            ["tag"] = Scopes.Tag(Head, "lobby"),
            ["branch"] = Scopes.Org(Branch),
            ["middle"] = Scopes.Org(Middle),
            ["head"] = Scopes.Org(Head),
        };
        var shown = Resolve(Compiled(Display(), Schedule(scopes[wider], AllDay(9)), Schedule(scopes[closer], AllDay(5))));
        Assert.Equal(Id(5), shown.Event!.Event.Id);
    }

    [Fact]
    public void Higher_priority_beats_a_closer_scope()
    {
        var shown = Resolve(Compiled(Display(), Schedule(Scopes.Display(DisplayId), AllDay(1, 5)), Schedule(Scopes.Org(Head), AllDay(2, 6))));
        Assert.Equal(Id(2), shown.Event!.Event.Id);
    }

    [Fact]
    public void Later_start_wins_then_the_id()
    {
        var early = AllDay(9);
        var late = Event(1, Local(2026, 11, 22, 11), Local(2026, 11, 22, 13));
        Assert.Equal(Id(1), Resolve(Compiled(Display(), Schedule(Scopes.Org(Head), early, late))).Event!.Event.Id);
        Assert.Equal(Id(4), Resolve(Compiled(Display(), Schedule(Scopes.Org(Head), AllDay(3), AllDay(4)))).Event!.Event.Id);
    }

    [Fact]
    public void Interval_is_half_open()
    {
        var schedule = Compiled(Display(), Schedule(Scopes.Org(Head), Event(1, Local(2026, 11, 22, 12), Local(2026, 11, 22, 13))).WithDefault(2));
        Assert.Equal("default", Resolve(schedule, Noon.AddTicks(-1)).Rule);
        Assert.Equal("schedule", Resolve(schedule, Noon).Rule);
        Assert.Equal("schedule", Resolve(schedule, Noon.AddHours(1).AddTicks(-1)).Rule);
        Assert.Equal("default", Resolve(schedule, Noon.AddHours(1)).Rule);
        Assert.Equal(Noon, Resolve(schedule, Noon.AddHours(-3)).NextChange);
        Assert.Equal(Noon.AddHours(1), Resolve(schedule, Noon).NextChange);
    }

    [Fact]
    public void Event_across_midnight_runs_on_both_days()
    {
        var schedule = Compiled(Display(), Schedule(Scopes.Org(Head), Event(1, Local(2026, 11, 2, 22), Local(2026, 11, 3, 6), "FREQ=DAILY")));
        Assert.Equal("schedule", Resolve(schedule, Utc(2026, 11, 22, 15)).Rule); // 23:00
        Assert.Equal("schedule", Resolve(schedule, Utc(2026, 11, 22, 21, 59)).Rule); // 05:59
        Assert.Equal("splash", Resolve(schedule, Utc(2026, 11, 22, 22)).Rule); // 06:00
    }

    [Fact]
    public void What_is_not_for_the_audience_of_the_moment_never_shows()
    {
        var window = new AudienceWindow(Noon.AddHours(1), Noon.AddHours(2), Disclosure.Internal);
        var schedule = Compiled(
            Display(windows: window),
            Schedule(Scopes.Org(Head), AllDay(1, 50, Disclosure.Restricted), AllDay(2, 40, Disclosure.Internal), AllDay(3)));
        Assert.Equal(Id(3), Resolve(schedule).Event!.Event.Id);
        Assert.Equal(window.Start, Resolve(schedule).NextChange);
        Assert.Equal(Id(2), Resolve(schedule, window.Start).Event!.Event.Id);
        Assert.Equal(Id(3), Resolve(schedule, window.End).Event!.Event.Id);
    }

    [Fact]
    public void Lower_audience_window_narrows_the_base_audience()
    {
        var visit = new AudienceWindow(Noon, Noon.AddHours(1), Disclosure.Public);
        var schedule = Compiled(Display(audience: Disclosure.Internal, windows: visit), Schedule(Scopes.Org(Head), AllDay(2, 40, Disclosure.Internal)));
        Assert.Equal("splash", Resolve(schedule).Rule);
        Assert.Equal("schedule", Resolve(schedule, visit.End).Rule);
    }

    [Fact]
    public void Event_without_ready_items_gives_way_to_the_next_best()
    {
        var schedule = Compiled(Display(), Schedule(Scopes.Org(Head), AllDay(1, 9), AllDay(2, 5), AllDay(3, 1)));
        Assert.Equal(Id(2), Resolve(schedule, ready: ReadySet.Of((c, _) => c != Content(1))).Event!.Event.Id);
    }

    [Fact]
    public void Unknown_clock_plays_default_content_and_never_black()
    {
        var schedule = Compiled(
            Display(audience: Disclosure.Internal, windows: new AudienceWindow(Noon, Noon.AddHours(1), Disclosure.Public)),
            Schedule(Scopes.Org(Head), AllDay(1, 9)).WithDefault(2));
        var shown = ScheduleResolver.Resolve(schedule, ReadySet.Everything, Noon.AddHours(5), ClockState.Unknown);
        Assert.Equal(("default", Content(2)), (shown.Rule, shown.Content));
        Assert.Equal(Disclosure.Public, shown.Audience);
        Assert.Equal("clock_unknown", shown.Why.Code);
    }

    [Fact]
    public void Takeover_covers_a_meeting_which_covers_the_schedule()
    {
        var room = new RoomDocument(RoomId, "活动室", [Meeting(1, Noon)]);
        var takeover = Notice(1, NoticeKind.Takeover, Noon.AddMinutes(5), Noon.AddMinutes(6));
        var schedule = DisplaySchedule.Create(
            Display(),
            [CompiledSchedule.Compile(Schedule(Scopes.Org(Head), AllDay(1)), Shanghai)],
            [new NoticesDocument(Scopes.Org(Head), Disclosure.Public, [takeover])],
            room);
        Assert.Equal("schedule", Resolve(schedule, Noon.AddHours(-2)).Rule);
        Assert.Equal(("meeting", MeetingPhase.Before), Phase(schedule, Noon.AddMinutes(-30)));
        Assert.Equal(("meeting", MeetingPhase.During), Phase(schedule, Noon));
        var covered = Resolve(schedule, Noon.AddMinutes(5));
        Assert.Equal(("takeover", "notice 1", "schedule"), (covered.Rule, covered.Title, covered.ContentRule));
        Assert.Equal(Id(1), covered.Meeting!.Meeting.Id);
        Assert.Equal(Noon.AddMinutes(6), covered.NextChange);
        Assert.Equal("meeting", Resolve(schedule, Noon.AddMinutes(6)).Rule);
        Assert.Equal(("meeting", MeetingPhase.After), Phase(schedule, Noon.AddMinutes(60)));
        Assert.Equal("schedule", Resolve(schedule, Noon.AddMinutes(70)).Rule);
    }

    private static (string, MeetingPhase?) Phase(DisplaySchedule schedule, DateTimeOffset at)
    {
        var shown = Resolve(schedule, at);
        return (shown.Rule, shown.Meeting?.Phase);
    }

    [Fact]
    public void Closed_meeting_thanks_for_ten_minutes_and_a_cancelled_one_is_told_until_half_an_hour_after_its_start()
    {
        var closed = Meeting(1, Noon) with { State = MeetingState.Closed, ClosedAt = Noon.AddMinutes(20) };
        var cancelled = Meeting(2, Noon.AddHours(3)) with { State = MeetingState.Cancelled };
        var room = new RoomDocument(RoomId, "活动室", [closed, cancelled]);
        Assert.Equal(MeetingPhase.After, Meetings.At(room, Noon.AddMinutes(29))!.Phase);
        Assert.Null(Meetings.At(room, Noon.AddMinutes(30)));
        Assert.Null(Meetings.At(room, cancelled.CheckInOpens.AddTicks(-1)));
        Assert.Equal(MeetingPhase.Cancelled, Meetings.At(room, cancelled.CheckInOpens)!.Phase);
        Assert.Equal(MeetingPhase.Cancelled, Meetings.At(room, Noon.AddHours(3).AddMinutes(30).AddTicks(-1))!.Phase);
        Assert.Null(Meetings.At(room, Noon.AddHours(3).AddMinutes(30)));
        // What took its place has the room.
        var instead = new RoomDocument(RoomId, "活动室", [cancelled, Meeting(3, Noon.AddHours(3).AddMinutes(10))]);
        Assert.Equal(Id(3), Meetings.At(instead, Noon.AddHours(3))!.Meeting.Id);
    }

    [Fact]
    public void Of_two_meetings_whose_check_in_is_open_the_room_shows_the_one_that_starts_first()
    {
        var room = new RoomDocument(RoomId, "活动室", [Meeting(2, Noon.AddMinutes(11)), Meeting(1, Noon) with { End = Noon.AddMinutes(10) }]);
        Assert.Equal((Id(1), MeetingPhase.Before), (Meetings.At(room, Noon.AddMinutes(-5))!.Meeting.Id, Meetings.At(room, Noon.AddMinutes(-5))!.Phase));
        Assert.Equal(Id(1), Meetings.At(room, Noon)!.Meeting.Id);
        Assert.Equal((Id(2), MeetingPhase.Before), (Meetings.At(room, Noon.AddMinutes(10))!.Meeting.Id, Meetings.At(room, Noon.AddMinutes(10))!.Phase));
    }

    [Fact]
    public void Running_meeting_keeps_the_room_until_the_next_one_starts()
    {
        var room = new RoomDocument(RoomId, "活动室", [Meeting(1, Noon), Meeting(2, Noon.AddMinutes(60))]);
        Assert.Equal(Id(1), Meetings.At(room, Noon.AddMinutes(45))!.Meeting.Id);
        Assert.Equal(Id(2), Meetings.At(room, Noon.AddMinutes(60))!.Meeting.Id);
        Assert.Equal(Id(2), Meetings.NextAfter(room, Noon.AddMinutes(45), Id(1))!.Id);
    }

    [Fact]
    public void Banner_is_the_most_urgent_then_the_newest()
    {
        var until = Noon.AddHours(1);
        var notices = new NoticesDocument(Scopes.Org(Head), Disclosure.Internal,
        [
            Notice(1, NoticeKind.Banner, Noon.AddMinutes(-3), until, NoticeUrgency.Important),
            Notice(2, NoticeKind.Banner, Noon.AddMinutes(-1), until, NoticeUrgency.Important),
            Notice(3, NoticeKind.Banner, Noon, until),
            Notice(4, NoticeKind.Banner, Noon, until, NoticeUrgency.Urgent, Disclosure.Internal),
            Notice(5, NoticeKind.Ticker, Noon.AddMinutes(-9), until),
            Notice(6, NoticeKind.Ticker, Noon, until, NoticeUrgency.Urgent),
            Notice(7, NoticeKind.Ticker, Noon.AddMinutes(-9), Noon),
        ]);
        var shown = Resolve(DisplaySchedule.Create(Display(), [], [notices], null));
        Assert.Equal(Id(2), shown.Banner!.Id);
        Assert.Equal([Id(6), Id(5)], shown.Tickers.Select(t => t.Id));
    }

    [Fact]
    public void Room_of_another_display_is_ignored()
    {
        var room = new RoomDocument(Id(99), "x", [Meeting(1, Noon)]);
        Assert.Equal("splash", Resolve(DisplaySchedule.Create(Display(), [], [], room)).Rule);
    }

    [Fact]
    public void Wider_document_of_the_same_scope_counts_once()
    {
        var narrow = Schedule(Scopes.Org(Head), AllDay(1)) with { Audience = Disclosure.Public };
        var wide = Schedule(Scopes.Org(Head), AllDay(1), AllDay(2)) with { Audience = Disclosure.Internal };
        var explained = ScheduleExplainer.Explain(Compiled(Display(), narrow, wide), ReadySet.Everything, Noon);
        Assert.Equal(["schedule", "id_order"], explained.Reasons.Select(r => r.Code));
    }
}
