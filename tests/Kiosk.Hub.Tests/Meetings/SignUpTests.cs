using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

/// <summary>志愿服务: members sign up, and nobody is ever absent.</summary>
public sealed class SignUpTests
{
    [Fact]
    public async Task Members_sign_up_and_withdraw_on_the_phone_and_who_just_comes_has_signed_up_by_that()
    {
        await using var evening = await Evening.StartAsync(members: 3);
        var (meeting, room) = await VolunteersAsync(evening);
        Assert.Equal((0, true), (meeting.Summary.Expected, meeting.Summary.SignUp));
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var path = $"/my/meetings/{meeting.Summary.Id}";
        Assert.Contains(path, (await phone.OpenAsync("/my/sign-ups")).Html, StringComparison.Ordinal);

        await phone.OpenAsync(path);
        Assert.Equal("signed_up", (await phone.SubmitAsync(path + "/sign-up")).Code);
        await phone.OpenAsync(path);
        Assert.Equal("signed_up", (await phone.SubmitAsync(path + "/sign-up")).Code);
        Assert.Equal(1, await ExpectedAsync(evening, meeting));
        await phone.OpenAsync(path);
        Assert.Equal("sign_up_withdrawn", (await phone.SubmitAsync(path + "/sign-up/withdraw")).Code);
        Assert.Equal(0, await ExpectedAsync(evening, meeting));

        await evening.Host.PutAsync<object>($"/api/meetings/{meeting.Summary.Id}/roster/{evening.Members[1].Id}", new RosterChange());
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(await evening.CardAsync(2), meetingId: meeting.Summary.Id)).Outcome);
        var after = (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{meeting.Summary.Id}")).Summary;
        Assert.Equal((2, 1), (after.Expected, after.Present));
        Assert.Equal(3, (await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(room)))!.Meetings[0].Roster.Count);

        evening.Time.Skip(TimeSpan.FromHours(3));
        var rows = await evening.Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting.Summary.Id}/attendance");
        Assert.Equal([AttendanceState.Pending, AttendanceState.Present], rows.Select(row => row.State).Order());
    }

    [Fact]
    public async Task Who_came_cannot_withdraw_and_nobody_signs_up_for_a_cancelled_or_foreign_meeting()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (meeting, _) = await VolunteersAsync(evening);
        var path = $"/my/meetings/{meeting.Summary.Id}";
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await evening.ScanAsync(await evening.CardAsync(), meetingId: meeting.Summary.Id);
        await phone.OpenAsync(path);
        Assert.Equal("already_present", (await phone.SubmitAsync(path + "/sign-up/withdraw")).Code);

        await evening.Host.PostAsync<object>($"/api/meetings/{meeting.Summary.Id}/cancel", new MeetingCancellation("大雨，改期"));
        var other = await HubApplication.AddMemberAsync(evening.Host, "李后来", evening.Hub.RootUnitId);
        using var late = await evening.Hub.EnrolledPhoneAsync(evening.Host, other.Id);
        await late.OpenAsync("/my/meetings");
        Assert.Equal("not_on_roster", (await late.SubmitAsync(path + "/sign-up")).Code);
        Assert.Contains("大雨，改期", (await phone.OpenAsync(path)).Html, StringComparison.Ordinal);
        var ordinary = $"/my/meetings/{evening.Meeting.Id}";
        await phone.OpenAsync(ordinary);
        Assert.Equal("no_sign_up", (await phone.SubmitAsync(ordinary + "/sign-up")).Code);
    }

    [Fact]
    public async Task Host_names_a_place_outdoors_and_holds_the_meeting_there_without_a_display()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var branch = await evening.Hub.CreateOrgUnitAsync("一支部");
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, branch);
        var member = await HubApplication.AddMemberAsync(host, "赵玉梅", branch);
        var place = await host.PostAsync<RoomSummary>("/api/rooms", new RoomInput("社区广场（室外）", branch));
        var meeting = await evening.Hub.AddMeetingAsync(host, place.Id, type: "VolunteerService", unitId: branch);
        await host.PutAsync<object>($"/api/meetings/{meeting.Summary.Id}/roster/{member.Id}", new RosterChange());
        Assert.Equal(CheckInOutcome.Accepted, (await host.PostAsync<CheckInResult>($"/api/meetings/{meeting.Summary.Id}/check-ins", new HelperCheckIn(member.Id, "在现场"))).Outcome);

        // Neither the page nor the phone promises a display that is not there.
        Assert.True(meeting.NoDisplay);
        Assert.False((await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).NoDisplay);
        using var phone = await evening.Hub.EnrolledPhoneAsync(host, (await HubApplication.AddMemberAsync(host, "钱家明", branch)).Id);
        var another = await evening.Hub.AddMeetingAsync(host, place.Id, type: "VolunteerService", unitId: branch, startsIn: TimeSpan.FromHours(5));
        await phone.OpenAsync($"/my/meetings/{another.Summary.Id}");
        var signedUp = await phone.SubmitAsync($"/my/meetings/{another.Summary.Id}/sign-up");
        Assert.Equal("signed_up", signedUp.Code);
        Assert.Contains("no display", signedUp.Html, StringComparison.Ordinal);

        // Rooms are changed, and added for others, by the administrator as before.
        Assert.Equal("role_missing", (await Assert.ThrowsAsync<RefusedException>(() => host.PutAsync<object>($"/api/rooms/{place.Id}", new RoomInput("改名", branch)))).Code);
        await Assert.ThrowsAsync<RefusedException>(() => host.PostAsync<RoomSummary>("/api/rooms", new RoomInput("别人的", evening.Hub.RootUnitId)));
        using var editor = await evening.Hub.SignInAsAsync(OperatorRole.Editor, branch);
        await Assert.ThrowsAsync<RefusedException>(() => editor.PostAsync<RoomSummary>("/api/rooms", new RoomInput("编辑的", branch)));
    }

    [Fact]
    public async Task Undoing_who_just_came_takes_the_sign_up_back_that_the_scan_was_and_no_other()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (meeting, _) = await VolunteersAsync(evening);
        var id = meeting.Summary.Id;
        await evening.Host.PutAsync<object>($"/api/meetings/{id}/roster/{evening.Members[1].Id}", new RosterChange());
        evening.Time.Advance(TimeSpan.FromSeconds(5));
        for (var member = 0; member < 2; member++)
        {
            await evening.ScanAsync(await evening.CardAsync(member), meetingId: id);
            evening.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(2, await ExpectedAsync(evening, meeting));
        for (var member = 0; member < 2; member++)
        {
            await evening.Host.PostAsync<object>($"/api/meetings/{id}/check-ins/undo", new UndoCheckIn(evening.Members[member].Id, "拿错了卡"));
        }

        Assert.Equal(1, await ExpectedAsync(evening, meeting));
        evening.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(await evening.CardAsync(), meetingId: id)).Outcome);
        Assert.Equal(2, await ExpectedAsync(evening, meeting));
    }

    [Fact]
    public async Task Who_came_and_was_seen_elsewhere_too_stays_signed_up_when_one_kiosk_takes_its_record_back()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (meeting, room) = await VolunteersAsync(evening);
        var second = await evening.Hub.AddDisplayAsync(room);
        var card = await evening.CardAsync();
        var first = await evening.ScanAsync(card, meetingId: meeting.Summary.Id);
        evening.Time.Advance(TimeSpan.FromSeconds(5));
        var other = evening.Hub.CardScan(meeting.Summary.Id, card);
        await evening.Hub.UploadScansAsync(second, other);
        evening.Time.Advance(TimeSpan.FromSeconds(5));
        await evening.Hub.UploadScansAsync(evening.DisplayId, evening.Hub.CardScan(meeting.Summary.Id, card) with { Undoes = first.Id });
        Assert.Equal(1, await ExpectedAsync(evening, meeting));
        await evening.Hub.UploadScansAsync(second, evening.Hub.CardScan(meeting.Summary.Id, card) with { Undoes = other.Id });
        Assert.Equal(0, await ExpectedAsync(evening, meeting));
    }

    /// <summary>The list says what the activity's own page says; leave is nothing to ask for where nobody has to come.</summary>
    [Fact]
    public async Task List_on_the_phone_says_signed_up_and_leads_to_withdrawing_never_to_leave()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (meeting, _) = await VolunteersAsync(evening);
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel", new MeetingCancellation(null));
        await evening.Host.PutAsync<object>($"/api/meetings/{meeting.Summary.Id}/roster/{evening.Members[0].Id}", new RosterChange());
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var list = (await phone.OpenAsync("/my/meetings")).Html;
        Assert.Contains("<b class=\"done\">Signed up</b>", list, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/my/meetings/{meeting.Summary.Id}\">Withdraw</a>", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/leave", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Awaited", list, StringComparison.Ordinal);

        // Of another year the date says which.
        var room = meeting.Summary.RoomId;
        var far = await evening.Hub.AddMeetingAsync(evening.Host, room, type: "VolunteerService", startsIn: TimeSpan.FromDays(60));
        await evening.Host.PutAsync<object>($"/api/meetings/{far.Summary.Id}/roster/{evening.Members[0].Id}", new RosterChange());
        list = (await phone.OpenAsync("/my/meetings")).Html;
        Assert.Equal(far.Summary.Start.Year != evening.Time.GetUtcNow().Year, list.Contains($" {far.Summary.Start.Year} ", StringComparison.Ordinal));
        await evening.Host.PostAsync<object>($"/api/meetings/{far.Summary.Id}/cancel", new MeetingCancellation(null));

        // Over, and never came: neither awaited nor absent.
        evening.Time.Skip(TimeSpan.FromHours(3));
        list = (await phone.OpenAsync("/my/meetings")).Html;
        Assert.Contains("<b class=\"quiet\">Over</b>", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Withdraw", list, StringComparison.Ordinal);
    }

    private static async Task<(MeetingDetail Meeting, Guid Room)> VolunteersAsync(Evening evening)
    {
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("社区广场");
        return (await evening.Hub.AddMeetingAsync(evening.Host, room, type: "VolunteerService"), room);
    }

    private static async Task<int> ExpectedAsync(Evening evening, MeetingDetail meeting) =>
        (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{meeting.Summary.Id}")).Summary.Expected;
}
