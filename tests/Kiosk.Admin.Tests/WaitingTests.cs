using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Admin.Features.Members;
using Kiosk.Admin.Features.Today;
using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

/// <summary>What waits on 今天, check-ins without a meeting, what hosts did, and meetings at other branches.</summary>
public sealed class WaitingTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Texts.Chinese)]
    [InlineData(Texts.English)]
    public async Task Everything_that_waits_has_its_number_its_words_and_leads_to_the_page_that_solves_it(string language)
    {
        await using var context = new AdminContext(language);
        context.Hub.Answer("GET", "/api/today", new TodayView([], 0, 0, [], [], 0)
        {
            Waiting =
            [
                new("flags", 3, Id, "十一月党员大会", Now, "Asia/Shanghai"), new("records", 12, Id, "十一月党员大会", Now, "Asia/Shanghai"), new("leave", 2, Id, "十一月党员大会", Now, "Asia/Shanghai"),
                new("make_ups", 4, Id, "十一月党员大会", Now, "Asia/Shanghai"), new("invitations", 1), new("unmatched", 7),
            ],
        });
        var page = context.Render<TodayPage>();
        page.WaitForElements("[data-testid=today-waiting]", 6);
        Assert.Equal(
            [("3", $"meetings/{Id}"), ("12", $"meetings/{Id}"), ("2", $"meetings/{Id}?part=leave"), ("4", $"meetings/{Id}?part=makeup"), ("1", "meetings"), ("7", "meetings/unmatched")],
            page.FindAll("[data-testid=today-waiting]").Select(row => (row.QuerySelector(".chip")!.TextContent, row.GetAttribute("href"))));
        Assert.All(page.FindAll("[data-testid=today-waiting] b"), word => Assert.Equal(language == Texts.Chinese, word.TextContent.Any(letter => letter is >= '\u4e00' and <= '\u9fff')));
        Assert.Empty(page.FindAll("[data-testid=today-waiting-none]"));
    }

    [Fact]
    public async Task Nothing_that_waits_is_said_kindly_and_who_does_not_host_is_told_nothing_of_it()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/today", new TodayView([], 0, 0, [], [], 0));
        Assert.Contains(context.Texts["waiting.none"], context.Render<TodayPage>().WaitForElement("[data-testid=today-waiting-none]").TextContent, StringComparison.Ordinal);
        await using var editor = new AdminContext(grants: [new RoleGrant(OperatorRole.Editor, AdminContext.Root, "党委")]);
        editor.Hub.Answer("GET", "/api/today", new TodayView([], 0, 0, [], [], 0));
        var page = editor.Render<TodayPage>();
        page.WaitForElement("[data-testid=today-notices]");
        Assert.Empty(page.FindAll("[data-testid=today-waiting-card]"));
    }

    [Fact]
    public async Task Check_in_without_a_meeting_is_counted_for_the_likely_one_with_a_reason()
    {
        await using var context = new AdminContext();
        var record = Record("张三", CheckInOutcome.WrongMeeting);
        context.Hub.Answer("GET", "/api/unmatched-check-ins", new Page<UnmatchedCheckIn>([new(record, "wrong_meeting", Meeting())], 1));
        context.Hub.Answer("GET", "/api/meetings", new Page<MeetingSummary>([Meeting(), Meeting() with { Id = Guid.NewGuid(), Title = "党课" }], 2));
        context.Hub.Answer("POST", "/api/unmatched-check-ins/settle", new[] { new SettleRow(record.Id, true, CheckInOutcome.Accepted, "") });
        var page = context.Render<UnmatchedPage>();
        var row = page.WaitForElement("[data-testid=unmatched-record]");
        Assert.Contains("找不到会议", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("wrong_meeting", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("十一月党员大会", page.Find("[data-testid=unmatched-likely]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=unmatched-accept]").Click();
        Assert.Equal(3, page.WaitForElement("[data-testid=unmatched-meeting]").QuerySelectorAll("option").Length);
        page.Find("[data-testid=unmatched-send]").Click();
        page.WaitForElement("[data-testid=field-error]");
        page.Find("[data-testid=unmatched-reason]").Change("确实到会");
        page.Find("[data-testid=unmatched-send]").Click();
        page.WaitForAssertion(() => Assert.Contains(Id.ToString(), BodyOf(context), StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=unmatched-dialog]")));
    }

    [Fact]
    public async Task Check_in_without_a_meeting_and_without_a_likely_one_asks_for_it_and_may_be_put_aside()
    {
        await using var context = new AdminContext();
        var record = Record(null, CheckInOutcome.UnknownCard) with { DisplayName = null };
        context.Hub.Answer("GET", "/api/unmatched-check-ins", new Page<UnmatchedCheckIn>([new(record, "unknown_card", null)], 1));
        context.Hub.Answer("GET", "/api/meetings", new Page<MeetingSummary>([], 0));
        context.Hub.Answer("POST", "/api/unmatched-check-ins/settle", new[] { new SettleRow(record.Id, true, null, "") });
        var page = context.Render<UnmatchedPage>();
        page.WaitForElement("[data-testid=unmatched-accept]").Click();
        page.WaitForElement("[data-testid=unmatched-reason]").Change("旧卡");
        Assert.Contains(context.Texts["unmatched.no_choice"], page.Markup, StringComparison.Ordinal);
        page.Find("[data-testid=unmatched-send]").Click();
        Assert.DoesNotContain(context.Hub.Requests, request => request.Method == "POST");
        page.Find("[data-testid=unmatched-dialog] [data-testid=dialog-close]").Click();
        page.Find("[data-testid=unmatched-dismiss]").Click();
        page.WaitForElement("[data-testid=unmatched-reason]").Change("试卡");
        page.Find("[data-testid=unmatched-send]").Click();
        page.WaitForAssertion(() => Assert.Contains("\"accept\":false", BodyOf(context), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_without_any_says_what_would_be_here()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/unmatched-check-ins", new Page<UnmatchedCheckIn>([], 0));
        Assert.Contains(context.Texts["unmatched.none_text"], context.Render<UnmatchedPage>().WaitForElement("[data-testid=empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_actions_offer_every_display_and_another_choice_begins_at_its_first_row()
    {
        await using var context = new AdminContext();
        var displays = Enumerable.Range(1, 201).Select(Display).ToList();
        context.Hub.AnswerPage("GET", "/api/displays", query => new Page<DisplaySummary>(
            [.. displays.Skip(query.Contains("skip=200", StringComparison.Ordinal) ? 200 : 0).Take(200)], 201));
        context.Hub.Answer("GET", "/api/host-events", new Page<HostEventView>(
            [new(Guid.NewGuid(), HostActionKind.Count, HostActionOutcome.Applied, Now, Now, "王敏", null, null, Id, "十一月党员大会", "Asia/Shanghai", false)], 120));
        var nav = context.Services.GetRequiredService<NavigationManager>();
        nav.NavigateTo($"meetings/host-events?meeting={Id}");
        var page = context.Render<HostEventsPage>();
        page.WaitForAssertion(() => Assert.Equal(202, page.FindAll("[data-testid=host-events-display] option").Count));
        page.Find("[data-testid=page-next]").Click();
        page.WaitForAssertion(() => Assert.Contains("skip=50", Events(context)[^1], StringComparison.Ordinal));
        nav.NavigateTo("meetings/host-events");
        page.WaitForAssertion(() => Assert.DoesNotContain("meetingId", Events(context)[^1], StringComparison.Ordinal));
        Assert.DoesNotContain("skip=50", Events(context)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_actions_name_who_where_and_what_and_what_was_refused_says_what_to_do()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/displays", new Page<DisplaySummary>([], 0));
        context.Hub.Answer("GET", "/api/host-events", new Page<HostEventView>(
        [
            new(Guid.NewGuid(), HostActionKind.Count, HostActionOutcome.Applied, Now, Now, "王敏", null, null, Id, "十一月党员大会", "Asia/Shanghai", false),
            new(Guid.NewGuid(), HostActionKind.Start, HostActionOutcome.NotHost, Now.AddHours(-2), Now, "赵*动", Guid.NewGuid(), "一楼", null, null, "Asia/Shanghai", true),
            new(Guid.NewGuid(), HostActionKind.Close, HostActionOutcome.UnknownCard, Now, Now, null, Guid.NewGuid(), "一楼", Id, "十一月党员大会", "Asia/Shanghai", true),
        ], 120));
        var page = context.Render<HostEventsPage>();
        var rows = page.WaitForElements("[data-testid=host-event]", 3);
        Assert.Contains("在电脑上", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("没有主持权限", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("可以主持", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains(context.Texts["checkin.unknown_person"], rows[2].TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=host-events-filter] [data-value=true]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.Contains("refused=true", StringComparison.Ordinal)));
        page.Find("[data-testid=page-next]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.Contains("skip=50", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_outcome_that_is_refused_says_what_to_do_in_both_languages()
    {
        var texts = new Texts();
        foreach (var language in (string[])[Texts.Chinese, Texts.English])
        {
            texts.Use(language);
            Assert.All(
                Enum.GetValues<HostActionOutcome>().Where(outcome => outcome is not (HostActionOutcome.Applied or HostActionOutcome.Joined)),
                outcome => Assert.NotNull(texts.Find($"host_events.do.{outcome}")));
        }
    }

    [Fact]
    public async Task Meetings_at_other_branches_are_on_the_members_page_and_only_said_to_be_none_for_members_away()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", $"/api/members/{Id}/elsewhere", new[] { new ElsewhereRow(Guid.NewGuid(), "主题党日", "主题党日", "外地支部", Now, "Asia/Shanghai", AttendanceState.Late, Now.AddMinutes(12), 2) });
        var page = context.Render<MemberElsewhere>(parameters => parameters.Add(each => each.MemberId, Id));
        var row = page.WaitForElement("[data-testid=elsewhere-row]");
        Assert.Contains("外地支部", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("+2", row.TextContent, StringComparison.Ordinal);

        context.Hub.Answer("GET", $"/api/members/{Id}/elsewhere", Array.Empty<ElsewhereRow>());
        Assert.Empty(context.Render<MemberElsewhere>(parameters => parameters.Add(each => each.MemberId, Id)).FindAll("[data-testid=member-elsewhere]"));
        var floating = context.Render<MemberElsewhere>(parameters => parameters.Add(each => each.MemberId, Id).Add(each => each.Floating, true));
        Assert.Contains(context.Texts["elsewhere.none"], floating.Find("[data-testid=member-elsewhere]").TextContent, StringComparison.Ordinal);
    }

    private static string BodyOf(AdminContext context) => context.Hub.Requests.Last(request => request is { Method: "POST", PathAndQuery: "/api/unmatched-check-ins/settle" }).Body;

    private static CheckInRecordView Record(string? name, CheckInOutcome outcome) => new(
        Guid.NewGuid(), name, CheckInMethod.Card, outcome, Now.AddMinutes(-80), Now, "一楼", true, null, name is null ? null : Guid.NewGuid(), Guid.NewGuid(), Now.AddMinutes(-80));

    private static MeetingSummary Meeting() => new(
        Id, 1, "十一月党员大会", "MemberAssembly", "党员大会", AdminContext.Root, "党委", Guid.NewGuid(), "活动室", Now.AddHours(-2), Now.AddHours(-1), "Asia/Shanghai", MeetingState.Closed,
        Now.AddMinutes(-150), Now.AddHours(-1), 3, 1);

    private static List<string> Events(AdminContext context) =>
        [.. context.Hub.Requests.Select(request => request.PathAndQuery).Where(path => path.StartsWith("/api/host-events", StringComparison.Ordinal))];

    private static DisplaySummary Display(int number) => new(
        Guid.NewGuid(), number, $"屏 {number}", AdminContext.Root, "党委", null, null, "Asia/Shanghai", Orientation.Landscape, [], "zh-CN", 60, false, Disclosure.Public, [], false, false, null, null, null);
}
