using System.Text.Json;
using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

public sealed class MeetingPageTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly Guid Room = Guid.Parse("44444444-4444-4444-4444-444444444444");

    // The clock of the context: 2026-11-22 11:00 UTC, 19:00 in Beijing.
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(MeetingState.Scheduled, 60, CheckInOffer.None)]
    [InlineData(MeetingState.Scheduled, 10, CheckInOffer.Now)]
    [InlineData(MeetingState.Scheduled, -59, CheckInOffer.Now)]
    [InlineData(MeetingState.Scheduled, -60, CheckInOffer.Afterwards)]
    [InlineData(MeetingState.Closed, -60, CheckInOffer.Afterwards)]
    [InlineData(MeetingState.Cancelled, 10, CheckInOffer.None)]
    public void Only_what_the_hub_would_take_is_offered(MeetingState state, int startsInMinutes, CheckInOffer offer) =>
        Assert.Equal(offer, CheckInOffers.Of(Meeting(state, startsInMinutes), Now));

    [Fact]
    public async Task Closed_meeting_offers_no_check_in_but_entering_afterwards_and_undoing()
    {
        await using var context = Page(Meeting(MeetingState.Closed, -90), rosterChosen: false);
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForElement("[data-testid=attendance-note]");

        Assert.Equal(["补登"], page.FindAll("[data-testid=attendance-check-in]").Select(button => button.TextContent));
        Assert.Single(page.FindAll("[data-testid=attendance-undo]"));
        page.Find("[data-testid=attendance-check-in]").Click();
        Assert.Equal("17:30", page.WaitForElement("[data-testid=helper-at]").GetAttribute("value"));
    }

    [Fact]
    public async Task Meeting_not_yet_open_offers_no_check_in_and_says_when()
    {
        await using var context = Page(Meeting(MeetingState.Scheduled, 120), rosterChosen: false);
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));

        Assert.Contains("今天 20:30 开始签到", page.WaitForElement("[data-testid=attendance-note]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=attendance-check-in]"));
        Assert.Empty(page.FindAll("[data-testid=helper-check-in]"));
    }

    [Fact]
    public async Task Link_to_another_part_of_the_meeting_that_is_open_leads_there()
    {
        await using var context = Page(Meeting(MeetingState.Scheduled, 10), rosterChosen: false);
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        Assert.Equal("wall", Part());

        var nav = context.Services.GetRequiredService<NavigationManager>();
        nav.NavigateTo($"meetings/{Id}?part=roster");
        page.WaitForAssertion(() => Assert.Equal("roster", Part()));
        // Chosen by hand, then led to again.
        page.Find("[data-testid=meeting-tabs] [data-value=agenda]").Click();
        Assert.Equal("agenda", Part());
        nav.NavigateTo($"meetings/{Id}?part=materials");
        page.WaitForAssertion(() => Assert.Equal("materials", Part()));

        string? Part() => page.WaitForElement("[data-testid=meeting-tabs] [aria-checked=true]").GetAttribute("data-value");
    }

    [Theory]
    [InlineData(120, 0)]
    [InlineData(20, 1)]
    public async Task Meeting_is_closed_only_once_check_in_is_open(int startsInMinutes, int offered)
    {
        await using var context = Page(Meeting(MeetingState.Scheduled, startsInMinutes), rosterChosen: false);
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));

        page.WaitForElement("[data-testid=meeting-cancel]");
        Assert.Equal(offered, page.FindAll("[data-testid=meeting-close]").Count);
    }

    [Theory]
    [InlineData(8, 3, 1, true, "4")]
    [InlineData(4, 3, 1, true, null)]
    [InlineData(8, 3, 1, false, null)]
    public async Task Closing_says_how_many_will_be_absent(int expected, int present, int onLeave, bool marksAbsent, string? absent)
    {
        var meeting = Meeting(MeetingState.Scheduled, -10) with { Expected = expected, Present = present, OnLeave = onLeave };
        await using var context = Page(meeting, rosterChosen: false);
        context.Hub.Answer("GET", $"/api/meetings/{Id}", Detail(meeting, rosterChosen: false) with { MarksAbsent = marksAbsent });
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForElement("[data-testid=meeting-close]").Click();
        page.WaitForElement("[data-testid=confirm-yes]");

        var said = page.FindAll("[data-testid=close-absent]");
        Assert.Equal(absent is null ? 0 : 1, said.Count);
        Assert.All(said, line => Assert.Contains(absent!, line.TextContent, StringComparison.Ordinal));
        Assert.Equal(marksAbsent, page.Find("[data-testid=confirm]").TextContent.Contains("缺席", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Close_is_taken_back_by_the_undo_of_its_toast()
    {
        await using var context = Page(Meeting(MeetingState.Scheduled, -10), rosterChosen: false);
        context.Hub.Answer("POST", $"/api/meetings/{Id}/close", new { });
        context.Hub.Answer("POST", $"/api/meetings/{Id}/reopen", new { });
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        var toasts = context.Render<Kiosk.Admin.Shared.Layout.ToastArea>();
        page.WaitForElement("[data-testid=meeting-close]").Click();
        page.WaitForElement("[data-testid=confirm-yes]").Click();
        toasts.WaitForElement("[data-testid=toast-undo]").Click();

        toasts.WaitForState(() => context.Hub.Requests.Exists(request => request.PathAndQuery.EndsWith("/reopen", StringComparison.Ordinal)));
    }

    [Theory]
    // Check-in closed long before the meeting did: what counts is the close.
    [InlineData(12, 1)]
    [InlineData(-1, 0)]
    [InlineData(null, 0)]
    public async Task Reopening_is_offered_as_long_as_the_hub_takes_it(int? minutesLeft, int offered)
    {
        var closed = Meeting(MeetingState.Closed, -90) with { CheckInCloses = Now.AddMinutes(-70) };
        await using var context = Page(closed, rosterChosen: false);
        context.Hub.Answer("GET", $"/api/meetings/{Id}/run", new MeetingRunView(
            Id, MeetingState.Closed, closed.Start, closed.End, closed.End, null, null, null, [], [], minutesLeft is { } left ? Now.AddMinutes(left) : null));
        context.Hub.Answer("POST", $"/api/meetings/{Id}/reopen", new { });
        var page = context.Render<MeetingPage>(parameters => parameters.Add(each => each.Id, Id));
        page.WaitForElement("[data-testid=run]");
        page.WaitForAssertion(() => Assert.Equal(offered, page.FindAll("[data-testid=meeting-reopen]").Count));
    }

    [Theory]
    [InlineData(60, "planned")]
    [InlineData(20, "open")]
    [InlineData(-5, "running")]
    public async Task Display_card_says_the_same_word_as_the_meeting_s_page(int startsInMinutes, string state)
    {
        await using var context = new AdminContext();
        var meeting = Meeting(MeetingState.Scheduled, startsInMinutes);
        var shown = new DisplayMeeting(meeting.Title, meeting.Start, meeting.End, 1, 2, meeting.CheckInOpens, meeting.State);

        Assert.Equal(state, MeetingStates.Of(meeting, Now));
        Assert.Equal(state, MeetingStates.Of(shown, Now));
    }

    [Fact]
    public void Saving_an_edit_says_everybody_again_instead_of_today_s_names()
    {
        using var context = Page(Meeting(MeetingState.Scheduled, 120), rosterChosen: false);
        Assert.False(Saved(context, rosterChosen: false).TryGetProperty("rosterMemberIds", out _));
    }

    [Fact]
    public void Saving_an_edit_sends_every_chosen_name_also_beyond_the_first_page()
    {
        using var context = Page(Meeting(MeetingState.Scheduled, 120), rosterChosen: true);
        Assert.Equal(2, Saved(context, rosterChosen: true).GetProperty("rosterMemberIds").GetArrayLength());
    }

    [Fact]
    public void Roster_that_could_not_be_read_is_never_saved_as_another_one()
    {
        using var context = Page(Meeting(MeetingState.Scheduled, 120), rosterChosen: true);
        context.Hub.Refuse("GET", $"/api/meetings/{Id}/attendance", 500, "");
        var dialog = context.Render<MeetingDialog>(parameters => parameters.Add(each => each.Meeting, Detail(Meeting(MeetingState.Scheduled, 120), true)));
        dialog.WaitForElement("[data-testid=problem]");
        Assert.True(dialog.Find("[data-testid=meeting-save]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Whoever_hosts_adds_a_place_outdoors_in_the_form_itself()
    {
        await using var context = Page(Meeting(MeetingState.Scheduled, 120), rosterChosen: false, new RoleGrant(OperatorRole.Host, AdminContext.Root, "党委"));
        context.Hub.Answer("POST", "/api/rooms", new RoomSummary(Guid.NewGuid(), "社区广场", AdminContext.Root, "党委", 0));
        var dialog = context.Render<MeetingDialog>();
        dialog.Find("[data-testid=meeting-save]").Click();
        Assert.Contains("添加地点", dialog.WaitForElement("[data-testid=field-error]").TextContent, StringComparison.Ordinal);
        dialog.Find("[data-testid=room-new]").Click();
        dialog.Find("[data-testid=room-new-name]").Change("社区广场");
        dialog.Find("[data-testid=room-new-save]").Click();
        dialog.WaitForAssertion(() => Assert.Equal("社区广场", dialog.Find("[data-testid=meeting-room] option[selected], [data-testid=meeting-room] option:last-child").TextContent));
        Assert.NotEqual("", dialog.Find("[data-testid=meeting-room]").GetAttribute("value"));
    }

    [Fact]
    public async Task Name_typed_for_a_new_place_is_taken_when_the_form_is_saved()
    {
        await using var context = Page(Meeting(MeetingState.Scheduled, 120), rosterChosen: false);
        var place = Guid.NewGuid();
        context.Hub.AnswerInTurn("POST", "/api/rooms", null, new RoomSummary(place, "社区广场", AdminContext.Root, "党委", 0));
        context.Hub.Answer("POST", "/api/meetings", Detail(Meeting(MeetingState.Scheduled, 120), false));
        var saved = false;
        var dialog = context.Render<MeetingDialog>(parameters => parameters.Add(each => each.OnSaved, _ => saved = true));
        dialog.Find("[data-testid=meeting-start]").Change("20:00");
        dialog.Find("[data-testid=meeting-end]").Change("21:00");
        dialog.Find("[data-testid=room-new]").Click();
        dialog.Find("[data-testid=meeting-save]").Click();
        Assert.Contains("请写上地点的名称", dialog.WaitForElement("[data-testid=field-error]").TextContent, StringComparison.Ordinal);

        // A refusal is said where the name stands, and nothing is saved without its place.
        dialog.Find("[data-testid=room-new-name]").Change("社区广场");
        dialog.Find("[data-testid=meeting-save]").Click();
        dialog.WaitForElement("[data-testid=problem]");
        Assert.DoesNotContain(context.Hub.Requests, request => request is { Method: "POST", PathAndQuery: "/api/meetings" });

        dialog.Find("[data-testid=meeting-save]").Click();
        dialog.WaitForAssertion(() => Assert.True(saved));
        Assert.Contains(place.ToString(), context.Hub.Requests.Single(request => request is { Method: "POST", PathAndQuery: "/api/meetings" }).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Meeting_in_the_past_is_asked_about_before_it_is_sent()
    {
        using var context = Page(Meeting(MeetingState.Scheduled, 120), rosterChosen: false);
        context.Hub.Answer("POST", "/api/meetings", Detail(Meeting(MeetingState.Scheduled, -120), false));
        var saved = false;
        var dialog = context.Render<MeetingDialog>(parameters => parameters.Add(each => each.OnSaved, _ => saved = true));
        dialog.Find("[data-testid=meeting-start]").Change("08:00");
        dialog.Find("[data-testid=meeting-end]").Change("09:00");
        dialog.Find("[data-testid=meeting-room]").Change(Room.ToString());
        dialog.Find("[data-testid=meeting-save]").Click();

        Assert.DoesNotContain(context.Hub.Requests, request => request is { Method: "POST", PathAndQuery: "/api/meetings" });
        dialog.WaitForElement("[data-testid=confirm-yes]").Click();
        dialog.WaitForAssertion(() => Assert.True(saved));
        Assert.Contains("\"pastConfirmed\":true", context.Hub.Requests.Single(request => request is { Method: "POST", PathAndQuery: "/api/meetings" }).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Evening_that_pays_again_is_told_in_the_hub_s_words_and_sent_once_that_is_confirmed()
    {
        const string Words = "当天“党员大会”已取消，其中 3 人的签到和积分保留。";
        using var context = Page(Meeting(MeetingState.Scheduled, 120), rosterChosen: false);
        context.Hub.Refuse("POST", "/api/meetings", 400, $$"""{"status":400,"code":"meeting_pays_again","title":"x","detail":"{{Words}}","errors":{"startLocal":["{{Words}}"] } }""");
        var saved = false;
        var dialog = context.Render<MeetingDialog>(parameters => parameters.Add(each => each.OnSaved, _ => saved = true));
        dialog.Find("[data-testid=meeting-start]").Change("22:00");
        dialog.Find("[data-testid=meeting-end]").Change("23:00");
        dialog.Find("[data-testid=meeting-room]").Change(Room.ToString());
        dialog.Find("[data-testid=meeting-save]").Click();
        Assert.Contains(Words, dialog.WaitForElement("[data-testid=confirm]").TextContent, StringComparison.Ordinal);
        Assert.False(saved);

        context.Hub.Answer("POST", "/api/meetings", Detail(Meeting(MeetingState.Scheduled, 120), false));
        dialog.Find("[data-testid=confirm-yes]").Click();
        dialog.WaitForAssertion(() => Assert.True(saved));
        Assert.Equal(
            [false, true], context.Hub.Requests.Where(request => request is { Method: "POST", PathAndQuery: "/api/meetings" }).Select(request => request.Body.Contains("\"paidAgainConfirmed\":true", StringComparison.Ordinal)));
    }

    private static JsonElement Saved(AdminContext context, bool rosterChosen)
    {
        var meeting = Detail(Meeting(MeetingState.Scheduled, 120), rosterChosen);
        context.Hub.Answer("PUT", $"/api/meetings/{Id}", meeting);
        var dialog = context.Render<MeetingDialog>(parameters => parameters.Add(each => each.Meeting, meeting));
        dialog.WaitForState(() => !dialog.Find("[data-testid=meeting-save]").HasAttribute("disabled"));
        dialog.Find("[data-testid=meeting-save]").Click();
        dialog.WaitForState(() => context.Hub.Requests.Exists(request => request.Method == "PUT"));
        return JsonDocument.Parse(context.Hub.Requests.Single(request => request.Method == "PUT").Body).RootElement;
    }

    private static AdminContext Page(MeetingSummary meeting, bool rosterChosen, params RoleGrant[] grants)
    {
        var context = new AdminContext(grants: grants);
        context.Hub.Answer("GET", $"/api/meetings/{Id}", Detail(meeting, rosterChosen));
        context.Hub.Answer("GET", "/api/meeting-types", new[] { new MeetingTypeView("MemberAssembly", "党员大会", 30, 10, 2, 1, true, 50, "") });
        context.Hub.Answer("GET", "/api/rooms", new[] { new RoomSummary(Room, "活动室", AdminContext.Root, "党委", 1) });
        context.Hub.Answer("GET", "/api/members", new Page<MemberSummary>([], 0));
        context.Hub.Answer("GET", "/api/joint-units", Array.Empty<JointUnit>());
        context.Hub.Answer("POST", "/api/meetings/roster-preview", new RosterPreview(23, 18, 0, []));
        context.Hub.AnswerBy("GET", $"/api/meetings/{Id}/attendance", query =>
            (query.Contains("state=pending", StringComparison.Ordinal) ? [Row("李四", AttendanceState.Pending)]
            : query.Contains("state=present", StringComparison.Ordinal) ? [Row("张三", AttendanceState.Present)]
            : query.Contains("state=late", StringComparison.Ordinal) || query.Contains("state=leave", StringComparison.Ordinal) || query.Contains("state=make", StringComparison.OrdinalIgnoreCase) ? []
            : query.Contains("skip=1", StringComparison.Ordinal) ? [Row("李四", AttendanceState.Pending)] : (AttendanceRow[])[Row("张三", AttendanceState.Present)],
            query.Contains("state=", StringComparison.Ordinal) ? 1 : 2));
        return context;
    }

    private static AttendanceRow Row(string name, AttendanceState state) => new(Guid.NewGuid(), name, "M1", true, state, state == AttendanceState.Pending ? null : Now.AddMinutes(-80), null, null, null, 0, null);

    private static MeetingDetail Detail(MeetingSummary summary, bool rosterChosen) => new(summary, true, null, [], 2, 1, null, null, 3, rosterChosen);

    private static MeetingSummary Meeting(MeetingState state, int startsInMinutes)
    {
        var start = Now.AddMinutes(startsInMinutes);
        return new(Id, 1, "十一月党员大会", "MemberAssembly", "党员大会", AdminContext.Root, "党委", Room, "活动室", start, start.AddHours(1), "Asia/Shanghai", state, start.AddMinutes(-30), start.AddHours(1), 2, 1);
    }
}
