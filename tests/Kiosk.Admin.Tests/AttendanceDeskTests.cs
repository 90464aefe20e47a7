using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Paper sheet, records that wait, and two devices that saw the same member.</summary>
public sealed class AttendanceDeskTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Paper_sheet_sends_who_was_ticked_with_their_own_time_and_shows_what_became_of_each_row()
    {
        await using var context = Context();
        var (zhang, li) = (Row("张三", AttendanceState.Pending), Row("李四", AttendanceState.Pending));
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", _ => ((AttendanceRow[])[Row("王五", AttendanceState.Present), zhang, li], 3));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/paper-sheet", new PaperSheetResult(1, 1,
        [
            new(zhang.MemberId, "张三", CheckInOutcome.Accepted, false, 2, "已签到。"), new(li.MemberId, "李四", CheckInOutcome.TooEarly, false, 0, "时间早于签到开放。"),
        ]));
        var page = context.Render<PaperSheetPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForElements("[data-testid=paper-tick]", 3);
        Assert.True(page.FindAll("[data-testid=paper-tick]")[0].HasAttribute("disabled"));
        page.Find("[data-testid=paper-all]").Click();
        Assert.Equal(2, page.FindAll("[data-testid=paper-own]").Count);
        page.FindAll("[data-testid=paper-own]")[1].Change("17:05");
        page.Find("[data-testid=paper-send]").Click();

        page.WaitForElement("[data-testid=paper-result]");
        Assert.Equal(["TooEarly", "Accepted"], page.FindAll("[data-testid=paper-outcome]").Select(row => row.GetAttribute("data-outcome")));
        var body = BodyOf(context, "paper-sheet");
        Assert.Contains(zhang.MemberId.ToString(), body, StringComparison.Ordinal);
        Assert.Contains("2026-11-22T09:05:00", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_devices_that_saw_a_member_are_told_in_a_sentence()
    {
        await using var context = Context();
        var seen = Row("张三", AttendanceState.Present) with
        {
            At = Now.AddMinutes(2), Seen = [new(Now.AddMinutes(2), "一楼", CheckInMethod.Card, true, true), new(Now.AddMinutes(5), "二楼", CheckInMethod.Card, true, false)],
        };
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", query => query.Contains("state=present", StringComparison.Ordinal) ? ([seen], 1) : (Array.Empty<AttendanceRow>(), 0));
        var page = context.Render<AttendanceWall>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.TimeZone, "Asia/Shanghai"));
        Assert.Equal("2 台设备都记录了：19:02 一楼、19:05 二楼，以较早的为准。", page.WaitForElement("[data-testid=attendance-seen]").TextContent);
    }

    [Fact]
    public async Task Member_whose_check_in_was_undone_is_offered_the_same_way_back_and_the_wall_says_why_they_are_not_in()
    {
        await using var context = Context();
        var (undone, absent) = (Row("张三", AttendanceState.Pending) with { UndoneAt = Now }, Row("李四", AttendanceState.Pending));
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", query => query.Contains("state=pending", StringComparison.Ordinal) ? ((AttendanceRow[])[undone, absent], 2) : ([], 0));
        var asked = new List<string>();
        var page = context.Render<AttendanceWall>(parameters => parameters
            .Add(each => each.MeetingId, Id).Add(each => each.TimeZone, "Asia/Shanghai").Add(each => each.CheckIn, CheckInOffer.Afterwards).Add(each => each.OnCheckIn, row => asked.Add(row.Name)));
        page.WaitForElements("[data-testid=attendance-check-in]", 2)[0].Click();
        Assert.Equal(["张三"], asked);
        var hint = Assert.Single(page.FindAll("[data-testid=attendance-undone]"));
        Assert.Equal("签到被撤销过", hint.TextContent);
        // Beside the name it would leave the name no room.
        Assert.NotNull(hint.Closest(".grow"));
    }

    [Theory]
    [InlineData(true, "paper-sheet")]
    [InlineData(false, "check-ins")]
    public async Task Entered_afterwards_whoever_was_taken_back_goes_by_the_paper_sheet_which_stands_above_an_undo(bool undone, string path)
    {
        await using var context = Context();
        var row = Row("张三", AttendanceState.Pending) with { UndoneAt = undone ? Now : null };
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", _ => ((AttendanceRow[])[row], 1));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/paper-sheet", new PaperSheetResult(1, 0, [new(row.MemberId, "张三", CheckInOutcome.Accepted, false, 2, "已签到。")]));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/check-ins", new CheckInResult(Guid.NewGuid(), CheckInOutcome.Accepted, "张*", false, 2, 2));
        var done = 0;
        var dialog = context.Render<HelperCheckInDialog>(parameters => parameters.Add(each => each.Meeting, Meeting()).Add(each => each.Offer, CheckInOffer.Afterwards)
            .Add(each => each.Preset, row).Add(each => each.OnDone, () => done++));
        dialog.Find("[data-testid=helper-at]").Change("17:05");
        dialog.Find("[data-testid=helper-reason]").Change("纸质签到");
        dialog.Find("[data-testid=helper-submit]").Click();
        dialog.WaitForAssertion(() => Assert.Equal(1, done));
        var body = BodyOf(context, path);
        Assert.Contains(row.MemberId.ToString(), body, StringComparison.Ordinal);
        Assert.Contains("2026-11-22T09:05:00", body, StringComparison.Ordinal);
        Assert.Single(context.Hub.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task Head_count_is_told_as_the_hub_says_it_with_its_own_time()
    {
        await using var context = Context();
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/check-ins", _ => (Array.Empty<CheckInRecordView>(), 0));
        const string sentence = "17:40 清点 10 人，当时签到在场 9 人（名单内 7 人、名单外 2 人）：有 1 人在场但没有签到。";
        context.Hub.Answer("GET", $"/api/meetings/{Id}/head-counts", new[] { new HeadCountView(Guid.NewGuid(), 10, 9, 1, sentence, Now.AddMinutes(-80), "管理员", "后排") });
        var desk = context.Render<AttendanceDesk>(parameters => parameters.Add(each => each.Meeting, Meeting()).Add(each => each.CanHost, true));
        var text = desk.WaitForElement("[data-testid=count-latest]").TextContent;
        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.EndsWith("管理员 · 后排", text.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_that_waits_is_shown_in_words_and_put_aside_with_a_reason()
    {
        await using var context = Context();
        var record = new CheckInRecordView(Guid.NewGuid(), "张三", CheckInMethod.Card, CheckInOutcome.TooLate, Now, Now, "一楼", true, null, CountedAt: Now, ClockUnknown: true);
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/check-ins", _ => ((CheckInRecordView[])[record], 1));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/check-ins/settle", new[] { new SettleRow(record.Id, true, null, "已搁置，不计签到。") });
        var page = context.Render<OpenRecords>(parameters => parameters.Add(each => each.Meeting, Meeting()).Add(each => each.CanHost, true));
        Assert.DoesNotContain("too_late", page.WaitForElement("[data-testid=open-record]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=open-dismiss]").Click();
        page.WaitForElement("[data-testid=settle-send]").Click();
        Assert.NotEmpty(page.FindAll("[data-testid=field-error]"));
        page.Find("[data-testid=settle-reason]").Change("重复");
        page.Find("[data-testid=settle-send]").Click();
        page.WaitForAssertion(() => Assert.Contains("重复", BodyOf(context, "check-ins/settle"), StringComparison.Ordinal));
    }

    private static AdminContext Context()
    {
        var context = new AdminContext();
        context.Hub.Answer("GET", $"/api/meetings/{Id}", new MeetingDetail(Meeting(), true, null, [], 3, 1, null, null, 3));
        return context;
    }

    private static string BodyOf(AdminContext context, string path) =>
        Assert.Single(context.Hub.Requests, request => request.Method == "POST" && request.PathAndQuery == $"/api/meetings/{Id}/{path}").Body;

    private static MeetingSummary Meeting() => new(
        Id, 1, "十一月党员大会", "MemberAssembly", "党员大会", AdminContext.Root, "党委", Guid.NewGuid(), "活动室", Now.AddHours(-2), Now.AddHours(-1), "Asia/Shanghai", MeetingState.Closed,
        Now.AddMinutes(-150), Now.AddHours(-1), 3, 1);

    private static AttendanceRow Row(string name, AttendanceState state) => new(Guid.NewGuid(), name, "M1", true, state, state == AttendanceState.Pending ? null : Now.AddMinutes(-80), null, null, null, 0, null);
}
