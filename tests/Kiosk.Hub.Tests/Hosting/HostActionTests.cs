using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Hosting;

public sealed class HostActionTests
{
    [Fact]
    public async Task Actions_of_a_host_run_the_meeting_and_the_room_document_says_so()
    {
        await using var evening = await HostEvening.StartAsync();
        var planned = await evening.RoomMeetingAsync();
        Assert.Null(planned.Run);
        await evening.Evening.ScanAsync(evening.Card);
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Begin)));
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Agenda) with { Point = 1 }));
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Extend) with { Until = planned.End.AddMinutes(15) }));
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Count) with { Count = new VoteCount(3, 1, 3, 1, 2) }));
        var meeting = await evening.RoomMeetingAsync();
        Assert.Equal((evening.Now, planned.End.AddMinutes(15), planned.End.AddMinutes(15)), (meeting.Start, meeting.End, meeting.CheckInCloses));
        Assert.Equal((planned.Start, planned.End, 4), (meeting.Run!.PlannedStart, meeting.Run.PlannedEnd, meeting.Run.Actions.Count));
        Assert.All(meeting.Run.Actions, action => Assert.Equal("张*一", action.By));
        var run = await evening.RunAsync();
        Assert.Equal((1, 1, 1), (run.Point, run.Frozen!.Number, run.Frozen.Count.VotingPresent));
        Assert.All(run.Actions, action => Assert.Equal(("张小一", "党员活动室"), (action.By, action.Where)));

        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Close)));
        Assert.Equal((MeetingState.Closed, evening.Now), ((await evening.RoomMeetingAsync()).State, (await evening.RoomMeetingAsync()).ClosedAt));
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(5));
        await evening.DoAsync(evening.Act(HostActionKind.Reopen));
        Assert.Equal(MeetingState.Scheduled, (await evening.RoomMeetingAsync()).State);
        Assert.Null((await evening.RunAsync()).Frozen);
        Assert.Single((await evening.RunAsync()).Counts);
    }

    [Fact]
    public async Task Member_without_the_right_is_refused_and_the_attempt_is_kept_with_its_code()
    {
        await using var evening = await HostEvening.StartAsync();
        var stranger = await evening.Evening.CardAsync(1);
        Assert.Equal(HostActionOutcome.NotHost, await evening.OutcomeAsync(evening.Act(HostActionKind.Close) with { Card = stranger }));
        Assert.Equal(HostActionOutcome.NotHost, await evening.OutcomeAsync(evening.Start(Guid.CreateVersion7()) with { Card = stranger }));
        Assert.Equal(MeetingState.Scheduled, (await evening.RoomMeetingAsync()).State);
        var kept = Assert.Single((await evening.RunAsync()).Actions);
        Assert.Equal((HostActionKind.Close, HostActionOutcome.NotHost, evening.Evening.Members[1].Name), (kept.Kind, kept.Outcome, kept.By));
        var events = await evening.Evening.Host.GetAsync<Page<HostEventView>>("/api/host-events");
        Assert.Equal(2, events.Items.Count(one => one.Outcome == HostActionOutcome.NotHost));
    }

    [Fact]
    public async Task Deputy_whom_the_meeting_names_takes_over_without_any_mark()
    {
        await using var evening = await HostEvening.StartAsync();
        var (desk, deputy, card) = (evening.Evening.Host, evening.Evening.Members[1].Id, await evening.Evening.CardAsync(1));
        await desk.PutAsync<MemberHostView>($"/api/members/{deputy}/host-pin", new HostPinInput("480215"));
        Assert.Equal(HostActionOutcome.NotHost, await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver) with { Card = card }));
        Assert.DoesNotContain((await evening.RoomAsync()).Hosts ?? [], host => host.MemberId == deputy);

        var revision = (await desk.GetAsync<MeetingDetail>($"/api/meetings/{evening.MeetingId}")).Revision;
        var input = evening.Hub.MeetingInputFor(evening.Evening.RoomId) with { HostMemberIds = [evening.Evening.Members[0].Id, deputy], Revision = revision };
        await desk.PutAsync<MeetingDetail>($"/api/meetings/{evening.MeetingId}", input);

        var named = Assert.Single((await evening.RoomAsync()).Hosts!, host => host.MemberId == deputy);
        Assert.Empty(named.UnitIds);
        Assert.Equal(evening.MeetingId, Assert.Single(named.MeetingIds));
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver) with { Card = card }));
        Assert.Equal(HostActionOutcome.NotHost, await evening.OutcomeAsync(evening.Start(Guid.CreateVersion7()) with { Card = card }));
    }

    [Fact]
    public async Task Host_of_another_unit_is_refused_and_one_above_is_not()
    {
        await using var evening = await HostEvening.StartAsync();
        var branch = await evening.Hub.CreateOrgUnitAsync("第一支部", evening.Hub.RootUnitId);
        var other = await evening.Hub.CreateOrgUnitAsync("第二支部", evening.Hub.RootUnitId);
        var theirs = await HubApplication.AddMemberAsync(evening.Evening.Host, "李书记", other);
        var card = await evening.Hub.MakeHostAsync(evening.Evening.Host, theirs.Id);
        await HubApplication.AddMemberAsync(evening.Evening.Host, "王群众", branch);
        Assert.Equal(HostActionOutcome.NotHost, await evening.OutcomeAsync(evening.Act(HostActionKind.Close) with { Card = card }));
        Assert.Equal(HostActionOutcome.NotHost, await evening.OutcomeAsync(evening.Start(Guid.CreateVersion7(), unitId: branch) with { Card = card }));
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Start(Guid.CreateVersion7(), unitId: branch)));
        var hosts = (await evening.RoomAsync()).Hosts!;
        Assert.DoesNotContain(evening.MeetingId, hosts.Single(host => host.MemberId == theirs.Id).MeetingIds);
        Assert.Contains(evening.MeetingId, hosts.Single(host => host.MemberId == evening.Evening.Members[0].Id).MeetingIds);
    }

    [Fact]
    public async Task Same_action_again_is_answered_as_the_first_time_and_another_under_its_id_is_a_conflict()
    {
        await using var evening = await HostEvening.StartAsync();
        var extend = evening.Act(HostActionKind.Extend) with { Until = evening.Evening.Meeting.End.AddMinutes(30) };
        var results = await evening.Hub.UploadActionsAsync(evening.Evening.DisplayId, extend, extend);
        Assert.All(results, result => Assert.Equal(HostActionOutcome.Applied, result.Outcome));
        Assert.Equal(results[0], await evening.DoAsync(extend));
        Assert.Equal(HostActionOutcome.Conflict, await evening.OutcomeAsync(extend with { Until = extend.Until!.Value.AddHours(1) }));
        Assert.Single((await evening.RunAsync()).Actions);
        Assert.Equal(evening.Evening.Meeting.End.AddMinutes(30), (await evening.RunAsync()).End);
    }

    [Fact]
    public async Task Unscheduled_meeting_comes_before_its_check_ins_and_takes_them()
    {
        await using var evening = await HostEvening.StartAsync();
        evening.Evening.Time.Skip(TimeSpan.FromHours(3));
        var (id, began) = (Guid.CreateVersion7(), evening.Now.AddMinutes(-40));
        Assert.Equal(new HostActionResult(default, HostActionOutcome.Applied, id), await evening.DoAsync(evening.Start(id, began)) with { Id = default });
        var scan = await evening.Evening.ScanAsync(await evening.Evening.CardAsync(1), began.AddMinutes(20), meetingId: id);
        Assert.Equal(CheckInOutcome.Accepted, scan.Outcome);
        Assert.False(scan.Late);
        var meeting = await evening.RoomMeetingAsync(id);
        Assert.Equal(("主题党日", began, began, 3), (meeting.Title, meeting.Start, meeting.CheckInOpens, meeting.Roster.Count));
        Assert.Contains((await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(evening.Evening.DisplayId)))!.CheckInKeys, key => key.MeetingId == id);
    }

    [Fact]
    public async Task Whoever_starts_a_meeting_at_a_kiosk_is_named_on_its_papers()
    {
        await using var evening = await HostEvening.StartAsync();
        evening.Evening.Time.Skip(TimeSpan.FromHours(3));
        var id = Guid.CreateVersion7();
        await evening.DoAsync(evening.Start(id, evening.Now));
        foreach (var paper in new[] { "sheet", "minutes" })
        {
            var page = await evening.Evening.Host.Http.GetStringAsync($"/print/meetings/{id}/{paper}?lang=zh-CN", TestContext.Current.CancellationToken);
            Assert.Contains($"<dt>主持人</dt><dd>{evening.Evening.Members[0].Name}</dd>", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Printed_minutes_tell_every_count_before_a_vote_who_led_and_when_it_really_ended()
    {
        await using var evening = await HostEvening.StartAsync();
        await evening.DeskAsync(HostActionKind.TakeOver);
        await evening.DeskAsync(HostActionKind.Count);
        await evening.DeskAsync(HostActionKind.Close);
        var run = await evening.RunAsync();
        var page = System.Net.WebUtility.HtmlDecode(await evening.Evening.Host.Http.GetStringAsync($"/print/meetings/{evening.MeetingId}/minutes?lang=zh-CN", TestContext.Current.CancellationToken));
        var count = Assert.Single(run.Counts).Count;
        Assert.Contains($"应到 {count.Expected} 人，实到 {count.Present} 人；有表决权应到 {count.VotingExpected} 人，到会 {count.VotingPresent} 人。", page, StringComparison.Ordinal);
        Assert.Contains("第 1 次表决前清点", page, StringComparison.Ordinal);
        Assert.Contains("结束）", page, StringComparison.Ordinal);
        Assert.Matches("现场主持：[^*）]+）", page);
    }

    [Fact]
    public async Task Two_kiosks_that_started_the_same_meeting_offline_have_one_and_lose_no_check_in()
    {
        await using var evening = await HostEvening.StartAsync();
        evening.Evening.Time.Skip(TimeSpan.FromHours(3));
        var second = await evening.Hub.AddDisplayAsync(evening.Evening.RoomId);
        var (first, later, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), evening.Now);
        var (li, wang) = (await evening.Evening.CardAsync(1), await evening.Evening.CardAsync(2));

        // The kiosk that started later reaches the hub first.
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Start(later, now.AddMinutes(-50)), second));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.Hub.UploadScansAsync(second, evening.Hub.CardScan(later, wang, now.AddMinutes(-45))))[0].Outcome);
        var joined = await evening.DoAsync(evening.Start(first, now.AddMinutes(-55)));
        Assert.Equal((HostActionOutcome.Joined, later), (joined.Outcome, joined.MeetingId));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.Evening.ScanAsync(li, now.AddMinutes(-53), meetingId: first)).Outcome);
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.Evening.ScanAsync(wang, now.AddMinutes(-44), meetingId: first)).Outcome);
        var closed = await evening.DoAsync(evening.Act(HostActionKind.Close, first, now.AddMinutes(-5)));
        Assert.Equal((HostActionOutcome.Applied, later), (closed.Outcome, closed.MeetingId));

        var meeting = await evening.RoomMeetingAsync(later);
        Assert.Equal((now.AddMinutes(-55), now.AddMinutes(-5)), (meeting.Start, meeting.ClosedAt));
        Assert.Equal([first], meeting.Run!.Joined);
        var attendance = (await evening.Hub.ReadFeedAsync<AttendanceDocument>(FeedKeys.Attendance(evening.Evening.RoomId)))!.Meetings.Single(m => m.MeetingId == later);
        await Eventually.TrueAsync(
            async Task<bool> () => (await evening.Hub.ReadFeedAsync<AttendanceDocument>(FeedKeys.Attendance(evening.Evening.RoomId)))!.Meetings.Single(m => m.MeetingId == later).Present == 2,
            TestContext.Current.CancellationToken);
        Assert.Equal(3, attendance.Expected);
    }

    [Fact]
    public async Task Actions_of_two_kiosks_give_the_same_meeting_in_whatever_order_they_arrive()
    {
        var ends = new List<string>();
        foreach (var order in (int[][])[[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 3, 1]])
        {
            await using var evening = await HostEvening.StartAsync();
            var second = await evening.Hub.AddDisplayAsync(evening.Evening.RoomId);
            evening.Evening.Time.Advance(TimeSpan.FromMinutes(40));
            var (now, end) = (evening.Now, evening.Evening.Meeting.End);
            HostActionEntry[] actions =
            [
                evening.Act(HostActionKind.Agenda, at: now.AddMinutes(-9)) with { Point = 0 },
                evening.Act(HostActionKind.Extend, at: now.AddMinutes(-8)) with { Until = end.AddMinutes(30) },
                evening.Act(HostActionKind.Extend, at: now.AddMinutes(-7)) with { Until = end.AddMinutes(15) },
                evening.Act(HostActionKind.Agenda, at: now.AddMinutes(-6)) with { Point = 1 },
                evening.Act(HostActionKind.Count, at: now.AddMinutes(-5)) with { Count = new VoteCount(3, 2, 3, 2, 2) },
            ];
            foreach (var at in order)
            {
                Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(actions[at], at % 2 == 0 ? null : second));
            }

            var run = await evening.RunAsync();
            ends.Add($"{run.End:O} {run.Point} {run.Frozen!.Number} {(await evening.RoomMeetingAsync()).End:O}");
        }

        Assert.Single(ends.Distinct());
        Assert.Contains(" 1 1 ", ends[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_elsewhere_after_the_close_is_kept_without_effect()
    {
        await using var evening = await HostEvening.StartAsync();
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(40));
        await evening.DoAsync(evening.Act(HostActionKind.Close, at: evening.Now.AddMinutes(-10)));
        await evening.DoAsync(evening.Act(HostActionKind.Extend, at: evening.Now.AddMinutes(-5)) with { Until = evening.Evening.Meeting.End.AddHours(1) });
        var run = await evening.RunAsync();
        Assert.Equal((MeetingState.Closed, evening.Evening.Meeting.End), (run.State, run.End));
        Assert.Equal(HostActionOutcome.Recorded, run.Actions.Single(action => action.Kind == HostActionKind.Extend).Outcome);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(10));
        await evening.DoAsync(evening.Act(HostActionKind.Reopen));
        Assert.Equal(HostActionOutcome.TooLate, (await evening.RunAsync()).Actions.Single(action => action.Kind == HostActionKind.Reopen).Outcome);
        Assert.Equal(MeetingState.Closed, (await evening.RunAsync()).State);
    }

    [Fact]
    public async Task Edit_at_a_desk_is_the_plan_from_then_on()
    {
        await using var evening = await HostEvening.StartAsync();
        var end = evening.Evening.Meeting.End;
        await evening.DoAsync(evening.Act(HostActionKind.Extend) with { Until = end.AddMinutes(30) });
        var detail = await evening.Evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.MeetingId}");
        Assert.Equal(end.AddMinutes(30), detail.Summary.End);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        var input = evening.Hub.MeetingInputFor(evening.Evening.RoomId);
        await evening.Evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{evening.MeetingId}", input with { Revision = detail.Revision });
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.DoAsync(evening.Act(HostActionKind.Agenda) with { Point = 0 });
        Assert.Equal(end.AddMinutes(1), (await evening.RunAsync()).End);
    }

    [Fact]
    public async Task Every_other_refusal_has_its_code()
    {
        await using var evening = await HostEvening.StartAsync();
        var (_, elsewhere) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        Assert.Equal(HostActionOutcome.WrongMeeting, await evening.OutcomeAsync(evening.Act(HostActionKind.Close), elsewhere));
        Assert.Equal(HostActionOutcome.WrongMeeting, await evening.OutcomeAsync(evening.Act(HostActionKind.Close, Guid.NewGuid())));
        Assert.Equal(HostActionOutcome.WrongMeeting, await evening.OutcomeAsync(evening.Start(evening.MeetingId)));
        Assert.Equal(HostActionOutcome.UnknownCard, await evening.OutcomeAsync(evening.Act(HostActionKind.Close) with { Card = "rubbish" }));
        var altered = evening.Card[..^1] + (evening.Card[^1] == 'A' ? 'B' : 'A');
        Assert.Equal(HostActionOutcome.UnknownCard, await evening.OutcomeAsync(evening.Act(HostActionKind.Close) with { Card = altered }));
        Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Act(HostActionKind.Extend)));
        Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Act(HostActionKind.Count) with { Count = new VoteCount(-1, 0, 0, 0, null) }));
        Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Start(Guid.CreateVersion7(), type: "Party")));
        Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Start(Guid.CreateVersion7(), title: " ")));
        Assert.Equal(HostActionOutcome.Recorded, await evening.OutcomeAsync(evening.Act(HostActionKind.PinLocked, Guid.Empty)));
        await evening.Evening.Host.PostAsync<object>($"/api/meetings/{evening.MeetingId}/cancel");
        Assert.Equal(HostActionOutcome.MeetingCancelled, await evening.OutcomeAsync(evening.Act(HostActionKind.Close)));
        var old = evening.Card;
        await evening.Evening.CardAsync();
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HostActionOutcome.RevokedCard, await evening.OutcomeAsync(evening.Act(HostActionKind.Close) with { Card = old }));
    }

    [Fact]
    public async Task Kiosk_with_an_unknown_clock_counts_when_it_was_received()
    {
        await using var evening = await HostEvening.StartAsync();
        await evening.DoAsync(evening.Act(HostActionKind.Begin, at: evening.Now.AddDays(-400)) with { Clock = ClockState.Unknown });
        Assert.Equal(evening.Now, (await evening.RunAsync()).Start);
        var ahead = evening.Act(HostActionKind.Agenda, at: evening.Now.AddDays(3)) with { Point = 1 };
        await evening.DoAsync(ahead);
        Assert.Equal(evening.Now, (await evening.RunAsync()).Actions.Single(action => action.Id == ahead.Id).At);
    }
}
