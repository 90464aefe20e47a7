using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Admin.Features.Members;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>What the pages say of a meeting that is cancelled, of a place without a display, and of who may host.</summary>
public sealed class CancelledMeetingTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(MeetingState.Scheduled)]
    [InlineData(MeetingState.Cancelled)]
    public async Task Nobody_is_awaited_and_no_quorum_is_missed_once_it_is_cancelled(MeetingState state)
    {
        await using var context = Hub(state, present: 2);
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        var group = page.WaitForElement("[data-testid=attendance-group]");
        var cancelled = state is MeetingState.Cancelled;
        Assert.Contains(cancelled ? "未签到" : "待签到", group.TextContent, StringComparison.Ordinal);
        Assert.Contains(cancelled ? "未签到 1" : "待签到 1", page.Find("[data-testid=attendance-filter]").TextContent, StringComparison.Ordinal);
        Assert.Equal(cancelled ? 0 : 1, page.FindAll("[data-testid=quorum]").Count);
        Assert.Equal(cancelled ? 0 : 1, page.FindAll("[data-testid=no-display]").Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Cancelling_says_how_many_are_checked_in_and_that_they_keep_it(int present)
    {
        await using var context = Hub(MeetingState.Scheduled, present);
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForElement("[data-testid=meeting-cancel]").Click();
        page.WaitForElement("[data-testid=cancel-reason-text]");
        var said = page.FindAll("[data-testid=cancel-present]");
        Assert.Equal(present > 0 ? 1 : 0, said.Count);
        Assert.All(said, note => Assert.Contains("已有 2 人签到", note.TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("大雨，改期")]
    [InlineData(null)]
    public async Task Partner_reads_that_it_was_cancelled_and_why_and_is_not_told_to_host(string? why)
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", $"/api/meeting-invitations/{Id}/{AdminContext.Branch}", new JointMeetingView(
            Id, AdminContext.Branch, "第一支部", "第二支部", "联合党课", "党课", "活动室", Now.AddMinutes(30), Now.AddMinutes(90), "Asia/Shanghai", MeetingState.Cancelled, 20, 2, 1, 0, [], null,
            [new JointPerson(Guid.NewGuid(), "李四", true, AttendanceState.Pending, null)]) { CancelReason = why });
        var page = context.Render<JointMeetingPage>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.OrgUnitId, AdminContext.Branch));
        var note = page.WaitForElement("[data-testid=joint-cancelled]").TextContent;
        Assert.Contains("取消", note, StringComparison.Ordinal);
        Assert.Equal(why is not null, note.Contains("大雨，改期", StringComparison.Ordinal));
        Assert.DoesNotContain("待签到", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("一体机上主持", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secretary_sets_the_host_pin_and_reads_why_the_box_is_not_theirs_to_tick()
    {
        await using var context = new AdminContext();
        var member = Guid.NewGuid();
        context.Hub.Answer("GET", $"/api/members/{member}/host", new MemberHostView(member, false, null, false) { Hosts = true });
        var card = context.Render<MemberHost>(parameters => parameters.Add(each => each.MemberId, member).Add(each => each.CanMark, false));
        Assert.True(card.WaitForElement("[data-testid=may-host]").HasAttribute("disabled"));
        Assert.Contains("只有管理员能勾选", card.Find("[data-testid=may-host-who]").TextContent, StringComparison.Ordinal);
        Assert.Contains("还没有主持密码", card.Find("[data-testid=host-pin-state]").TextContent, StringComparison.Ordinal);
        Assert.Single(card.FindAll("[data-testid=host-no-card]"));
        Assert.Single(card.FindAll("[data-testid=host-pin]"));
    }

    private static AdminContext Hub(MeetingState state, int present)
    {
        var context = new AdminContext();
        var start = Now.AddMinutes(10);
        var summary = new MeetingSummary(
            Id, 1, "十一月党员大会", "MemberAssembly", "党员大会", AdminContext.Root, "党委", Guid.NewGuid(), "社区广场", start, start.AddHours(1), "Asia/Shanghai", state,
            start.AddMinutes(-30), start.AddHours(1), 7, present);
        context.Hub.Answer("GET", $"/api/meetings/{Id}", new MeetingDetail(summary, true, null, [], 7, present, 5, "章程", 3) { NoDisplay = true });
        context.Hub.Answer("GET", $"/api/meetings/{Id}/run", new MeetingRunView(Id, state, start, start.AddHours(1), start.AddHours(1), null, null, null, [], [], null));
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", query => query.Contains("state=pending", StringComparison.Ordinal)
            ? ([new AttendanceRow(Guid.NewGuid(), "李四", "M1", true, AttendanceState.Pending, null, null, null, null, 0, null)], 1) : ((IReadOnlyList<AttendanceRow>)[], 0));
        return context;
    }
}
