using System.Net;
using System.Net.Http.Headers;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Hub.Tests.Media;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

public sealed class MinutesTests
{
    [Fact]
    public async Task Minutes_are_written_declared_final_opened_again_and_printed()
    {
        await using var evening = await Evening.StartAsync(members: 3);
        Assert.Equal((MinutesState.Draft, 0, ""), (await GetAsync(evening)) is var empty ? (empty.State, empty.Revision, empty.Text) : default);
        Assert.Equal("minutes_too_early", await RefusedAsync(() => StepAsync(evening, "final", 0)));
        var saved = await PutAsync(evening, new MinutesInput("会议学习了党章。\n讨论了两件事。", [new MinutesDecision("同意接收张三为预备党员", 2, 0, 1), new MinutesDecision("下月开展主题党日", null, null, null)], "李记录", 0));
        Assert.Equal((1, "李记录", 2), (saved.Revision, saved.Recorder, saved.Decisions.Count));
        Assert.Equal("revision_changed", await RefusedAsync(() => PutAsync(evening, new MinutesInput("后写的", [], null, 0))));

        await evening.HelpAsync();
        evening.Time.Skip(TimeSpan.FromHours(2));
        var final = await StepAsync(evening, "final", 1);
        Assert.Equal((MinutesState.Final, evening.Time.GetUtcNow(), "管理员"), (final.State, final.FinalAt, final.FinalBy));
        Assert.Equal("minutes_final", await RefusedAsync(() => PutAsync(evening, new MinutesInput("改", [], null, final.Revision))));
        var page = await evening.Host.Http.GetStringAsync($"/print/meetings/{evening.Meeting.Id}/minutes?lang=zh-CN", TestContext.Current.CancellationToken);
        foreach (var text in new[] { "会议学习了党章。", "同意接收张三为预备党员", "李记录", "张小一", "定稿", "应到 3 人，实到 1 人", "缺席" })
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }

        var reopened = await StepAsync(evening, "reopen", final.Revision);
        Assert.Equal((MinutesState.Draft, null), (reopened.State, reopened.FinalAt));
        Assert.Equal("更正后", (await PutAsync(evening, new MinutesInput("更正后", [], null, reopened.Revision))).Text);
    }

    [Fact]
    public async Task Bad_minutes_are_refused_and_other_branches_see_nothing()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var good = new MinutesInput("记录", [], null, 0);
        foreach (var bad in new[]
        {
            good with { Text = new string('长', 20_001) }, good with { Decisions = [.. Enumerable.Repeat(new MinutesDecision("决议", null, null, null), 31)] },
            good with { Decisions = [new MinutesDecision(" ", 1, 0, 0)] }, good with { Decisions = [new MinutesDecision("决议", -1, 0, 0)] }, good with { Recorder = new string('长', 61) },
            good with { Text = "看\u202e不见" },
        })
        {
            Assert.Equal("invalid_input", await RefusedAsync(() => PutAsync(evening, bad)));
        }

        var branch = await evening.Hub.CreateOrgUnitAsync("一支部");
        using var stranger = await evening.Hub.SignInAsAsync(OperatorRole.Host, branch);
        foreach (var path in new[] { $"/api/meetings/{evening.Meeting.Id}/minutes", $"/print/meetings/{evening.Meeting.Id}/minutes", $"/api/meetings/{evening.Meeting.Id}/materials" })
        {
            using var answer = await stranger.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Photo_of_the_minutes_is_checked_shown_to_hosts_only_and_never_in_the_library()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var branch = await evening.Hub.CreateOrgUnitAsync("一支部");
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, branch);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("支部活动室", branch);
        var member = await HubApplication.AddMemberAsync(host, "张支部", branch);
        var meeting = (await evening.Hub.AddMeetingAsync(host, room, [member.Id], unitId: branch)).Summary;
        var path = $"/api/meetings/{meeting.Id}/minutes";
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Samples.Jpeg, TestContext.Current.CancellationToken));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        // A host is no editor and uploads all the same.
        var added = await host.SendAsync<MinutesView>(HttpMethod.Post, path + "/photos?name=现场.jpg", content);
        var photo = Assert.Single(added.Photos);
        await Eventually.TrueAsync(async Task<bool> () => (await host.GetAsync<MinutesView>(path)).Photos[0].Url is not null, TestContext.Current.CancellationToken);
        var url = (await host.GetAsync<MinutesView>(path)).Photos[0].Url!;
        using (var picture = await host.Http.GetAsync(url, TestContext.Current.CancellationToken))
        {
            Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (picture.StatusCode, picture.Content.Headers.ContentType!.MediaType));
        }

        Assert.Empty((await evening.Host.GetAsync<Page<MediaSummary>>("/api/media")).Items);
        using var other = await evening.Hub.SignInAsAsync(OperatorRole.Host, await evening.Hub.CreateOrgUnitAsync("二支部"));
        using var hidden = await other.Http.GetAsync(url, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        await host.DeleteAsync($"{path}/photos/{photo.Id}");
        await host.DeleteAsync($"{path}/photos/{photo.Id}");
        Assert.Empty((await host.GetAsync<MinutesView>(path)).Photos);
        await Eventually.TrueAsync(() => evening.Hub.StoredFiles().Count == 0, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Materials_reach_the_members_phones_and_nobody_else()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var path = $"/api/meetings/{evening.Meeting.Id}/materials";
        var media = await evening.Hub.AddReadyMediaAsync(evening.Hub.RootUnitId, "学习材料");
        var secret = await evening.Hub.AddReadyMediaAsync(evening.Hub.RootUnitId, "内部材料", disclosure: Disclosure.Restricted);
        await evening.Host.PostAsync<IReadOnlyList<MeetingMaterial>>(path, new MeetingMaterialInput(null, media, null));
        var all = await evening.Host.PostAsync<IReadOnlyList<MeetingMaterial>>(path, new MeetingMaterialInput("党章全文", null, "https://example.org/charter"));
        Assert.Equal(["学习材料", "党章全文"], all.Select(material => material.Title));
        Assert.Equal("material_media_unusable", await RefusedAsync(() => evening.Host.PostAsync<object>(path, new MeetingMaterialInput("密", secret, null))));
        foreach (var bad in new[] { "javascript:alert(1)", "file:///etc/passwd", "https://user:pw@example.org/", "example.org", "" })
        {
            Assert.Equal("invalid_input", await RefusedAsync(() => evening.Host.PostAsync<object>(path, new MeetingMaterialInput("链接", null, bad))));
        }

        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var page = await phone.OpenAsync($"/my/meetings/{evening.Meeting.Id}");
        Assert.Contains("https://example.org/charter", page.Html, StringComparison.Ordinal);
        var file = $"/my/meetings/{evening.Meeting.Id}/materials/{all[0].Id}";
        Assert.Contains(file, page.Html, StringComparison.Ordinal);
        var outsider = await HubApplication.AddMemberAsync(evening.Host, "李外人", evening.Hub.RootUnitId);
        using var stranger = await evening.Hub.EnrolledPhoneAsync(evening.Host, outsider.Id);
        Assert.Equal("not_on_roster", (await stranger.OpenAsync($"/my/meetings/{evening.Meeting.Id}")).Code);
        Assert.Equal("material_unknown", (await stranger.OpenAsync(file)).Code);
        await evening.Host.DeleteAsync($"{path}/{all[0].Id}");
        Assert.DoesNotContain("学习材料", (await phone.OpenAsync($"/my/meetings/{evening.Meeting.Id}")).Html, StringComparison.Ordinal);
    }

    private static Task<MinutesView> GetAsync(Evening evening) => evening.Host.GetAsync<MinutesView>($"/api/meetings/{evening.Meeting.Id}/minutes");

    private static Task<MinutesView> PutAsync(Evening evening, MinutesInput input) => evening.Host.PutAsync<MinutesView>($"/api/meetings/{evening.Meeting.Id}/minutes", input);

    private static Task<MinutesView> StepAsync(Evening evening, string step, int revision) =>
        evening.Host.PostAsync<MinutesView>($"/api/meetings/{evening.Meeting.Id}/minutes/{step}", new MinutesStep(revision));

    private static async Task<string> RefusedAsync(Func<Task> asked) => (await Assert.ThrowsAsync<RefusedException>(asked)).Code;
}
