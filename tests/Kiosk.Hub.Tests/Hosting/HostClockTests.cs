using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Hosting;

/// <summary>What a kiosk with a wrong clock, or one that was away, does to a meeting: no more than a desk may.</summary>
public class HostClockTests
{
    [Fact]
    public async Task Action_long_before_the_meeting_is_kept_as_senseless_and_moves_nothing()
    {
        await using var evening = await HostEvening.StartAsync();
        var planned = evening.Evening.Meeting;
        foreach (var at in (DateTimeOffset[])[DateTimeOffset.MinValue, evening.Now.AddDays(-400), planned.Start.AddHours(-4)])
        {
            foreach (var kind in (HostActionKind[])[HostActionKind.Begin, HostActionKind.Close, HostActionKind.Agenda])
            {
                Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Act(kind, at: at) with { Clock = ClockState.Holdover, Point = 0 }));
            }
        }

        Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Start(Guid.CreateVersion7(), at: DateTimeOffset.MinValue)));
        var run = await evening.RunAsync();
        Assert.Equal((planned.Start, planned.End, Contracts.Feeds.MeetingState.Scheduled), (run.Start, run.End, run.State));
        Assert.Equal(9, run.Actions.Count(action => action.Outcome is HostActionOutcome.Invalid));
    }

    [Fact]
    public async Task Meeting_weeks_ahead_is_neither_begun_nor_closed_from_a_kiosk()
    {
        await using var evening = await HostEvening.StartAsync();
        var later = await evening.Hub.AddMeetingAsync(evening.Evening.Host, evening.Evening.RoomId, [evening.Evening.Members[0].Id], startsIn: TimeSpan.FromDays(30));
        foreach (var kind in (HostActionKind[])[HostActionKind.Begin, HostActionKind.Close])
        {
            Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Act(kind, later.Summary.Id)));
        }

        var run = await evening.RunAsync(later.Summary.Id);
        Assert.Equal((later.Summary.Start, later.Summary.End, Contracts.Feeds.MeetingState.Scheduled), (run.Start, run.End, run.State));
    }

    [Fact]
    public async Task Reopening_at_a_kiosk_while_another_meeting_has_the_room_is_kept_and_two_never_run_in_one_room()
    {
        await using var evening = await HostEvening.StartAsync();
        await evening.DoAsync(evening.Act(HostActionKind.Close));
        await evening.Hub.AddMeetingAsync(evening.Evening.Host, evening.Evening.RoomId, [evening.Evening.Members[0].Id]);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HostActionOutcome.Recorded, await evening.OutcomeAsync(evening.Act(HostActionKind.Reopen)));
        var run = await evening.RunAsync();
        Assert.Equal(Contracts.Feeds.MeetingState.Closed, run.State);
        Assert.Equal(HostActionOutcome.Recorded, run.Actions.Single(action => action.Kind is HostActionKind.Reopen).Outcome);
    }

    [Fact]
    public async Task Action_without_effect_is_shown_so_in_the_list_of_events_as_on_the_meeting()
    {
        await using var evening = await HostEvening.StartAsync();
        await evening.DoAsync(evening.Act(HostActionKind.Close, at: evening.Now.AddMinutes(-10)));
        await evening.DoAsync(evening.Act(HostActionKind.Extend, at: evening.Now.AddMinutes(-5)) with { Until = evening.Evening.Meeting.End.AddHours(1) });
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HostActionOutcome.TooLate, await evening.OutcomeAsync(evening.Act(HostActionKind.Reopen)));
        var events = (await evening.Evening.Host.GetAsync<Page<HostEventView>>("/api/host-events")).Items.ToDictionary(each => each.Kind);
        Assert.Equal((HostActionOutcome.Recorded, false), (events[HostActionKind.Extend].Outcome, events[HostActionKind.Extend].Refused));
        Assert.Equal((HostActionOutcome.TooLate, true), (events[HostActionKind.Reopen].Outcome, events[HostActionKind.Reopen].Refused));
        Assert.Equal((await evening.RunAsync()).Actions.Select(each => (each.Id, each.Outcome)), events.Values.OrderByDescending(each => each.At).Select(each => (each.Id, each.Outcome)));
    }

    [Fact]
    public async Task Meeting_that_has_had_every_action_it_may_have_can_still_be_closed()
    {
        await using var evening = await HostEvening.StartAsync();
        await evening.Hub.UploadActionsAsync(
            evening.Evening.DisplayId, [.. Enumerable.Range(0, HostLimits.MostActions).Select(_ => evening.Act(HostActionKind.TakeOver))]);
        Assert.Equal(HostActionOutcome.TooMany, await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver)));
        Assert.Equal("too_many_actions", (await Assert.ThrowsAsync<RefusedException>(() => evening.DeskAsync(HostActionKind.TakeOver))).Code);
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Close)));
        Assert.Equal(Contracts.Feeds.MeetingState.Scheduled, (await evening.DeskAsync(HostActionKind.Reopen)).State);
        Assert.Equal(Contracts.Feeds.MeetingState.Closed, (await evening.DeskAsync(HostActionKind.Close)).State);
    }

    [Fact]
    public async Task Count_leaves_those_who_only_listen_aside_as_the_wall_does()
    {
        await using var evening = await HostEvening.StartAsync();
        var listener = await HubApplication.AddMemberAsync(evening.Evening.Host, "赵列席", evening.Hub.RootUnitId);
        await evening.Evening.Host.PutAsync<object>($"/api/meetings/{evening.MeetingId}/roster/{listener.Id}", new RosterChange(Contracts.Feeds.RosterKind.Observer));
        foreach (var member in (Guid[])[evening.Evening.Members[1].Id, listener.Id])
        {
            await evening.Evening.ScanAsync(await evening.Hub.CardAsync(evening.Evening.Host, member));
        }

        var count = (await evening.DeskAsync(HostActionKind.Count)).Frozen!.Count;
        Assert.Equal((3, 1), (count.Expected, count.Present));
    }

    [Fact]
    public async Task Meeting_started_at_a_kiosk_names_its_host_on_the_screens_as_on_the_papers()
    {
        await using var evening = await HostEvening.StartAsync();
        var started = Guid.CreateVersion7();
        await evening.DoAsync(evening.Act(HostActionKind.Close));
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Start(started)));
        Assert.Equal("张*一", (await evening.RoomMeetingAsync(started)).HostName);
    }
}
