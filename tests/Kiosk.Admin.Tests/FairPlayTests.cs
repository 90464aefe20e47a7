using System.Text.Json;
using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

/// <summary>需要看一眼: what the host is told about check-ins and what can be done about it.</summary>
public sealed class FairPlayTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private static readonly FlagSubject Zhang = new(Guid.NewGuid(), "张三", CheckInMethod.Phone, Now, CheckedIn: true);
    private static readonly FlagSubject Li = new(Guid.NewGuid(), "李四", CheckInMethod.Phone, Now, CheckedIn: true);
    private static readonly FlagView Look = new("one_phone:a", "one_phone", FlagWeight.Look, "2 位同志用同一部手机签到：张三、李四。", "看一眼这几位是否都在。", Now, [Zhang, Li], null);
    private static readonly FlagView Couple = new("one_phone:b", "shared_phone", FlagWeight.Explained, "王五借用赵六的手机签到，已声明“换人签到”。", "属于正常。", Now, [], null);
    private static readonly ProofView Asked = new(Guid.NewGuid(), "孙七", ProofState.Waiting, Now, null, null, null, null);

    [Fact]
    public async Task Flag_says_what_and_why_and_is_answered_with_a_word()
    {
        await using var context = Hub(new(false, [Look, Couple], []));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/fair-play/answers", new { });
        var panel = Open(context);
        var flag = Assert.Single(panel.FindAll("[data-testid=fair-flag]"));
        Assert.Contains("张三、李四", flag.TextContent, StringComparison.Ordinal);
        Assert.Contains("看一眼这几位是否都在。", flag.TextContent, StringComparison.Ordinal);
        Assert.Contains("需要看一眼（1）", panel.Find("h2").TextContent, StringComparison.Ordinal);
        Assert.Contains("王五借用赵六", panel.Find("[data-testid=fair-settled]").TextContent, StringComparison.Ordinal);

        panel.Find("[data-testid=fair-word]").Change("父女俩，都在");
        panel.Find("[data-testid=fair-answer]").Click();
        panel.WaitForAssertion(() => Assert.Equal(("one_phone:a", "父女俩，都在"), Sent(context)));
    }

    [Fact]
    public async Task Answer_without_a_word_says_that_the_person_was_seen()
    {
        await using var context = Hub(new(false, [Look], []));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/fair-play/answers", new { });
        Open(context).Find("[data-testid=fair-answer]").Click();
        Assert.Equal(("one_phone:a", "本人在场"), Sent(context));
    }

    [Fact]
    public async Task Check_in_can_be_taken_back_and_one_person_asked_for_a_number()
    {
        await using var context = Hub(new(false, [Look], []));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/second-proof/{Li.MemberId}", new { });
        FlagSubject? taken = null;
        var panel = Open(context, subject => taken = subject);
        panel.FindAll("[data-testid=fair-undo]")[0].Click();
        Assert.Equal(Zhang, taken);
        panel.FindAll("[data-testid=fair-ask]")[1].Click();
        panel.WaitForAssertion(() => Assert.Contains("请 李四", Assert.Single(context.Services.GetRequiredService<Toasts>().Current).Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_waits_to_be_confirmed_is_confirmed_by_hand_and_everybody_can_be_asked()
    {
        await using var context = Hub(new(false, [], [Asked]));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/second-proof/{Asked.MemberId}/confirm", new { });
        context.Hub.Answer("PUT", $"/api/meetings/{Id}/second-proof", new { });
        var panel = Open(context);
        Assert.Contains("待确认 1 人", panel.Markup, StringComparison.Ordinal);
        panel.Find("[data-testid=fair-confirm]").Click();
        panel.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.EndsWith("/confirm", StringComparison.Ordinal)));
        panel.Find("[data-testid=fair-ask-all]").Change(true);
        panel.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.Method == "PUT" && request.Body.Contains("true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_to_say_after_the_meeting_says_nothing()
    {
        await using var context = Hub(new(false, [], []));
        var panel = context.Render<FairPlayPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.Version, 1).Add(each => each.CanAct, true).Add(each => each.Open, false));
        panel.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.Contains("fair-play", StringComparison.Ordinal)));
        Assert.Empty(panel.FindAll("[data-testid=fair-play]"));
    }

    [Fact]
    public async Task Who_may_not_host_sees_but_decides_nothing()
    {
        await using var context = Hub(new(false, [Look], [Asked]));
        var panel = context.Render<FairPlayPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.Version, 1).Add(each => each.CanAct, false).Add(each => each.Open, true));
        panel.WaitForElement("[data-testid=fair-flag]");
        Assert.Empty(panel.FindAll("button, input"));
    }

    private static AdminContext Hub(FairPlayView view)
    {
        var context = new AdminContext(Texts.Chinese);
        context.Hub.Answer("GET", $"/api/meetings/{Id}/fair-play", view);
        return context;
    }

    private static IRenderedComponent<FairPlayPanel> Open(AdminContext context, Action<FlagSubject>? takeBack = null)
    {
        var panel = context.Render<FairPlayPanel>(parameters => parameters
            .Add(each => each.MeetingId, Id).Add(each => each.Version, 1).Add(each => each.CanAct, true).Add(each => each.Open, true)
            .Add(each => each.OnTakeBack, subject => takeBack?.Invoke(subject)));
        panel.WaitForElement("[data-testid=fair-play]");
        return panel;
    }

    private static (string? Key, string? Word) Sent(AdminContext context)
    {
        var body = JsonDocument.Parse(context.Hub.Requests.Single(request => request.Method == "POST").Body).RootElement;
        return (body.GetProperty("key").GetString(), body.GetProperty("word").GetString());
    }
}
