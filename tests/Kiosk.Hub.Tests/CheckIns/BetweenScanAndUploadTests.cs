using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>What happened to the member or to the roster while a check-in lay in a kiosk's journal.</summary>
public class BetweenScanAndUploadTests
{
    [Fact]
    public async Task Member_deleted_meanwhile_is_kept_as_an_unknown_card_and_the_others_count()
    {
        await using var evening = await Evening.StartAsync();
        var (gone, stays) = (await evening.CardAsync(0), await evening.CardAsync(1));
        var seen = evening.Time.GetUtcNow();
        evening.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await evening.Hub.DeleteMemberAsync(evening.Members[0].Id));
        var results = await evening.Hub.UploadScansAsync(evening.DisplayId, evening.Hub.CardScan(evening.Meeting.Id, gone, seen), evening.Hub.CardScan(evening.Meeting.Id, stays, seen));
        Assert.Equal([CheckInOutcome.UnknownCard, CheckInOutcome.Accepted], results.Select(result => result.Outcome));
        var again = evening.Hub.CardScan(evening.Meeting.Id, gone, seen);
        Assert.Equal((await evening.Hub.UploadScansAsync(evening.DisplayId, again))[0], (await evening.Hub.UploadScansAsync(evening.DisplayId, again))[0]);
        Assert.Equal(2, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.Expected);
    }

    [Fact]
    public async Task Member_transferred_meanwhile_is_credited_once_and_stays_expected_where_the_meeting_was()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var seen = evening.Time.GetUtcNow();
        var other = await evening.Hub.CreateOrgUnitAsync("第二支部");
        var member = evening.Members[0];
        evening.Time.Advance(TimeSpan.FromMinutes(5));
        await evening.Host.PutAsync<MemberSummary>($"/api/members/{member.Id}", new MemberInput(other, null, member.Name, PersonKind.FullMember, false, null));
        var first = await evening.ScanAsync(card, seen);
        Assert.Equal((CheckInOutcome.Accepted, 2, false), (first.Outcome, first.PointsGranted, first.Late));
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.ScanAsync(card, seen.AddMinutes(1))).Outcome);
        Assert.Equal(2, (await evening.PointsAsync()).Available);
        Assert.Equal((AttendanceState.Present, true), (await evening.AttendanceAsync() is var row ? (row.State, row.Votes) : default));
        Assert.Equal(3, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.Expected);
    }

    [Fact]
    public async Task Taken_off_the_roster_meanwhile_is_kept_for_the_host_who_puts_them_back_and_settles_it()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var seen = evening.Time.GetUtcNow();
        evening.Time.Advance(TimeSpan.FromMinutes(5));
        await evening.Host.DeleteAsync($"/api/meetings/{evening.Meeting.Id}/roster/{evening.Members[0].Id}");
        Assert.Equal(CheckInOutcome.NotOnRoster, (await evening.ScanAsync(card, seen)).Outcome);
        var kept = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{evening.Meeting.Id}/check-ins?open=true"));
        Assert.Equal(evening.Members[0].Id, kept.MemberId);
        await evening.Host.PutAsync<object>($"/api/meetings/{evening.Meeting.Id}/roster/{evening.Members[0].Id}", new RosterChange());
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card, seen.AddSeconds(30))).Outcome);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
    }

    [Fact]
    public async Task Put_on_the_roster_meanwhile_counts_at_the_moment_of_the_scan()
    {
        await using var evening = await Evening.StartAsync();
        var late = await HubApplication.AddMemberAsync(evening.Host, "新来的", evening.Hub.RootUnitId);
        var card = await evening.Hub.CardAsync(evening.Host, late.Id);
        var seen = evening.Time.GetUtcNow();
        evening.Time.Advance(TimeSpan.FromMinutes(30));
        await evening.Host.PutAsync<object>($"/api/meetings/{evening.Meeting.Id}/roster/{late.Id}", new RosterChange());
        var result = await evening.ScanAsync(card, seen);
        Assert.Equal((CheckInOutcome.Accepted, false), (result.Outcome, result.Late));
        Assert.Equal(4, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.Expected);
    }

    [Fact]
    public async Task Who_has_come_is_not_taken_off_the_roster_and_made_an_observer_has_no_vote_any_more()
    {
        await using var evening = await Evening.StartAsync();
        await evening.ScanAsync(await evening.CardAsync());
        var (meeting, member) = (evening.Meeting.Id, evening.Members[0].Id);
        Assert.Equal("already_present", (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.DeleteAsync($"/api/meetings/{meeting}/roster/{member}"))).Code);
        await evening.Host.PutAsync<object>($"/api/meetings/{meeting}/roster/{member}", new RosterChange(RosterKind.Observer));
        var detail = await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{meeting}");
        Assert.Equal((2, 0), (detail.VotingExpected, detail.VotingPresent));
        Assert.Equal((RosterKind.Observer, AttendanceState.Present), (await evening.AttendanceAsync() is var row ? (row.Kind, row.State) : default));
        Assert.Equal(2, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Cancelled_meanwhile_counts_who_was_there_before_and_nobody_from_then_on_in_whatever_order_they_arrive()
    {
        await using var evening = await Evening.StartAsync(members: 4);
        var (atOnce, journalled, after) = (await evening.CardAsync(0), await evening.CardAsync(1), await evening.CardAsync(2));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(atOnce)).Outcome);
        var seen = evening.Time.GetUtcNow();
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        var cancelled = evening.Time.GetUtcNow();
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel");
        evening.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(CheckInOutcome.MeetingCancelled, (await evening.ScanAsync(after, cancelled)).Outcome);
        Assert.Equal(CheckInOutcome.MeetingCancelled, (await evening.ScanAsync(after, seen, ClockState.Unknown)).Outcome);
        var scan = evening.Hub.CardScan(evening.Meeting.Id, journalled, seen, ClockState.Holdover);
        var answer = (await evening.Hub.UploadScansAsync(evening.DisplayId, scan))[0];
        Assert.Equal((CheckInOutcome.Accepted, 2, false), (answer.Outcome, answer.PointsGranted, answer.Late));
        Assert.Equal(answer, (await evening.Hub.UploadScansAsync(evening.DisplayId, scan))[0]);
        Assert.Equal(CheckInOutcome.MeetingCancelled, (await evening.HelpAsync(3)).Outcome);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.HelpAsync(3, seen)).Outcome);
        var points = await Task.WhenAll(Enumerable.Range(0, 4).Select(async at => (await evening.PointsAsync(at)).Available));
        Assert.Equal([2, 2, 0, 2], points);

        // What counted can still be taken back, and then is gone for good.
        await evening.UndoAsync(1);
        Assert.Equal((AttendanceState.Pending, 0), ((await evening.AttendanceAsync(1)).State, (await evening.PointsAsync(1)).Available));
        Assert.Equal(CheckInOutcome.Undone, (await evening.ScanAsync(journalled, seen.AddSeconds(1))).Outcome);
        Assert.Equal(CheckInOutcome.MeetingCancelled, (await evening.ScanAsync(journalled)).Outcome);
    }

    [Fact]
    public async Task Cancelled_between_the_code_and_the_button_of_a_phone_counts_from_when_the_code_was_opened()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        evening.Time.Advance(TimeSpan.FromSeconds(30));
        var code = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting);
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel");
        Assert.Equal("accepted", (await phone.SubmitAsync("/c")).Code);
        Assert.Equal("meeting_cancelled", (await phone.OpenAsync("/c/" + code)).Code);
        Assert.Equal(2, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Cancelled_before_check_in_opened_counts_nobody()
    {
        await using var evening = await Evening.StartAsync();
        var meeting = (await evening.Hub.AddMeetingAsync(evening.Host, (await evening.Hub.AddRoomWithDisplayAsync("三楼")).RoomId, [evening.Members[0].Id], startsIn: TimeSpan.FromHours(3))).Summary;
        var seen = evening.Time.GetUtcNow();
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.Host.PostAsync<object>($"/api/meetings/{meeting.Id}/cancel");
        Assert.Equal(CheckInOutcome.TooEarly, (await evening.ScanAsync(await evening.CardAsync(), seen, meetingId: meeting.Id)).Outcome);
        Assert.Equal(CheckInOutcome.MeetingCancelled, (await evening.ScanAsync(await evening.CardAsync(), meetingId: meeting.Id)).Outcome);
    }
}
