using System.Text.Json;
using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Types, series, sessions, rosters and minutes as the branch secretary meets them.</summary>
public sealed class PlanningTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly Guid Room = Guid.Parse("44444444-4444-4444-4444-444444444444");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Roster_of_a_new_meeting_says_how_many_are_expected_and_vote()
    {
        using var context = Start();
        var dialog = context.Render<MeetingDialog>();
        Open(dialog, "people");
        dialog.WaitForAssertion(() => Assert.Contains("应到 23 人（有表决权 18），列席 2 人", dialog.Find("[data-testid=roster-count]").TextContent, StringComparison.Ordinal));
        var before = Previews(context).Count;
        dialog.Find("[data-testid=roster-kind-ProbationaryMember]").Change(false);
        dialog.WaitForState(() => Previews(context).Count > before);
        Assert.Equal(["full_member"], Previews(context)[^1].GetProperty("roster").GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()));
    }

    [Fact]
    public void Repeating_meeting_is_sent_as_a_series_and_split_sessions_as_an_evening()
    {
        using var context = Start();
        context.Hub.Answer("POST", "/api/meeting-series", Series());
        MeetingSeriesView? saved = null;
        var dialog = context.Render<MeetingDialog>(parameters => parameters.Add(each => each.OnSeriesSaved, series => saved = series));
        dialog.Find("[data-testid=meeting-room]").Change(Room.ToString());
        dialog.Find("[data-testid=recurrence-repeat]").Change("Weekly");
        Open(dialog, "agenda");
        dialog.Find("[data-testid=meeting-agenda]").Change("报告");
        dialog.Find("[data-testid=session-split]").Click();
        Assert.Equal(2, dialog.FindAll("[data-testid=session]").Count);
        dialog.FindAll("[data-testid=session-agenda]")[1].Change("讲课");
        dialog.Find("[data-testid=meeting-save]").Click();

        dialog.WaitForAssertion(() => Assert.NotNull(saved));
        var body = JsonDocument.Parse(context.Hub.Requests.Single(request => request is { Method: "POST", PathAndQuery: "/api/meeting-series" }).Body).RootElement;
        Assert.StartsWith("FREQ=WEEKLY", body.GetProperty("recurrenceRule").GetString(), StringComparison.Ordinal);
        var sessions = body.GetProperty("meeting").GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(["MemberAssembly", "PartyLecture"], sessions.Select(session => session.GetProperty("type").GetString()));
        Assert.Equal("2026-11-22T20:00:00", sessions[1].GetProperty("startLocal").GetString());
        Assert.Equal(["报告"], sessions[0].GetProperty("agenda").EnumerateArray().Select(point => point.GetString()));
    }

    [Fact]
    public void Edit_of_one_in_a_series_asks_how_far_it_reaches_and_shows_the_part_that_is_wrong()
    {
        using var context = Start();
        var meeting = Detail(Meeting(120) with { SeriesId = Guid.NewGuid() });
        context.Hub.Answer("GET", $"/api/meeting-series/{meeting.Summary.SeriesId}", Series());
        context.Hub.Answer("PUT", $"/api/meetings/{Id}/following", meeting);
        var dialog = context.Render<MeetingDialog>(parameters => parameters.Add(each => each.Meeting, meeting));
        Assert.Empty(dialog.FindAll("[data-testid=recurrence-repeat]"));
        dialog.Find("[data-testid=meeting-scope] [data-value=true]").Click();
        dialog.WaitForAssertion(() => Assert.Equal("Weekly", dialog.Find("[data-testid=recurrence-repeat]").GetAttribute("value")));

        Open(dialog, "more");
        dialog.Find("[data-testid=meeting-title]").Input("");
        dialog.Find("[data-testid=meeting-save]").Click();
        Assert.Equal("true", dialog.Find("[data-testid=meeting-form-tabs] [data-value=basic]").GetAttribute("aria-checked"));
        dialog.Find("[data-testid=meeting-title]").Input("改了标题");
        dialog.Find("[data-testid=meeting-save]").Click();
        dialog.WaitForState(() => context.Hub.Requests.Exists(request => request.PathAndQuery.EndsWith("/following", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Series_shows_its_dates_leaves_one_out_and_says_what_an_empty_page_is_for()
    {
        await using var context = Start();
        var series = Series();
        context.Hub.Answer("GET", "/api/meeting-series", new[] { series });
        context.Hub.Answer("POST", $"/api/meeting-series/{series.Id}/skip", new { });
        var page = context.Render<SeriesPage>();
        page.WaitForElement("[data-testid=series-meeting]");
        Assert.Contains("每周 周四", page.Find("[data-testid=series]").TextContent, StringComparison.Ordinal);
        Assert.Contains("房间冲突", page.FindAll("[data-testid=series-meeting]")[1].TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=series-skip]").Click();
        page.WaitForElement("[data-testid=confirm-yes]").Click();
        page.WaitForState(() => context.Hub.Requests.Exists(request => request.PathAndQuery.EndsWith("/skip", StringComparison.Ordinal)));
        Assert.Contains("2026-11-26T19:00:00", context.Hub.Requests.Last(request => request.PathAndQuery.EndsWith("/skip", StringComparison.Ordinal)).Body, StringComparison.Ordinal);

        await using var empty = Start();
        empty.Hub.Answer("GET", "/api/meeting-series", Array.Empty<MeetingSeriesView>());
        Assert.Contains("还没有定期会议", empty.Render<SeriesPage>().WaitForElement("[data-testid=empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minutes_typed_in_are_kept_while_others_come_in_and_final_ones_are_locked()
    {
        await using var context = Start();
        var empty = new MinutesView(Id, MinutesState.Draft, "", [], null, [], null, null, null, null, 0);
        context.Hub.Answer("GET", $"/api/meetings/{Id}/minutes", empty);
        context.Hub.Answer("PUT", $"/api/meetings/{Id}/minutes", empty with { Text = "学习了党章", Revision = 1, UpdatedAt = Now, UpdatedBy = "王敏" });
        var panel = context.Render<MinutesPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.CanEdit, true));
        panel.WaitForElement("[data-testid=minutes-text]").Input("学习了党章");
        panel.Find("[data-testid=decision-add]").Click();
        panel.Find("[data-testid=decision-text]").Change("同意");
        panel.Find("[data-testid=decision-for]").Change("12");
        panel.Render(parameters => parameters.Add(each => each.Version, 1));
        Assert.Equal("学习了党章", panel.Find("[data-testid=minutes-text]").GetAttribute("value"));
        panel.Find("[data-testid=minutes-save]").Click();
        panel.WaitForState(() => context.Hub.Requests.Exists(request => request.Method == "PUT"));
        var body = JsonDocument.Parse(context.Hub.Requests.Single(request => request.Method == "PUT").Body).RootElement;
        Assert.Equal(("学习了党章", 12, 0), (body.GetProperty("text").GetString(), body.GetProperty("decisions")[0].GetProperty("for").GetInt32(), body.GetProperty("revision").GetInt32()));

        await using var over = Start();
        over.Hub.Answer("GET", $"/api/meetings/{Id}/minutes", empty with { State = MinutesState.Final, Text = "定了", FinalAt = Now, FinalBy = "王敏", Revision = 2 });
        var locked = over.Render<MinutesPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.CanEdit, true));
        Assert.True(locked.WaitForElement("[data-testid=minutes-text]").HasAttribute("disabled"));
        Assert.Single(locked.FindAll("[data-testid=minutes-reopen]"));
        Assert.Empty(locked.FindAll("[data-testid=minutes-save]"));
    }

    [Fact]
    public async Task Types_are_changed_and_restored_by_the_organisation_s_administrator_only()
    {
        await using var context = Start();
        context.Hub.Answer("PUT", "/api/meeting-types/MemberAssembly", Assembly);
        var page = context.Render<MeetingTypesPage>();
        page.WaitForElement("[data-testid=type-edit]").Click();
        page.Find("[data-testid=type-points]").Change("4");
        page.Find("[data-testid=type-late-points]").Change("5");
        page.Find("[data-testid=type-save]").Click();
        Assert.Contains("迟到积分不能多于准时积分", page.Markup, StringComparison.Ordinal);
        page.Find("[data-testid=type-late-points]").Change("2");
        page.Find("[data-testid=type-save]").Click();
        page.WaitForState(() => context.Hub.Requests.Exists(request => request.Method == "PUT"));
        Assert.Equal(4, JsonDocument.Parse(context.Hub.Requests.Single(request => request.Method == "PUT").Body).RootElement.GetProperty("points").GetInt32());

        await using var branch = Start(new RoleGrant(OperatorRole.Admin, AdminContext.Branch, "第一支部"));
        var read = branch.Render<MeetingTypesPage>();
        read.WaitForElement("[data-testid=types-not-yours]");
        Assert.Empty(read.FindAll("[data-testid=type-edit]"));
    }

    [Fact]
    public async Task Branches_that_have_not_answered_are_said_not_to_be_counted_yet()
    {
        await using var context = Start();
        var (asked, own) = (new JointUnit(Guid.NewGuid(), "河东支部", JointState.Invited), new JointUnit(Guid.NewGuid(), "河西支部", JointState.Accepted));
        context.Hub.Answer("GET", "/api/joint-units", new[] { asked, own });
        var field = context.Render<RosterField>(parameters => parameters.Add(each => each.OrgUnitId, AdminContext.Root).Add(each => each.MeetingId, Id)
            .Add(each => each.Value, RosterDraft.Empty with { Joint = [own] }));
        field.WaitForElement("[data-testid=roster-joint]");
        Assert.Empty(field.FindAll("[data-testid=roster-waiting]"));
        field.Render(parameters => parameters.Add(each => each.Value, RosterDraft.Empty with { Joint = [own, asked] }));
        Assert.Contains("还有 1 个支部没有答复", field.WaitForElement("[data-testid=roster-waiting]").TextContent, StringComparison.Ordinal);
        Assert.Equal(Id, Previews(context)[^1].GetProperty("meetingId").GetGuid());
    }

    private static MeetingTypeView Assembly => new(
        "MemberAssembly", "党员大会", 30, 10, 2, 1, true, 50, "到会半数以上", Cadence: MeetingCadence.Quarterly, Kinds: [PersonKind.FullMember, PersonKind.ProbationaryMember], Changed: true, Revision: 1);

    private static AdminContext Start(params RoleGrant[] grants)
    {
        var context = new AdminContext(grants: grants);
        context.Hub.Answer("GET", "/api/meeting-types", new[] { Assembly, new MeetingTypeView("PartyLecture", "党课", 30, 10, 2, 1, false, null, null) });
        context.Hub.Answer("GET", "/api/rooms", new[] { new RoomSummary(Room, "活动室", AdminContext.Root, "党委", 1) });
        context.Hub.Answer("GET", "/api/members", new Page<MemberSummary>([], 0));
        context.Hub.Answer("GET", "/api/joint-units", Array.Empty<JointUnit>());
        context.Hub.Answer("POST", "/api/meetings/roster-preview", new RosterPreview(23, 18, 2, ["张三"]));
        return context;
    }

    private static void Open(IRenderedComponent<MeetingDialog> dialog, string tab) => dialog.WaitForElement($"[data-testid=meeting-form-tabs] [data-value={tab}]").Click();

    private static List<JsonElement> Previews(AdminContext context) =>
        [.. context.Hub.Requests.Where(request => request.PathAndQuery == "/api/meetings/roster-preview").Select(request => JsonDocument.Parse(request.Body).RootElement)];

    private static MeetingSeriesView Series()
    {
        var start = new DateTimeOffset(2026, 11, 26, 11, 0, 0, TimeSpan.Zero);
        return new(
            Id, AdminContext.Root, "主题党日", "ThemeDay", "主题党日", Room, "活动室", new(2026, 11, 26, 19, 0, 0), new(2026, 11, 26, 20, 30, 0), "Asia/Shanghai", "FREQ=WEEKLY;BYDAY=TH", null, null,
            [
                new(Guid.NewGuid(), new(2026, 11, 26, 19, 0, 0), start, start.AddMinutes(90), "活动室", MeetingState.Scheduled, false, false),
                new(Guid.NewGuid(), new(2026, 12, 3, 19, 0, 0), start.AddDays(7), start.AddDays(7).AddMinutes(90), "活动室", MeetingState.Scheduled, true, true),
            ],
            [], [new(2027, 2, 25, 19, 0, 0)], 1);
    }

    private static MeetingDetail Detail(MeetingSummary summary) => new(summary, true, null, [], 2, 1, null, null, 3, false, new RosterRule());

    private static MeetingSummary Meeting(int startsInMinutes)
    {
        var start = Now.AddMinutes(startsInMinutes);
        return new(Id, 1, "十一月党员大会", "MemberAssembly", "党员大会", AdminContext.Root, "党委", Room, "活动室", start, start.AddHours(1), "Asia/Shanghai", MeetingState.Scheduled, start.AddMinutes(-30), start.AddHours(1), 2, 1);
    }
}
