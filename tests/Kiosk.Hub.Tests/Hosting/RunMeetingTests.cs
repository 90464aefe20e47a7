using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Hosting;

public sealed class RunMeetingTests
{
    [Fact]
    public async Task Desk_has_the_same_controls_and_the_room_follows()
    {
        await using var evening = await HostEvening.StartAsync();
        await evening.Evening.ScanAsync(evening.Card);
        await evening.DeskAsync(HostActionKind.Begin);
        await evening.DeskAsync(HostActionKind.Agenda, point: 1);
        var counted = await evening.DeskAsync(HostActionKind.Count);
        Assert.Equal(new VoteCount(3, 1, 3, 1, 2), counted.Frozen!.Count);
        var extended = await evening.DeskAsync(HostActionKind.Extend, 30);
        Assert.Equal(evening.Evening.Meeting.End.AddMinutes(30), extended.End);
        Assert.Null((await evening.DeskAsync(HostActionKind.CountEnd)).Frozen);
        await evening.DoAsync(evening.Act(HostActionKind.TakeOver));
        var run = (await evening.RoomMeetingAsync()).Run!;
        Assert.Equal(6, run.Actions.Count);
        // At a desk by full name; the room has it masked.
        Assert.Equal("张小一", (await evening.RunAsync()).Leads);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(MeetingState.Closed, (await evening.DeskAsync(HostActionKind.Close)).State);
        Assert.Equal(evening.Now + HostLimits.ReopenWithin, (await evening.RunAsync()).ReopenUntil);
        Assert.Equal(MeetingState.Scheduled, (await evening.DeskAsync(HostActionKind.Reopen)).State);
    }

    [Fact]
    public async Task Before_check_in_opens_each_control_says_why_not_in_its_own_words()
    {
        await using var evening = await HostEvening.StartAsync();
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var later = (await evening.Evening.Host.PostAsync<MeetingDetail>("/api/meetings", evening.Hub.MeetingInputFor(room, startsIn: TimeSpan.FromHours(5)))).Summary.Id;
        async Task<(string Code, string Sentence)> RefusedAsync(RunInput input)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => evening.Evening.Host.PostAsync<MeetingRunView>($"/api/meetings/{later}/run", input));
            return (refused.Code, refused.Sentence);
        }

        Assert.Equal(
            ("check_in_not_open", "Check-in has not opened yet, so there is nothing to extend. To change the time, edit the meeting."), await RefusedAsync(new RunInput(HostActionKind.Extend, 30)));
        Assert.Equal("begin_too_early", (await RefusedAsync(new RunInput(HostActionKind.Begin))).Code);
        Assert.Equal("check_in_not_open", (await RefusedAsync(new RunInput(HostActionKind.Count))).Code);
        Assert.Equal("meeting_not_begun", (await RefusedAsync(new RunInput(HostActionKind.Close))).Code);
        Assert.Equal("check_in_not_open", (await RefusedAsync(new RunInput(HostActionKind.TakeOver))).Code);
        await evening.Evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{later}", evening.Hub.MeetingInputFor(room, startsIn: TimeSpan.FromHours(5)) with { Agenda = ["一", "二"] });
        Assert.Equal("check_in_not_open", (await RefusedAsync(new RunInput(HostActionKind.Agenda, Point: 1))).Code);
    }

    [Fact]
    public async Task Voters_are_not_counted_where_nobody_votes()
    {
        await using var evening = await HostEvening.StartAsync();
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var volunteers = (await evening.Hub.AddMeetingAsync(evening.Evening.Host, room, null, "VolunteerService")).Summary;
        Assert.True(volunteers.SignUp);
        Assert.Equal("no_votes", (await Assert.ThrowsAsync<RefusedException>(
            () => evening.Evening.Host.PostAsync<MeetingRunView>($"/api/meetings/{volunteers.Id}/run", new RunInput(HostActionKind.Count)))).Code);
        Assert.Null((await evening.Evening.Host.GetAsync<MeetingRunView>($"/api/meetings/{volunteers.Id}/run")).Frozen);
    }

    [Fact]
    public async Task Sessions_are_stepped_through_by_two_kiosks_and_a_desk_in_any_order_and_attendance_stays_one()
    {
        await using var evening = await HostEvening.StartAsync();
        var (desk, input) = (evening.Evening.Host, evening.Hub.MeetingInputFor(evening.Evening.RoomId));
        var revision = (await desk.GetAsync<MeetingDetail>($"/api/meetings/{evening.MeetingId}")).Revision;
        await desk.PutAsync<MeetingDetail>($"/api/meetings/{evening.MeetingId}", input with
        {
            Revision = revision,
            Sessions = [new("MemberAssembly", null, input.StartLocal, ["报告", "表决"]), new("PartyLecture", "党章第一讲", input.StartLocal.AddMinutes(30), ["讲课"])],
        });
        await evening.Evening.ScanAsync(evening.Card);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, (await evening.RunAsync()).Session);
        var second = await evening.Hub.AddDisplayAsync(evening.Evening.RoomId);
        var now = evening.Now;
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Agenda, at: now.AddMinutes(-1)) with { Point = 2 }));
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Session, at: now.AddMinutes(-2)) with { Point = 1 }, second));
        var run = await evening.RunAsync();
        Assert.Equal((1, 2), (run.Session, run.Point));
        var shown = Kiosk.Scheduling.MeetingSessions.At(await evening.RoomMeetingAsync(), now)!;
        Assert.Equal((1, 0, "党章第一讲"), (shown.Index, shown.Point, shown.Session.Title));
        run = await evening.DeskAsync(HostActionKind.Session, point: 0);
        Assert.Equal((0, null), (run.Session, run.Point));
        Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Act(HostActionKind.Session) with { Point = 5 }));
        Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(evening.Act(HostActionKind.Session)));
        Assert.Equal("run_invalid", (await Assert.ThrowsAsync<RefusedException>(() => evening.DeskAsync(HostActionKind.Session, point: 2))).Code);
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.Evening.ScanAsync(evening.Card)).Outcome);
    }

    [Fact]
    public async Task Meeting_reopened_after_its_time_goes_on_for_a_quarter_of_an_hour()
    {
        await using var evening = await HostEvening.StartAsync();
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(68));
        await evening.DeskAsync(HostActionKind.Close);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(5));
        var run = await evening.DeskAsync(HostActionKind.Reopen);
        Assert.Equal((MeetingState.Scheduled, evening.Now.AddMinutes(15)), (run.State, run.End));
    }

    [Theory]
    [InlineData(HostActionKind.Extend, null, null)]
    [InlineData(HostActionKind.Extend, 241, null)]
    [InlineData(HostActionKind.Agenda, null, 2)]
    [InlineData(HostActionKind.Agenda, null, -1)]
    [InlineData(HostActionKind.Start, null, null)]
    [InlineData(HostActionKind.PinLocked, null, null)]
    public async Task Nonsense_is_refused(HostActionKind kind, int? minutes, int? point)
    {
        await using var evening = await HostEvening.StartAsync(1);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => evening.DeskAsync(kind, minutes, point));
        Assert.Equal("run_invalid", refused.Code);
        Assert.Empty((await evening.RunAsync()).Actions);
    }

    [Fact]
    public async Task Doing_a_thing_twice_is_the_same_as_once()
    {
        await using var evening = await HostEvening.StartAsync(1);
        await evening.DeskAsync(HostActionKind.Begin);
        await evening.DeskAsync(HostActionKind.Begin);
        await evening.DeskAsync(HostActionKind.Close);
        await evening.DeskAsync(HostActionKind.Close);
        Assert.Equal(2, (await evening.RunAsync()).Actions.Count);
        Assert.Equal("meeting_not_open", (await Assert.ThrowsAsync<RefusedException>(() => evening.DeskAsync(HostActionKind.Extend, 15))).Code);
    }

    [Fact]
    public async Task Meeting_is_where_it_was_after_the_hub_was_started_again()
    {
        using var folder = new TemporaryFolder();
        Guid meeting;
        DateTimeOffset end;
        await using (var evening = await HostEvening.StartAsync(dataFolder: folder.Path))
        {
            await evening.DoAsync(evening.Act(HostActionKind.Agenda) with { Point = 1 });
            await evening.DoAsync(evening.Act(HostActionKind.Extend) with { Until = evening.Evening.Meeting.End.AddMinutes(30) });
            await evening.DoAsync(evening.Act(HostActionKind.Count) with { Count = new VoteCount(3, 2, 3, 2, 2) });
            (meeting, end) = (evening.MeetingId, evening.Evening.Meeting.End.AddMinutes(30));
        }

        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 11, 5, 0, TimeSpan.Zero));
        await using var again = await HubApplication.StartAsync(time, folder.Path);
        using var host = await again.SignInAsync();
        var run = await host.GetAsync<MeetingRunView>($"/api/meetings/{meeting}/run");
        Assert.Equal((1, end, 2), (run.Point, run.End, run.Frozen!.Count.VotingPresent));
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("kiosk-hub-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
