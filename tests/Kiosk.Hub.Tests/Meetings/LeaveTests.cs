using System.Net;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

/// <summary>Leave asked for on the phone, decided by the host; what attendance is called before and after the end.</summary>
public class LeaveTests
{
    [Fact]
    public async Task Leave_asked_for_on_the_phone_is_granted_and_the_others_are_absent_after_the_end()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        Assert.Contains("Awaited", (await phone.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);
        Assert.Equal("ask_leave", (await phone.OpenAsync(LeavePath(evening))).Code);
        Assert.Equal("leave_sent", (await phone.SubmitAsync(LeavePath(evening), ("kind", "Sick"), ("reason", "腰椎手术"))).Code);
        Assert.Contains("Leave asked for", (await phone.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);

        Assert.Equal((1, 0), await CountsAsync(evening));
        var asked = Assert.Single(await LeaveAsync(evening));
        Assert.Equal((LeaveKind.Sick, "腰椎手术", LeaveState.Requested), (asked.Kind, asked.Reason, asked.State));
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
        await DecideAsync(evening, asked, approve: true, "好好休息");
        Assert.Equal((0, 1), await CountsAsync(evening));
        Assert.Equal(AttendanceState.Leave, (await evening.AttendanceAsync()).State);
        Assert.Contains("好好休息", (await phone.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);

        await evening.ScanAsync(await evening.CardAsync(1));
        evening.Time.Skip(TimeSpan.FromHours(3));
        Assert.Equal(
            [AttendanceState.Leave, AttendanceState.Present, AttendanceState.Absent],
            [(await evening.AttendanceAsync()).State, (await evening.AttendanceAsync(1)).State, (await evening.AttendanceAsync(2)).State]);
    }

    [Fact]
    public async Task Page_of_the_meeting_says_what_became_of_the_leave_and_offers_to_take_it_back()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var path = $"/my/meetings/{evening.Meeting.Id}";
        async Task<string> PageAsync() => System.Net.WebUtility.HtmlDecode((await phone.OpenAsync(path)).Html);
        Assert.Contains("Ask for leave", await PageAsync(), StringComparison.Ordinal);
        await phone.OpenAsync(LeavePath(evening));
        await phone.SubmitAsync(LeavePath(evening), ("kind", "Sick"), ("reason", "腰椎手术"));
        Assert.Contains("Leave asked for", await PageAsync(), StringComparison.Ordinal);

        await DecideAsync(evening, Assert.Single(await LeaveAsync(evening)), approve: true, "好好休息");
        var granted = await PageAsync();
        foreach (var said in (string[])["Leave granted", "好好休息", "I will come after all"])
        {
            Assert.Contains(said, granted, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Ask for leave", granted, StringComparison.Ordinal);
        await phone.OpenAsync(LeavePath(evening));
        Assert.Equal("leave_withdrawn_done", (await phone.SubmitAsync(LeavePath(evening) + "/withdraw")).Code);
        Assert.Contains("Ask for leave", await PageAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Leave granted", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_that_hide_or_turn_text_round_do_not_reach_who_decides()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync(LeavePath(evening));
        Assert.Equal("leave_sent", (await phone.SubmitAsync(LeavePath(evening), ("kind", "Personal"), ("reason", "\u202e搬\u200b家\u2066"))).Code);
        Assert.Equal("搬家", Assert.Single(await LeaveAsync(evening)).Reason);
    }

    [Fact]
    public async Task Check_in_that_reaches_the_hub_after_the_end_lifts_absent_to_present()
    {
        await using var evening = await Evening.StartAsync();
        var (card, seen) = (await evening.CardAsync(), evening.Time.GetUtcNow());
        evening.Time.Skip(TimeSpan.FromHours(4));
        Assert.Equal(AttendanceState.Absent, (await evening.AttendanceAsync()).State);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card, seen)).Outcome);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
    }

    [Fact]
    public async Task Who_comes_in_spite_of_leave_is_present_and_cannot_ask_again()
    {
        await using var evening = await Evening.StartAsync();
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/leave", new LeaveInput(evening.Members[0].Id, LeaveKind.Official, null));
        Assert.Equal(AttendanceState.Leave, (await evening.AttendanceAsync()).State);
        await evening.ScanAsync(await evening.CardAsync());
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
        Assert.Equal((0, 0), await CountsAsync(evening));
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync(LeavePath(evening));
        Assert.Equal("already_present", (await phone.SubmitAsync(LeavePath(evening), ("kind", "Sick"))).Code);
    }

    [Fact]
    public async Task Withdrawn_leave_cannot_be_granted_and_a_stale_decision_is_told_so()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync(LeavePath(evening));
        await phone.SubmitAsync(LeavePath(evening), ("kind", "Personal"), ("reason", "搬家"));
        var first = Assert.Single(await LeaveAsync(evening));
        await phone.OpenAsync(LeavePath(evening));
        Assert.Equal("leave_withdrawn_done", (await phone.SubmitAsync(LeavePath(evening) + "/withdraw")).Code);
        Assert.Equal("leave_withdrawn_done", (await phone.SubmitAsync(LeavePath(evening) + "/withdraw")).Code);
        Assert.Equal("leave_withdrawn", (await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(evening, first, approve: true))).Code);

        await phone.OpenAsync(LeavePath(evening));
        await phone.SubmitAsync(LeavePath(evening), ("kind", "Official"));
        Assert.Equal("revision_changed", (await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(evening, first, approve: true))).Code);
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
    }

    [Fact]
    public async Task Leave_is_refused_by_sentence_after_the_end_without_a_kind_and_for_strangers()
    {
        await using var evening = await Evening.StartAsync();
        var stranger = await HubApplication.AddMemberAsync(evening.Host, "李外人", evening.Hub.RootUnitId);
        using var outsider = await evening.Hub.EnrolledPhoneAsync(evening.Host, stranger.Id);
        Assert.Equal((HttpStatusCode.NotFound, "not_on_roster"), await AnswerAsync(outsider.OpenAsync(LeavePath(evening))));
        Assert.Equal((HttpStatusCode.NotFound, "not_on_roster"), await AnswerAsync(outsider.SubmitAsync(LeavePath(evening), ("kind", "Sick"))));

        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync(LeavePath(evening));
        Assert.Equal((HttpStatusCode.BadRequest, "leave_kind_missing"), await AnswerAsync(phone.SubmitAsync(LeavePath(evening), ("kind", "9"))));
        Assert.Equal((HttpStatusCode.BadRequest, "leave_reason_long"), await AnswerAsync(phone.SubmitAsync(LeavePath(evening), ("kind", "Sick"), ("reason", new string('病', 201)))));
        evening.Time.Skip(TimeSpan.FromHours(3));
        await phone.OpenAsync(LeavePath(evening));
        Assert.Equal((HttpStatusCode.Conflict, "leave_too_late"), await AnswerAsync(phone.SubmitAsync(LeavePath(evening), ("kind", "Sick"))));
        Assert.Empty(await LeaveAsync(evening));
    }

    [Fact]
    public async Task Phone_without_session_signs_in_and_goes_on_to_the_page_it_wanted_and_nowhere_else()
    {
        await using var evening = await Evening.StartAsync();
        using (await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id))
        {
        }

        using var phone = evening.Hub.Phone();
        Assert.Equal("sign_in", (await phone.OpenAsync(LeavePath(evening))).Code);
        var (number, pin) = (("number", evening.Members[0].MemberNumber), ("pin", "480215"));
        Assert.Equal("ask_leave", (await phone.SubmitAsync("/my/sign-in", number, pin, ("back", LeavePath(evening)))).Code);
        using var tricked = evening.Hub.Phone();
        await tricked.OpenAsync("/my");
        Assert.Equal("my_points", (await tricked.SubmitAsync("/my/sign-in", number, pin, ("back", "//evil.example/my"))).Code);
    }

    [Fact]
    public async Task Volunteers_who_did_not_come_are_not_absent()
    {
        await using var evening = await Evening.StartAsync(type: "VolunteerService");
        evening.Time.Skip(TimeSpan.FromHours(3));
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
    }

    /// <summary>Requests that wait, and those excused who did not come, as the list of meetings tells them.</summary>
    private static async Task<(int Waiting, int OnLeave)> CountsAsync(Evening evening)
    {
        var meeting = (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary;
        return (meeting.LeaveWaiting, meeting.OnLeave);
    }

    private static string LeavePath(Evening evening) => $"/my/meetings/{evening.Meeting.Id}/leave";

    /// <summary>As the secretary sees it.</summary>
    private static async Task<IReadOnlyList<LeaveView>> LeaveAsync(Evening evening)
    {
        using var secretary = await evening.Hub.SignInAsAsync(OperatorRole.Secretary, evening.Hub.RootUnitId);
        return await secretary.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{evening.Meeting.Id}/leave");
    }

    private static Task<object> DecideAsync(Evening evening, LeaveView asked, bool approve, string? note = null) => evening.Host.PostAsync<object>(
        $"/api/meetings/{evening.Meeting.Id}/leave/{asked.MemberId}/decision", new LeaveDecision(approve, note, asked.Revision));

    private static async Task<(HttpStatusCode Status, string Code)> AnswerAsync(Task<PhoneAnswer> asked)
    {
        var answer = await asked;
        return (answer.Status, answer.Code);
    }
}
