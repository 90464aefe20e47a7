using System.Text.Json;
using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Admin.Features.Today;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

/// <summary>请假 on the meeting page and on 今天, what the wall calls those who are not there, and scans that were refused.</summary>
public sealed class LeaveTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private static readonly LeaveView Waiting = Leave("李四", LeaveState.Requested, 4);
    private static readonly LeaveView Granted = Leave("赵六", LeaveState.Approved, 2) with { DecidedAt = Now, DecidedBy = "王敏", Note = "好好休息" };

    [Fact]
    public async Task Request_is_granted_with_its_revision_and_the_words_for_the_member()
    {
        await using var context = Hub();
        context.Hub.Answer("POST", $"/api/meetings/{Id}/leave/{Waiting.MemberId}/decision", new { });
        var page = Open(context);

        Assert.Equal(["李四", "赵六"], page.FindAll("[data-testid=leave-row]").Select(row => row.GetAttribute("data-name")));
        Assert.Contains("腰椎手术", page.FindAll("[data-testid=leave-row]")[0].TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=leave-note]").Change("好好休息");
        page.Find("[data-testid=leave-approve]").Click();

        page.WaitForAssertion(() => Assert.Contains("已准 李四 的假", Assert.Single(Toasts(context)), StringComparison.Ordinal));
        var sent = JsonDocument.Parse(context.Hub.Requests.Single(request => request.Method == "POST").Body).RootElement;
        Assert.Equal((true, "好好休息", 4), (sent.GetProperty("approve").GetBoolean(), sent.GetProperty("note").GetString(), sent.GetProperty("revision").GetInt32()));
    }

    [Fact]
    public async Task Request_is_declined_without_words_and_a_decision_can_be_changed()
    {
        await using var context = Hub();
        context.Hub.Answer("POST", $"/api/meetings/{Id}/leave/{Waiting.MemberId}/decision", new { });
        context.Hub.Answer("POST", $"/api/meetings/{Id}/leave/{Granted.MemberId}/decision", new { });
        var page = Open(context);
        page.Find("[data-testid=leave-decline]").Click();
        page.WaitForAssertion(() => Assert.Single(context.Hub.Requests, request => request.Method == "POST" && request.Body.Contains("\"approve\":false", StringComparison.Ordinal)
            && !request.Body.Contains("note", StringComparison.Ordinal)));

        page.Find("[data-testid=leave-row][data-state=approved] [data-testid=leave-change]").Click();
        var row = page.Find("[data-testid=leave-row][data-state=approved]");
        Assert.Empty(row.QuerySelectorAll("[data-testid=leave-approve]"));
        page.Find("[data-testid=leave-row][data-state=approved] [data-testid=leave-decline]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.Contains(Granted.MemberId.ToString(), StringComparison.Ordinal) && request.Body.Contains("\"revision\":2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Request_taken_back_meanwhile_is_said_and_read_again()
    {
        await using var context = Hub();
        context.Hub.Refuse("POST", $"/api/meetings/{Id}/leave/{Waiting.MemberId}/decision", 409, """{"status":409,"code":"leave_withdrawn","title":"没有成功","detail":"本人已经撤回请假。"}""");
        var page = Open(context);
        var before = Reads(context);
        page.Find("[data-testid=leave-approve]").Click();

        page.WaitForAssertion(() => Assert.Equal("本人已经撤回请假。", Assert.Single(Toasts(context))));
        page.WaitForAssertion(() => Assert.True(Reads(context) > before));
    }

    [Fact]
    public async Task Words_being_typed_survive_a_fresh_read()
    {
        await using var context = Hub();
        var page = Open(context);
        page.Find("[data-testid=leave-note]").Change("注意身体");
        context.Clock.Advance(TimeSpan.FromSeconds(16));
        page.WaitForAssertion(() => Assert.True(Reads(context) > 1));
        Assert.Equal("注意身体", page.Find("[data-testid=leave-note]").GetAttribute("value"));
    }

    [Fact]
    public async Task Leave_asked_for_by_word_of_mouth_is_entered_for_the_one_found()
    {
        await using var context = Hub();
        context.Hub.Answer("POST", $"/api/meetings/{Id}/leave", new { });
        var page = Open(context);
        page.Find("[data-testid=leave-enter]").Click();
        page.WaitForElement("[data-testid=leave-save]").Click();
        Assert.Equal("请选择一位。", page.WaitForElement("[data-testid=field-error]").TextContent.Trim());

        page.Find("[data-testid=leave-name]").Input("pd");
        page.WaitForAssertion(() => Assert.Contains("记 待到 请假", page.Find("[data-testid=leave-save]").TextContent, StringComparison.Ordinal));
        page.Find("[data-testid=leave-kind] [data-value=official]").Click();
        page.Find("[data-testid=leave-save]").Click();
        page.WaitForAssertion(() => Assert.Contains("\"kind\":\"official\"", context.Hub.Requests.Single(request => request.Method == "POST").Body, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("", page.Find("[data-testid=leave-name]").GetAttribute("value")));
    }

    [Fact]
    public async Task Wall_names_leave_and_absence_in_words_and_filters_by_them()
    {
        await using var context = Hub(MeetingState.Closed);
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForElement("[data-testid=attendance-filter]");

        Assert.Equal(["出席 1", "请假 1", "缺席 1"], page.FindAll("[data-testid=attendance-group]").Select(head => head.TextContent.Trim()));
        Assert.Equal(["present", "leave", "absent"], page.FindAll("[data-testid=attendance-row]").Select(row => row.GetAttribute("data-state")));
        Assert.Equal(["全部 3", "出席 1", "请假 1", "缺席 1"], page.FindAll("[data-testid=attendance-filter] button").Select(button => button.TextContent));
        Assert.Equal("1", page.Find("[data-testid=figure-leave]").TextContent);

        page.FindAll("[data-testid=attendance-filter] button")[^1].Click();
        Assert.Equal("缺到", Assert.Single(page.FindAll("[data-testid=attendance-row]")).GetAttribute("data-name"));
        Assert.Equal("补登", page.Find("[data-testid=attendance-check-in]").TextContent);
    }

    [Fact]
    public async Task Who_came_in_spite_of_leave_can_be_checked_in_by_the_host_and_who_is_there_cannot()
    {
        await using var context = Hub();
        var dialog = context.Render<HelperCheckInDialog>(parameters => parameters.Add(each => each.Meeting, Meeting(MeetingState.Scheduled)).Add(each => each.Offer, CheckInOffer.Now));
        dialog.WaitForState(() => dialog.FindAll("[data-testid=helper-member]").Count == 3);
        Assert.Equal(["到了"], dialog.FindAll("[data-testid=helper-member][disabled]").Select(each => each.GetAttribute("data-name")));
        Assert.Equal(["出席", "请假", "待签到"], dialog.FindAll(".target > span.small").Select(each => each.TextContent));
    }

    [Fact]
    public async Task Meeting_with_requests_says_so_here_and_on_today()
    {
        await using var context = Hub();
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        Assert.Contains("1 个请假待批", page.WaitForElement("[data-testid=leave-waiting]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=leave-open]").Click();
        page.WaitForElement("[data-testid=leave-row]");

        context.Hub.Answer("GET", "/api/today", new TodayView([Meeting(MeetingState.Scheduled)], 0, 0, [], [], 0) { Waiting = [new("leave", 1, Id, "十一月党员大会", null, null)] });
        var today = context.Render<TodayPage>();
        Assert.Equal($"meetings/{Id}?part=leave", today.WaitForElement("[data-testid=today-waiting][data-code=leave]").GetAttribute("href"));
    }

    [Fact]
    public async Task Secretary_of_a_branch_that_takes_part_decides_on_the_leave_of_its_own_members_on_her_page_of_the_meeting()
    {
        await using var context = Hub();
        var view = new JointMeetingView(Id, AdminContext.Branch, "第一支部", "河东支部", "共建党课", "党课", "活动室", Now, Now.AddHours(1), "Asia/Shanghai", MeetingState.Scheduled, 5, 0, 2, 0, [], null, []);
        context.Hub.Answer("GET", $"/api/meeting-invitations/{Id}/{AdminContext.Branch}", view with { LeaveWaiting = 1 });
        context.Hub.Answer("POST", $"/api/meetings/{Id}/leave/{Waiting.MemberId}/decision", new { });
        var page = context.Render<JointMeetingPage>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.OrgUnitId, AdminContext.Branch));
        page.WaitForElement("[data-testid=leave-approve]").Click();
        page.WaitForAssertion(() => Assert.Contains("已准 李四 的假", Assert.Single(Toasts(context)), StringComparison.Ordinal));
        Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.StartsWith($"/api/meetings/{Id}/leave?orgUnitId={AdminContext.Branch}", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=leave-enter]"));

        // Who only hosts there is shown none of it.
        context.Hub.Answer("GET", $"/api/meeting-invitations/{Id}/{AdminContext.Branch}", view);
        var other = context.Render<JointMeetingPage>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.OrgUnitId, AdminContext.Branch));
        other.WaitForElement("[data-testid=joint-meeting]");
        Assert.Empty(other.FindAll("[data-testid=leave]"));

        context.Hub.Answer("GET", "/api/today", new TodayView([], 0, 0, [], [], 0) { Waiting = [new("joint_leave", 1, Id, "共建党课") { OrgUnitId = AdminContext.Branch }] });
        context.Hub.Answer("GET", "/api/meeting-invitations", Array.Empty<MeetingInvitation>());
        Assert.Equal($"meetings/joint/{Id}/{AdminContext.Branch}", context.Render<TodayPage>().WaitForElement("[data-testid=today-waiting][data-code=joint_leave]").GetAttribute("href"));
    }

    [Fact]
    public async Task Operator_who_may_not_host_decides_nothing()
    {
        await using var context = Hub(MeetingState.Scheduled, new RoleGrant(OperatorRole.Editor, AdminContext.Root, "党委"));
        var page = Open(context);
        Assert.Empty(page.FindAll("[data-testid=leave-approve], [data-testid=leave-decline], [data-testid=leave-change], [data-testid=leave-enter]"));
    }

    [Fact]
    public async Task Refused_scans_are_one_quiet_line_with_what_to_do_and_nothing_without_them()
    {
        await using var context = Hub();
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForElement("[data-testid=attendance-filter]");
        Assert.Empty(page.FindAll("[data-testid=refused-scans]"));

        context.Hub.Answer("GET", $"/api/meetings/{Id}/refused-scans", new RefusedScanCount[] { new("expired_code", 2, Now), new("altered_code", 1, Now), new("from_the_future", 1, Now) });
        context.Clock.Advance(TimeSpan.FromSeconds(16));
        var line = page.WaitForElement("[data-testid=refused-scans]");
        Assert.Equal("有 4 次扫码没有成功：过期 2、改动 1、其他 1。", line.QuerySelector("summary")!.TextContent);
        Assert.Equal(3, line.QuerySelectorAll("li").Length);
    }

    private static IRenderedComponent<MeetingPage> Open(AdminContext context)
    {
        context.Services.GetRequiredService<NavigationManager>().NavigateTo($"meetings/{Id}?part=leave");
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForElement("[data-testid=leave-row]");
        return page;
    }

    private static IEnumerable<string> Toasts(AdminContext context) => context.Services.GetRequiredService<Toasts>().Current.Select(toast => toast.Text);

    private static int Reads(AdminContext context) => context.Hub.Requests.Count(request => request.PathAndQuery.StartsWith($"/api/meetings/{Id}/leave?", StringComparison.Ordinal));

    private static AdminContext Hub(MeetingState state = MeetingState.Scheduled, params RoleGrant[] grants)
    {
        var context = new AdminContext(Texts.Chinese, grants);
        context.Hub.Answer("GET", $"/api/meetings/{Id}", new MeetingDetail(Meeting(state), true, null, [], 3, 1, null, null, 3));
        context.Hub.Answer("GET", $"/api/meetings/{Id}/refused-scans", Array.Empty<RefusedScanCount>());
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/leave", _ => ((IReadOnlyList<LeaveView>)[Waiting, Granted], 2));
        var missing = Row(state == MeetingState.Closed ? "缺到" : "待到", state == MeetingState.Closed ? AttendanceState.Absent : AttendanceState.Pending);
        AttendanceRow[] rows = [Row("到了", AttendanceState.Present), Row("赵六", AttendanceState.Leave), missing];
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", query =>
        {
            AttendanceRow[] found = query.Contains("state=present", StringComparison.Ordinal) ? [rows[0]]
                : query.Contains("state=leave", StringComparison.Ordinal) ? [rows[1]]
                : query.Contains("state=pending", StringComparison.Ordinal) || query.Contains("search=pd", StringComparison.Ordinal) ? [rows[2]]
                : query.Contains("state=", StringComparison.Ordinal) ? [] : rows;
            return (found, found.Length);
        });
        return context;
    }

    private static AttendanceRow Row(string name, AttendanceState state) => new(Guid.NewGuid(), name, "M1", true, state, state == AttendanceState.Present ? Now : null, null, null, null, 0, null);

    private static LeaveView Leave(string name, LeaveState state, int revision) => new(Guid.NewGuid(), name, "M2", LeaveKind.Sick, "腰椎手术", state, Now.AddHours(-3), null, null, null, revision);

    private static MeetingSummary Meeting(MeetingState state)
    {
        var start = Now.AddMinutes(10);
        return new(Id, 1, "十一月党员大会", "MemberAssembly", "党员大会", AdminContext.Root, "党委", Guid.NewGuid(), "活动室", start, start.AddHours(1), "Asia/Shanghai", state, start.AddMinutes(-30), start.AddHours(1), 3, 1, 1, 1);
    }
}
