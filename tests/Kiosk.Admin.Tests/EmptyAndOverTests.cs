using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Admin.Features.Today;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>What pages say where there is nothing yet, or nothing any more.</summary>
public sealed class EmptyAndOverTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(false, 0, 1)]
    [InlineData(false, 3, 2)]
    [InlineData(true, 3, 4)]
    public async Task Minutes_of_a_cancelled_meeting_are_nothing_to_write_unless_something_was_written(bool cancelled, int revision, int shown)
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", $"/api/meetings/{Id}/minutes", new MinutesView(Id, MinutesState.Draft, "", [], null, [], null, null, null, null, revision));
        var panel = context.Render<MinutesPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.Start, Now.AddHours(1)).Add(each => each.Cancelled, cancelled).Add(each => each.CanEdit, !cancelled));
        var none = shown == 0;
        panel.WaitForElement(none ? "[data-testid=minutes-none]" : "[data-testid=minutes-text]");
        Assert.Equal(none ? 0 : 1, panel.FindAll("[data-testid=minutes-print]").Count);
        Assert.Equal(none, !panel.Markup.Contains("草稿", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(-5, false)]
    public async Task Minutes_are_not_final_before_the_meeting_began(int startsInMinutes, bool early)
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", $"/api/meetings/{Id}/minutes", new MinutesView(Id, MinutesState.Draft, "要点", [], null, [], Now, "王敏", null, null, 1));
        var panel = context.Render<MinutesPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.Start, Now.AddMinutes(startsInMinutes)).Add(each => each.CanEdit, true));
        Assert.Equal(early, panel.WaitForElement("[data-testid=minutes-final]").HasAttribute("disabled"));
        Assert.Equal(early ? 1 : 0, panel.FindAll("[data-testid=minutes-early]").Count);
    }

    [Theory]
    [InlineData(OperatorRole.Secretary, 0, 0)]
    [InlineData(OperatorRole.Admin, 0, 1)]
    [InlineData(OperatorRole.Secretary, 2, 1)]
    public async Task Pairing_the_first_display_is_offered_to_whoever_may(OperatorRole role, int displays, int shown)
    {
        await using var context = new AdminContext(grants: [new RoleGrant(role, AdminContext.Root, "党委")]);
        context.Hub.Answer("GET", "/api/today", new TodayView([Meeting(MeetingState.Cancelled)], displays, displays, [], [], 0));
        context.Hub.Answer("GET", "/api/meeting-invitations", Array.Empty<MeetingInvitation>());
        var page = context.Render<TodayPage>();
        var row = page.WaitForElement("[data-testid=today-meetings] li").TextContent;
        Assert.Equal(shown, page.FindAll("[data-testid=today-displays]").Count);
        Assert.DoesNotContain("0 / 7", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Texts.Chinese, "还有 2 项内容，今天 22:00 开始下载")]
    [InlineData(Texts.English, "To come: 2 · download begins: Today 22:00")]
    public async Task Display_that_waits_for_its_download_hours_is_well_and_says_until_when(string language, string words)
    {
        await using var context = new AdminContext(language);
        context.Hub.Answer("GET", "/api/today", new TodayView([], 1, 1, [], [], 0) { Downloads = [new(Guid.NewGuid(), "大厅", 2, new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero), "Asia/Shanghai")] });
        context.Hub.Answer("GET", "/api/meeting-invitations", Array.Empty<MeetingInvitation>());
        var page = context.Render<TodayPage>();
        var displays = page.WaitForElement("[data-testid=today-displays]");
        Assert.Contains(context.Texts["today.displays_fine"], displays.TextContent, StringComparison.Ordinal);
        Assert.Contains(words, page.Find("[data-testid=today-downloads]").TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(JointState.Accepted, true)]
    [InlineData(JointState.Declined, false)]
    public async Task Branch_that_takes_part_elsewhere_is_not_told_that_nothing_is_planned(JointState state, bool takesPart)
    {
        await using var context = new AdminContext();
        context.Hub.AnswerPage("GET", "/api/meetings", _ => new Page<MeetingSummary>([], 0));
        context.Hub.Answer("GET", "/api/meeting-invitations", new[]
        {
            new MeetingInvitation(Id, AdminContext.Branch, "第一支部", "联合党课", "党课", "第二支部", "活动室", Now.AddHours(1), Now.AddHours(2), "Asia/Shanghai", state, MeetingState.Scheduled),
        });
        var page = context.Render<MeetingsPage>();
        page.WaitForElement("[data-testid=invitation]");
        page.WaitForAssertion(() => Assert.Equal(takesPart, page.Find("[data-testid=empty]").TextContent.Contains("本支部自己还没有安排会议", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Taking_a_check_in_back_at_a_cancelled_meeting_is_not_called_undoing()
    {
        await using var context = new AdminContext();
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", query => query.Contains("state=present", StringComparison.Ordinal)
            ? ([new AttendanceRow(Guid.NewGuid(), "张三", "M1", true, AttendanceState.Present, Now, null, null, null, 2, null)], 1) : ((IReadOnlyList<AttendanceRow>)[], 0));
        foreach (var cancelled in (bool[])[true, false])
        {
            var wall = context.Render<AttendanceWall>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.Cancelled, cancelled).Add(each => each.CanUndo, true));
            Assert.Equal("撤销签到", wall.WaitForElement("[data-testid=attendance-undo]").TextContent);
            Assert.Equal(cancelled ? 1 : 0, wall.FindAll("[data-testid=cancelled-kept]").Count);
        }
    }

    private static MeetingSummary Meeting(MeetingState state) => new(
        Id, 1, "十一月党员大会", "MemberAssembly", "党员大会", AdminContext.Root, "党委", Guid.NewGuid(), "活动室", Now.AddHours(1), Now.AddHours(2), "Asia/Shanghai", state, Now, Now.AddHours(2), 7, 0);
}
