using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

public sealed class MeetingEditTests
{
    [Fact]
    public async Task Edit_of_a_meeting_for_everybody_stays_one_for_everybody()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (other, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var all = await evening.Hub.AddMeetingAsync(evening.Host, other);
        Assert.False(all.RosterChosen);
        await HubApplication.AddMemberAsync(evening.Host, "李新来", evening.Hub.RootUnitId);

        var saved = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{all.Summary.Id}", evening.Hub.MeetingInputFor(other) with { Title = "改了标题" });

        Assert.Equal((false, 3), (saved.RosterChosen, saved.Summary.Expected));
        Assert.True((await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).RosterChosen);
    }

    [Fact]
    public async Task Chosen_roster_keeps_somebody_who_moved_to_a_unit_the_host_does_not_answer_for()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var hall = await evening.Hub.CreateOrgUnitAsync("一支部");
        var away = await evening.Hub.CreateOrgUnitAsync("二支部");
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, hall);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("支部活动室", hall);
        var member = await HubApplication.AddMemberAsync(evening.Host, "王流动", hall);
        var meeting = await evening.Hub.AddMeetingAsync(host, room, [member.Id], unitId: hall);
        await evening.Host.PutAsync<MemberSummary>($"/api/members/{member.Id}", new MemberInput(away, member.MemberNumber, member.Name, member.Kind, false, null));

        var saved = await host.PutAsync<MeetingDetail>($"/api/meetings/{meeting.Summary.Id}", evening.Hub.MeetingInputFor(room, [member.Id], unitId: hall) with { Title = "改了标题" });

        Assert.Equal(("改了标题", 1), (saved.Summary.Title, saved.Summary.Expected));
    }

    [Fact]
    public async Task Meeting_in_the_past_is_entered_only_on_purpose_and_never_out_of_bounds()
    {
        await using var evening = await Evening.StartAsync();
        var (other, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var yesterday = evening.Hub.MeetingInputFor(other, startsIn: TimeSpan.FromDays(-1));
        Assert.Equal("meeting_past", await RefusedAsync(yesterday));
        Assert.Equal("meeting_too_old", await RefusedAsync(yesterday with { StartLocal = new(2020, 1, 1, 19, 0, 0), EndLocal = new(2020, 1, 1, 20, 0, 0), PastConfirmed = true }));
        Assert.Equal("meeting_too_old", await RefusedAsync(yesterday with { StartLocal = default, EndLocal = default, PastConfirmed = true }));
        Assert.Equal("meeting_too_far", await RefusedAsync(yesterday with { StartLocal = new(2062, 1, 1, 19, 0, 0), EndLocal = new(2062, 1, 1, 20, 0, 0) }));
        Assert.Equal("meeting_too_far", await RefusedAsync(yesterday with { StartLocal = DateTime.MaxValue.AddHours(-1), EndLocal = DateTime.MaxValue }));

        var entered = await evening.Host.PostAsync<MeetingDetail>("/api/meetings", yesterday with { PastConfirmed = true });
        // A title corrected afterwards is not asked about again.
        var corrected = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{entered.Summary.Id}", yesterday with { Title = "补录的党员大会" });
        Assert.Equal("补录的党员大会", corrected.Summary.Title);

        var came = await evening.Host.PostAsync<CheckInResult>(
            $"/api/meetings/{entered.Summary.Id}/check-ins", new HelperCheckIn(evening.Members[0].Id, "纸质签到表上有", entered.Summary.Start));
        Assert.Equal(CheckInOutcome.Accepted, came.Outcome);

        async Task<string> RefusedAsync(MeetingInput input) =>
            (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<MeetingDetail>("/api/meetings", input))).Code;
    }

    [Fact]
    public async Task Closed_meeting_says_when_check_in_ended_and_takes_only_who_came_before()
    {
        await using var evening = await Evening.StartAsync();
        evening.Time.Advance(TimeSpan.FromMinutes(20));
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");

        var closed = (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary;
        Assert.Equal(evening.Time.GetUtcNow(), closed.CheckInCloses);
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(CheckInOutcome.TooLate, (await evening.HelpAsync()).Outcome);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.HelpAsync(0, closed.Start)).Outcome);

        await evening.UndoAsync();
        Assert.Equal(evening.Time.GetUtcNow(), (await evening.AttendanceAsync()).UndoneAt);
    }

    [Fact]
    public async Task Meeting_before_its_check_in_opens_can_be_cancelled_but_not_closed()
    {
        await using var evening = await Evening.StartAsync();
        var (other, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var coming = await evening.Hub.AddMeetingAsync(evening.Host, other, startsIn: TimeSpan.FromDays(7));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<object>($"/api/meetings/{coming.Summary.Id}/close"));

        Assert.Equal(("meeting_not_begun", System.Net.HttpStatusCode.Conflict), (refused.Code, refused.Status));
        Assert.Equal(Contracts.Feeds.MeetingState.Scheduled, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{coming.Summary.Id}")).Summary.State);
        await evening.Host.PostAsync<object>($"/api/meetings/{coming.Summary.Id}/cancel");
        Assert.Equal("meeting_not_closed", await ReopenAsync(evening, coming.Summary.Id));
    }

    [Fact]
    public async Task Close_is_taken_back_within_a_quarter_of_an_hour_and_check_in_goes_on()
    {
        await using var evening = await Evening.StartAsync();
        await evening.HelpAsync();
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");
        evening.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(CheckInOutcome.TooLate, (await evening.HelpAsync(1)).Outcome);

        Assert.Null(await ReopenAsync(evening, evening.Meeting.Id));
        Assert.Null(await ReopenAsync(evening, evening.Meeting.Id));

        var open = (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary;
        Assert.Equal((Contracts.Feeds.MeetingState.Scheduled, 1), (open.State, open.Present));
        Assert.Equal(evening.Meeting.CheckInCloses, open.CheckInCloses);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.HelpAsync(1)).Outcome);

        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");
        evening.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("reopen_too_late", await ReopenAsync(evening, evening.Meeting.Id));
    }

    [Fact]
    public async Task Closed_meeting_stays_closed_when_another_has_taken_the_room()
    {
        await using var evening = await Evening.StartAsync();
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");
        await evening.Hub.AddMeetingAsync(evening.Host, evening.RoomId);

        Assert.Equal("room_taken", await ReopenAsync(evening, evening.Meeting.Id));
    }

    private static async Task<string?> ReopenAsync(Evening evening, Guid meeting)
    {
        try
        {
            await evening.Host.PostAsync<object>($"/api/meetings/{meeting}/reopen");
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Code;
        }
    }

    [Fact]
    public async Task Attendance_of_a_thousand_comes_in_pages_and_by_state()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (other, _) = await evening.Hub.AddRoomWithDisplayAsync("大礼堂");
        await evening.Hub.AddMembersAsync(1_000);
        var meeting = await evening.Hub.AddMeetingAsync(evening.Host, other);
        await evening.Host.PostAsync<CheckInResult>($"/api/meetings/{meeting.Summary.Id}/check-ins", new HelperCheckIn(evening.Members[0].Id, "未带手机"));

        var seen = new HashSet<Guid>();
        for (var skip = 0; skip < 1_001; skip += 500)
        {
            var (rows, total) = await ReadAsync($"skip={skip}&take=5000");
            Assert.Equal(1_001, total);
            Assert.InRange(rows.Count, 1, 500);
            seen.UnionWith(rows.Select(row => row.MemberId));
        }

        Assert.Equal(1_001, seen.Count);
        Assert.Equal((1, 1), Count(await ReadAsync("state=present")));
        Assert.Equal((0, 0), Count(await ReadAsync("state=Late")));
        Assert.Equal((60, 1_000), Count(await ReadAsync("state=PENDING&take=60")));

        static (int, int) Count((IReadOnlyList<AttendanceRow> Rows, int Total) page) => (page.Rows.Count, page.Total);

        async Task<(IReadOnlyList<AttendanceRow> Rows, int Total)> ReadAsync(string query)
        {
            using var answer = await evening.Host.Http.GetAsync($"/api/meetings/{meeting.Summary.Id}/attendance?{query}", TestContext.Current.CancellationToken);
            var rows = System.Text.Json.JsonSerializer.Deserialize<IReadOnlyList<AttendanceRow>>(
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), Contracts.KioskJson.Options)!;
            return (rows, int.Parse(answer.Headers.GetValues("X-Total-Count").Single(), System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
