using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Hub.Tests.FairPlay;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Displays;

/// <summary>今天: everything that waits for the word of those who host, with its number, and nothing for others.</summary>
public class WaitingTests
{
    [Fact]
    public async Task Leave_make_up_record_and_card_without_a_meeting_wait_each_with_its_number_until_they_are_settled()
    {
        await using var evening = await Evening.StartAsync();
        Assert.Empty(await WaitingAsync(evening.Host));
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync($"/my/meetings/{evening.Meeting.Id}/leave");
        await phone.SubmitAsync($"/my/meetings/{evening.Meeting.Id}/leave", ("kind", "Sick"), ("reason", "腰椎手术"));
        await evening.ScanAsync("not a card");
        await evening.ScanAsync(await evening.CardAsync(1), meetingId: Guid.CreateVersion7());
        Assert.Equal([("records", 1), ("leave", 1), ("unmatched", 1)], (await WaitingAsync(evening.Host)).Select(item => (item.Code, item.Count)));

        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/leave/{evening.Members[0].Id}/decision", new LeaveDecision(false, null, 1));
        var open = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{evening.Meeting.Id}/check-ins?open=true"));
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/check-ins/settle", new SettleInput([open.Id], false, "试卡"));
        evening.Time.Skip(TimeSpan.FromDays(3));
        using var host = await evening.Hub.SignInAsync();
        await phone.OpenAsync($"/my/meetings/{evening.Meeting.Id}/make-up");
        await phone.UploadAsync($"/my/meetings/{evening.Meeting.Id}/make-up", [], ("text", "看了会议录像。"));
        // Three days later the meeting is not of today any more; what waits still is.
        var later = await WaitingAsync(host);
        Assert.Equal([("make_ups", 1, (Guid?)evening.Meeting.Id, evening.Meeting.Title), ("unmatched", 1, null, null)], later.Select(item => (item.Code, item.Count, item.MeetingId, item.MeetingTitle)));
        Assert.Empty((await TodayAsync(host)).Meetings);
    }

    [Fact]
    public async Task Flags_of_tonights_meeting_wait_until_the_host_has_answered()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.EnrolAsync(1, "731904");
        using var phone = await fair.Hub.EnrolledPhoneAsync(fair.Evening.Host, fair.Evening.Members[0].Id);
        await fair.CheckInAsync(phone);
        await phone.OpenAsync("/my");
        await phone.SubmitAsync("/my/sign-out");
        await phone.OpenAsync("/c/" + await fair.Hub.DisplayCodeAsync(fair.Display.DisplayId, fair.Evening.Meeting));
        await phone.SubmitAsync("/c", ("number", fair.Evening.Members[1].MemberNumber), ("pin", "731904"));
        var expected = (await fair.ToLookAtAsync()).Count;
        Assert.True(expected > 0);
        var waiting = Assert.Single(await WaitingAsync(fair.Evening.Host));
        Assert.Equal(("flags", expected, (Guid?)fair.MeetingId), (waiting.Code, waiting.Count, waiting.MeetingId));
        foreach (var flag in (await fair.ViewAsync()).Flags)
        {
            await fair.AnswerAsync(flag);
        }

        Assert.Empty(await WaitingAsync(fair.Evening.Host));
    }

    [Fact]
    public async Task Each_host_has_only_what_is_theirs_and_other_roles_have_nothing()
    {
        await using var evening = await Evening.StartAsync();
        var (ours, theirs) = (await evening.Hub.CreateOrgUnitAsync("第一支部"), await evening.Hub.CreateOrgUnitAsync("第二支部"));
        var (room, door) = await evening.Hub.AddRoomWithDisplayAsync("一支部活动室", ours);
        var member = await HubApplication.AddMemberAsync(evening.Host, "李一", ours);
        var meeting = (await evening.Hub.AddMeetingAsync(evening.Host, room, [member.Id], unitId: ours)).Summary;
        await evening.Hub.UploadScansAsync(door, evening.Hub.CardScan(meeting.Id, "not a card"));
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, ours);
        using var secretary = await evening.Hub.SignInAsAsync(OperatorRole.Secretary, ours);
        using var other = await evening.Hub.SignInAsAsync(OperatorRole.Host, theirs);
        using var editor = await evening.Hub.SignInAsAsync(OperatorRole.Editor, ours);
        Assert.Equal("records", Assert.Single(await WaitingAsync(host)).Code);
        Assert.Equal("records", Assert.Single(await WaitingAsync(secretary)).Code);
        Assert.Empty(await WaitingAsync(other));
        Assert.Empty(await WaitingAsync(editor));

        var input = evening.Hub.MeetingInputFor(room, [member.Id], startsIn: TimeSpan.FromDays(2), unitId: ours) with { JointUnitIds = [theirs] };
        await host.PostAsync<MeetingDetail>("/api/meetings", input);
        var asked = Assert.Single(await WaitingAsync(other));
        Assert.Equal(("invitations", 1, (Guid?)null), (asked.Code, asked.Count, asked.MeetingId));
        // Who hosts both has nobody to ask.
        Assert.DoesNotContain(await WaitingAsync(evening.Host), item => item.Code == "invitations");
    }

    private static Task<TodayView> TodayAsync(OperatorSession who) => who.GetAsync<TodayView>("/api/today");

    private static async Task<IReadOnlyList<WaitingItem>> WaitingAsync(OperatorSession who) => (await TodayAsync(who)).Waiting;
}
