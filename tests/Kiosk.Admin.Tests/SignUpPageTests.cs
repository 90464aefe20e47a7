using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>志愿服务: people sign up, nobody is expected, nothing is put to the vote – and the page speaks of that only.</summary>
public sealed class SignUpPageTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Full_member_who_signed_up_is_not_said_to_have_no_vote_and_no_voters_are_counted(bool signUp)
    {
        await using var context = Hub(signUp, new AttendanceRow(Guid.NewGuid(), "赵玉梅", "M1", false, AttendanceState.Pending, null, null, null, null, 0, null));
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        var row = page.WaitForElement("[data-testid=attendance-row]");
        page.WaitForElement("[data-testid=run-extend-15]");
        Assert.Equal(!signUp, row.TextContent.Contains("无表决权", StringComparison.Ordinal));
        Assert.Equal(signUp ? 0 : 1, page.FindAll("[data-testid=run-count]").Count);
        Assert.Equal(signUp ? 0 : 1, page.FindAll("[data-testid=figure-voting]").Count);
    }

    [Fact]
    public async Task Before_anybody_signed_up_the_page_speaks_of_signing_up()
    {
        await using var context = Hub(signUp: true);
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForAssertion(() => Assert.Contains("还没有人报名", page.Find("[data-testid=attendance-wall]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("应到", page.Markup, StringComparison.Ordinal);
        Assert.Contains("报名名单", page.Find("[data-testid=meeting-tabs] [data-value=roster]").TextContent, StringComparison.Ordinal);
    }

    private static AdminContext Hub(bool signUp, params AttendanceRow[] rows)
    {
        var context = new AdminContext(Texts.Chinese);
        var start = Now.AddMinutes(10);
        var summary = new MeetingSummary(
            Id, 1, "社区清洁", "VolunteerService", "志愿服务", AdminContext.Root, "党委", Guid.NewGuid(), "社区广场", start, start.AddHours(1), "Asia/Shanghai", MeetingState.Scheduled,
            start.AddMinutes(-30), start.AddHours(1), rows.Length, 0, SignUp: signUp);
        context.Hub.Answer("GET", $"/api/meetings/{Id}", new MeetingDetail(summary, true, null, [], 0, 0, null, null, 3));
        context.Hub.Answer("GET", $"/api/meetings/{Id}/run", new MeetingRunView(Id, MeetingState.Scheduled, start, start.AddHours(1), start.AddHours(1), null, null, null, [], [], null));
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", query => query.Contains("state=pending", StringComparison.Ordinal)
            ? ((IReadOnlyList<AttendanceRow>)rows, rows.Length) : ([], 0));
        return context;
    }
}
