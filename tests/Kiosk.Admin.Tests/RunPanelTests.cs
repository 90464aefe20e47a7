using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Running a meeting from a desk: what is asked first, and what is said where no screen hangs.</summary>
public sealed class RunPanelTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task Beginning_long_before_its_time_is_asked_about_first(int startsInMinutes, bool asked)
    {
        await using var context = Hub(Now.AddMinutes(startsInMinutes));
        var panel = context.Render<RunPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.CanRun, true).Add(each => each.TimeZone, "Asia/Shanghai"));
        panel.WaitForElement("[data-testid=run-begin]").Click();
        if (asked)
        {
            Assert.Contains("原定 今天 19:31 开始，还有 31 分钟", panel.WaitForElement("[data-testid=confirm]").TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain(context.Hub.Requests, request => request.Method == "POST");
            panel.Find("[data-testid=confirm-yes]").Click();
        }

        panel.WaitForState(() => context.Hub.Requests.Exists(request => request.Method == "POST"));
        Assert.Empty(panel.FindAll("[data-testid=confirm]"));
    }

    [Fact]
    public async Task Long_before_is_said_in_hours_and_the_meeting_stays_as_it_is_when_kept()
    {
        await using var context = Hub(Now.AddMinutes(150));
        var panel = context.Render<RunPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.CanRun, true).Add(each => each.TimeZone, "Asia/Shanghai"));
        panel.WaitForElement("[data-testid=run-begin]").Click();
        Assert.Contains("还有 2.5 小时", panel.WaitForElement("[data-testid=confirm]").TextContent, StringComparison.Ordinal);
        panel.Find("[data-testid=confirm-no]").Click();
        Assert.Empty(panel.FindAll("[data-testid=confirm]"));
        Assert.DoesNotContain(context.Hub.Requests, request => request.Method == "POST");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_word_of_a_screen_where_none_hangs(bool noDisplay)
    {
        await using var context = Hub(Now.AddMinutes(-5), new VoteCountView(1, Now, new VoteCount(5, 4, 5, 4, 3)));
        var panel = context.Render<RunPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.CanRun, true).Add(each => each.NoDisplay, noDisplay));
        panel.WaitForElement("[data-testid=run-count-end]");
        Assert.Equal(!noDisplay, panel.Markup.Contains("大屏", StringComparison.Ordinal));
        panel.Find("[data-testid=run-count]").Click();
        var toasts = context.Render<Kiosk.Admin.Shared.Layout.ToastArea>();
        toasts.WaitForAssertion(() => Assert.Contains("已清点", toasts.Markup, StringComparison.Ordinal));
        Assert.Equal(!noDisplay, toasts.Markup.Contains("大屏", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Numbers_are_asked_for_only_where_a_screen_shows_them(bool noDisplay)
    {
        await using var context = Hub(Now.AddMinutes(-5));
        context.Hub.Answer("GET", $"/api/meetings/{Id}/fair-play", new FairPlayView(false, [], [new ProofView(Guid.NewGuid(), "张三", ProofState.Waiting, Now, null, null, null, null)]));
        var panel = context.Render<FairPlayPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.CanAct, true).Add(each => each.Open, true).Add(each => each.NoDisplay, noDisplay));
        panel.WaitForElement("[data-testid=fair-proof]");
        Assert.Equal(noDisplay ? 0 : 1, panel.FindAll("[data-testid=fair-ask-all]").Count);
        Assert.Equal(!noDisplay, panel.Markup.Contains("屏幕", StringComparison.Ordinal));
    }

    private static AdminContext Hub(DateTimeOffset start, VoteCountView? frozen = null)
    {
        var context = new AdminContext();
        var run = new MeetingRunView(Id, MeetingState.Scheduled, start, start.AddHours(1), start.AddHours(1), null, null, frozen, [], [], null);
        context.Hub.Answer("GET", $"/api/meetings/{Id}/run", run);
        context.Hub.Answer("POST", $"/api/meetings/{Id}/run", run);
        return context;
    }
}
