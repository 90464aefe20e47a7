using System.Net.Http.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.Media;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Schedules;

public class ScheduleTests(ContentHub content) : IClassFixture<ContentHub>
{
    private static readonly DateTime Start = new(2027, 3, 1, 9, 0, 0);

    [Theory]
    [InlineData("inverted", "range_inverted")]
    [InlineData("zone", "time_zone_unknown")]
    [InlineData("rule", "rule_invalid")]
    [InlineData("never", "rule_never_fires")]
    [InlineData("priority", "priority_above_ceiling")]
    [InlineData("title", "invalid_input")]
    [InlineData("scope", "scope_invalid")]
    [InlineData("playlist", "content_out_of_reach")]
    public async Task Event_that_makes_no_sense_is_refused_with_its_code(string fault, string code)
    {
        var unit = await content.Hub.CreateOrgUnitAsync("支部", priorityCeiling: 40);
        var good = Input(unit, Scopes.Org(unit), await PlaylistAsync(unit, Disclosure.Public));
        var bad = fault switch
        {
            "inverted" => good with { EndLocal = Start },
            "zone" => good with { TimeZone = "Mars/Olympus" },
            "rule" => good with { RecurrenceRule = "FREQ=SOMETIMES" },
            "never" => good with { RecurrenceRule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" },
            "priority" => good with { Priority = 41 },
            "title" => good with { Title = string.Concat(Enumerable.Repeat("🎬", 500)) },
            "scope" => good with { Scope = "everywhere" },
            _ => good with { PlaylistId = Guid.NewGuid() },
        };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => content.Admin.PostAsync<ScheduleEventDetail>("/api/schedule/events", bad));

        Assert.Equal(code, refused.Code);
        Assert.NotEmpty(refused.Sentence);
    }

    [Fact]
    public async Task Event_wholly_in_the_past_is_refused_beside_its_end_and_one_that_stands_may_be_renamed()
    {
        var unit = await content.Hub.CreateOrgUnitAsync("支部");
        var good = Input(unit, Scopes.Org(unit), await PlaylistAsync(unit, Disclosure.Public));
        Assert.Equal("event_over", await RefusedAsync(good with { StartLocal = new(2020, 3, 1, 9, 0, 0), EndLocal = new(2020, 3, 1, 10, 0, 0) }));
        Assert.Equal("event_over", await RefusedAsync(good with { StartLocal = new(2020, 3, 1, 9, 0, 0), EndLocal = new(2020, 3, 1, 10, 0, 0), RecurrenceRule = "FREQ=DAILY;COUNT=3" }));

        // Begun long ago and still running, or coming again.
        await content.Admin.PostAsync<ScheduleEventDetail>("/api/schedule/events", good with { StartLocal = good.EndLocal.AddYears(-2) });
        await content.Admin.PostAsync<ScheduleEventDetail>(
            "/api/schedule/events", good with { StartLocal = new(2020, 3, 1, 9, 0, 0), EndLocal = new(2020, 3, 1, 10, 0, 0), RecurrenceRule = "FREQ=WEEKLY" });

        async Task<string> RefusedAsync(ScheduleEventInput input) =>
            (await Assert.ThrowsAsync<RefusedException>(() => content.Admin.PostAsync<ScheduleEventDetail>("/api/schedule/events", input))).Code;
    }

    [Theory]
    [InlineData("FREQ=SOMETIMES", "rule_invalid")]
    [InlineData("FREQ=HOURLY", "rule_too_often")]
    [InlineData("FREQ=DAILY;COUNT=2000000", "rule_count_too_large")]
    [InlineData("FREQ=DAILY;UNTIL=20260101", "rule_never_fires")]
    public async Task Refused_rule_is_explained_without_a_word_of_English_in_Chinese(string rule, string code)
    {
        var unit = await content.Hub.CreateOrgUnitAsync("支部");
        var input = Input(unit, Scopes.Org(unit), await PlaylistAsync(unit, Disclosure.Public)) with { RecurrenceRule = rule };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/schedule/events") { Content = JsonContent.Create(input, options: KioskJson.Options) };
        request.Headers.AcceptLanguage.ParseAdd("zh-CN");

        using var answer = await content.Admin.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var problem = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(code, (string?)problem["code"]);
        Assert.DoesNotMatch("[A-Za-z]", (string?)problem["detail"]);
        Assert.NotNull(problem["errors"]!["recurrenceRule"]);
    }

    [Fact]
    public async Task Ceiling_of_a_unit_above_holds_below()
    {
        var above = await content.Hub.CreateOrgUnitAsync("总支", kind: OrgUnitKind.GeneralBranch, priorityCeiling: 30);
        var below = await content.Hub.CreateOrgUnitAsync("支部", above, priorityCeiling: 90);
        var input = Input(below, Scopes.Org(below), await PlaylistAsync(below, Disclosure.Public)) with { Priority = 31 };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => content.Admin.PostAsync<ScheduleEventDetail>("/api/schedule/events", input));

        Assert.Equal("priority_above_ceiling", refused.Code);
    }

    [Fact]
    public async Task Feeds_are_cumulative_by_audience_and_hold_nothing_above_it()
    {
        var unit = await content.Hub.CreateOrgUnitAsync("支部");
        var scope = Scopes.Org(unit);
        var open = await EventAsync(unit, scope, await PlaylistAsync(unit, Disclosure.Public), Disclosure.Public);
        var inside = await EventAsync(unit, scope, await PlaylistAsync(unit, Disclosure.Internal), Disclosure.Internal);
        var emptied = await EventAsync(unit, scope, await PlaylistAsync(unit, Disclosure.Restricted), Disclosure.Public);

        Assert.Equal([open.Id], await EventsAsync(scope, Disclosure.Public));
        Assert.Equal([open.Id, inside.Id], await EventsAsync(scope, Disclosure.Internal));
        Assert.Equal([open.Id, inside.Id, emptied.Id], await EventsAsync(scope, Disclosure.Restricted));
    }

    [Fact]
    public async Task Change_of_media_reaches_the_feeds_that_show_it_and_no_others()
    {
        var unit = await content.Hub.CreateOrgUnitAsync("支部");
        var scope = Scopes.Org(unit);
        var media = await content.Hub.AddReadyMediaAsync(unit, "旧名", disclosure: Disclosure.Public);
        var inner = await SaveAsync(unit, "里", new PlaylistEntryInput(null, media, null, 5000, ItemFit.Contain));
        var outer = await SaveAsync(unit, "外", new PlaylistEntryInput(null, null, inner.Id, null, ItemFit.Contain));
        await EventAsync(unit, scope, outer.Id, Disclosure.Public);
        var other = Scopes.Org(await content.Hub.CreateOrgUnitAsync("另一个支部"));
        await content.Admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(other, await PlaylistAsync(content.Hub.RootUnitId, Disclosure.Public)));
        var (before, version) = (await content.Hub.ReadScheduleAsync(scope, Disclosure.Public))!.Value;
        var untouched = (await content.Hub.ReadScheduleAsync(other, Disclosure.Public))!.Value.Version;

        await content.Admin.SendAsync<MediaSummary>(
            HttpMethod.Patch, $"/api/media/{media}", JsonContent.Create(new MediaInput("新名", Disclosure.Internal), options: KioskJson.Options));

        Assert.Empty((await content.Hub.ReadScheduleAsync(scope, Disclosure.Public))!.Value.Document.Events);
        var (after, newer) = (await content.Hub.ReadScheduleAsync(scope, Disclosure.Internal))!.Value;
        Assert.True(newer > version);
        Assert.NotEqual(before.Events[0].Content.Sha256, after.Events[0].Content.Sha256);
        Assert.Equal("新名", Assert.Single((await content.Hub.ReadPlaylistDocumentAsync(after.Events[0].Content.Sha256)).Items).Title);
        Assert.Equal(untouched, (await content.Hub.ReadScheduleAsync(other, Disclosure.Public))!.Value.Version);
    }

    [Fact]
    public async Task Event_saved_over_a_newer_one_is_refused_and_leaves_it()
    {
        var unit = await content.Hub.CreateOrgUnitAsync("支部");
        var made = await EventAsync(unit, Scopes.Org(unit), await PlaylistAsync(unit, Disclosure.Public), Disclosure.Public);
        var input = Input(unit, made.Scope, made.PlaylistId) with { Revision = made.Revision, Title = "第一次" };
        await content.Admin.PutAsync<ScheduleEventDetail>($"/api/schedule/events/{made.Id}", input);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => content.Admin.PutAsync<ScheduleEventDetail>($"/api/schedule/events/{made.Id}", input with { Title = "第二次" }));

        Assert.Equal("event_changed", refused.Code);
        Assert.Equal("第一次", (await content.Admin.GetAsync<ScheduleEventDetail>($"/api/schedule/events/{made.Id}")).Title);
    }

    [Fact]
    public async Task Calendar_of_a_branch_shows_what_comes_from_above_but_not_from_its_sister()
    {
        var above = await content.Hub.CreateOrgUnitAsync("党委二", kind: OrgUnitKind.Committee);
        var mine = await content.Hub.CreateOrgUnitAsync("一支部", above);
        var sister = await content.Hub.CreateOrgUnitAsync("二支部", above);
        var playlist = await PlaylistAsync(above, Disclosure.Public);
        var fromAbove = await EventAsync(above, Scopes.Org(above), playlist, Disclosure.Internal, "FREQ=DAILY;COUNT=3");
        await EventAsync(above, Scopes.Org(above), playlist, Disclosure.Restricted);
        await EventAsync(sister, Scopes.Org(sister), playlist, Disclosure.Public);
        using var editor = await content.Hub.SignInAsAsync(OperatorRole.Editor, mine);

        var calendar = await editor.GetAsync<List<ScheduleOccurrence>>($"/api/schedule?orgUnitId={mine}&from=2027-03-01&to=2027-03-31");

        Assert.Equal([fromAbove.Id, fromAbove.Id, fromAbove.Id], calendar.Select(occurrence => occurrence.EventId));
        Assert.Equal([Start, Start.AddDays(1), Start.AddDays(2)], calendar.Select(occurrence => occurrence.StartLocal));
        var denied = await Assert.ThrowsAsync<RefusedException>(() => editor.DeleteAsync($"/api/schedule/events/{fromAbove.Id}"));
        Assert.Equal("not_your_unit", denied.Code);
        var tooLong = await Assert.ThrowsAsync<RefusedException>(() => editor.GetAsync<List<ScheduleOccurrence>>("/api/schedule?from=2027-01-01&to=2027-12-31"));
        Assert.Equal("span_too_long", tooLong.Code);
    }

    [Fact]
    public async Task Host_may_not_schedule_and_an_editor_only_in_the_own_unit()
    {
        var mine = await content.Hub.CreateOrgUnitAsync("一支部");
        var sister = await content.Hub.CreateOrgUnitAsync("二支部");
        var playlist = await PlaylistAsync(content.Hub.RootUnitId, Disclosure.Public);
        using var host = await content.Hub.SignInAsAsync(OperatorRole.Host, mine);
        using var editor = await content.Hub.SignInAsAsync(OperatorRole.Editor, mine);

        await Assert.ThrowsAsync<RefusedException>(() => host.PostAsync<ScheduleEventDetail>("/api/schedule/events", Input(mine, Scopes.Org(mine), playlist)));
        await Assert.ThrowsAsync<RefusedException>(() => editor.PostAsync<ScheduleEventDetail>("/api/schedule/events", Input(sister, Scopes.Org(sister), playlist)));
        await Assert.ThrowsAsync<RefusedException>(() => editor.PostAsync<ScheduleEventDetail>("/api/schedule/events", Input(mine, Scopes.Org(sister), playlist)));
        Assert.NotEqual(default, (await editor.PostAsync<ScheduleEventDetail>("/api/schedule/events", Input(mine, Scopes.Org(mine), playlist))).Id);
        var targets = await editor.GetAsync<List<TargetOption>>("/api/targets");
        Assert.Equal([Scopes.Org(mine)], targets.Select(target => target.Scope));
    }

    private static ScheduleEventInput Input(Guid unit, string scope, Guid playlist) =>
        new(unit, "早间", scope, playlist, Start, Start.AddHours(2), null, null, [], 10, Disclosure.Public, null);

    private Task<ScheduleEventDetail> EventAsync(Guid unit, string scope, Guid playlist, Disclosure disclosure, string? rule = null) =>
        content.Admin.PostAsync<ScheduleEventDetail>("/api/schedule/events", Input(unit, scope, playlist) with { Disclosure = disclosure, RecurrenceRule = rule });

    private async Task<Guid> PlaylistAsync(Guid unit, Disclosure disclosure) =>
        (await SaveAsync(unit, $"列表 {disclosure}", new PlaylistEntryInput(null, await content.Hub.AddReadyMediaAsync(unit, $"图 {disclosure}", disclosure: disclosure), null, 5000, ItemFit.Cover))).Id;

    private Task<PlaylistDetail> SaveAsync(Guid unit, string name, params PlaylistEntryInput[] entries) =>
        content.Admin.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(unit, name, null, entries));

    private async Task<IReadOnlyList<Guid>> EventsAsync(string scope, Disclosure audience) =>
        [.. (await content.Hub.ReadScheduleAsync(scope, audience))!.Value.Document.Events.Select(entry => entry.Id)];
}
