using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Hub.Tests.FairPlay;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Phone;

/// <summary>Every page with its style at 30 KB or less, with the longest texts the hub takes, in Chinese.</summary>
public class PageSizeTests
{
    private const int Limit = 30 * 1024;

    [Fact]
    public async Task Every_page_stays_small_with_the_longest_texts_and_needs_nothing_but_its_style()
    {
        await using var fair = await FairEvening.StartAsync(1, "--FairPlay:NumberSeconds=100000");
        var (host, hub, member) = (fair.Evening.Host, fair.Hub, fair.Evening.Members[0].Id);
        var sentence = new string('学', 120);
        for (var day = 1; day <= 10; day++)
        {
            var coming = await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(fair.Evening.RoomId, [member], startsIn: TimeSpan.FromDays(day)) with { Title = sentence });
            await host.PostAsync<object>($"/api/meetings/{coming.Summary.Id}/leave", new LeaveInput(member, LeaveKind.Sick, ""));
            await host.PostAsync<object>($"/api/meetings/{coming.Summary.Id}/leave/{member}/decision", new LeaveDecision(true, new string('好', 200), 1));
            await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(fair.Evening.RoomId, [member], startsIn: TimeSpan.FromDays(-day)) with { Title = sentence, PastConfirmed = true });
        }

        for (var at = 0; at < 20; at++)
        {
            using var content = System.Net.Http.Json.JsonContent.Create(new PointsAdjustment(1, new string('补', 200)), options: Contracts.KioskJson.Options);
            content.Headers.Add("Idempotency-Key", $"k{at}");
            await host.SendAsync<PointsStatement>(HttpMethod.Post, $"/api/members/{member}/points/adjust", content);
        }

        await fair.Evening.CardAsync();
        using var phone = await hub.EnrolledPhoneAsync(host, member, "480215");
        await phone.OpenAsync("/my?lang=zh-CN");
        var css = (await phone.OpenAsync("/phone.css")).Bytes;
        var code = await hub.DisplayCodeAsync(fair.Display.DisplayId, fair.Evening.Meeting);
        var later = (await host.GetAsync<Page<MeetingSummary>>("/api/meetings?take=200")).Items.Single(meeting => meeting.Start > fair.Evening.Time.GetUtcNow().AddDays(9.5));
        var ticket = await host.PostAsync<EnrolmentTicket>($"/api/members/{member}/enrolment");
        List<(string What, PhoneAnswer Page)> pages =
        [
            ("scan", await phone.OpenAsync("/c/" + code)), ("other", await phone.OpenAsync("/c?other=true")), ("done", await phone.SubmitAsync("/c")), ("again", await phone.OpenAsync("/c")),
            ("points", await phone.OpenAsync("/my")), ("meetings", await phone.OpenAsync("/my/meetings")), ("older", await phone.OpenAsync("/my/meetings?skip=8")),
            ("leave", await phone.OpenAsync($"/my/meetings/{later.Id}/leave")), ("card", await phone.OpenAsync("/my/card")), ("data", await phone.OpenAsync("/my/data")),
            ("enrol", await phone.OpenAsync(new Uri(ticket.Url).PathAndQuery)), ("refused", await phone.OpenAsync("/c/ABC")),
        ];
        pages.AddRange(await LaterPagesAsync(fair, phone, sentence));
        await host.PostAsync<object>($"/api/meetings/{fair.MeetingId}/second-proof/{member}");
        pages.Add(("proof", await phone.OpenAsync("/c/proof")));
        pages.Add(("number", await phone.SubmitAsync("/c/proof")));
        Assert.Equal(
            ["check_in", "check_in", "accepted", "already_checked_in", "my_points", "my_meetings", "my_meetings", "ask_leave", "my_card", "my_data", "enrol", "altered_code",
                "meeting", "meeting", "sign_ups", "make_up", "make_up_long", "make_up_sent", "host_pin", "pin_differs", "proof_number_needed", "proof_waiting"],
            pages.Select(each => each.Page.Code));
        foreach (var (what, page) in pages)
        {
            Assert.True(page.Bytes + css <= Limit, $"{what}: {page.Bytes} + {css} bytes");
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(page.Html, "rel=\"stylesheet\""));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', pages.Select(each => $"{each.What}={each.Page.Bytes + css}")));
    }

    [Fact]
    public async Task Link_too_long_for_the_page_is_followed_by_way_of_the_hub_by_those_on_the_roster_alone()
    {
        await using var evening = await Evening.StartAsync();
        var url = "https://study.example/" + new string('x', 900);
        var path = $"/api/meetings/{evening.Meeting.Id}/materials";
        var material = (await evening.Host.PostAsync<IReadOnlyList<MeetingMaterial>>(path, new MeetingMaterialInput("学习资料", null, url)))[0].Id;
        var own = $"/my/meetings/{evening.Meeting.Id}/materials/{material}";
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        Assert.Contains(own, (await phone.OpenAsync($"/my/meetings/{evening.Meeting.Id}")).Html, StringComparison.Ordinal);
        var stranger = await HubApplication.AddMemberAsync(evening.Host, "李外人", evening.Hub.RootUnitId);
        using var outside = await evening.Hub.EnrolledPhoneAsync(evening.Host, stranger.Id);
        Assert.Equal("material_unknown", (await outside.OpenAsync(own)).Code);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = evening.Hub.Address };
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", phone.Cookies("/my").Select(cookie => $"{cookie.Name}={cookie.Value}")));
        using var answer = await http.GetAsync(new Uri(own, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(url, answer.Headers.Location?.ToString());
    }

    /// <summary>One meeting, sign-up, make-up and host PIN, each as full as the hub lets it be.</summary>
    private static async Task<IReadOnlyList<(string What, PhoneAnswer Page)>> LaterPagesAsync(FairEvening fair, PhoneBrowser phone, string sentence)
    {
        var (host, hub, room, member) = (fair.Evening.Host, fair.Hub, fair.Evening.RoomId, fair.Evening.Members[0].Id);
        var agenda = Enumerable.Range(0, 30).Select(_ => new string('议', 200)).ToList();
        var full = (await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, [member], startsIn: TimeSpan.FromDays(20)) with { Title = sentence, HostName = new string('主', 60), Agenda = agenda })).Summary.Id;
        for (var at = 0; at < 20; at++)
        {
            await host.PostAsync<object>($"/api/meetings/{full}/materials", new MeetingMaterialInput(sentence, null, "https://study.example/" + new string('x', 900)));
        }

        for (var day = 1; day <= 31; day++)
        {
            await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, [member], "VolunteerService", TimeSpan.FromDays(30 + day)) with { Title = sentence });
        }

        var volunteers = (await host.GetAsync<Page<MeetingSummary>>("/api/meetings?take=200")).Items.First(meeting => meeting.SignUp).Id;
        var missed = (await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, [member], startsIn: TimeSpan.FromHours(-5)) with { Title = sentence, PastConfirmed = true })).Summary.Id;
        await host.PutAsync<MemberHostView>($"/api/members/{member}/host", new MemberHostInput(true));
        var makeUp = $"/my/meetings/{missed}/make-up";
        return
        [
            ("meeting", await phone.OpenAsync($"/my/meetings/{full}")), ("volunteers", await phone.OpenAsync($"/my/meetings/{volunteers}")), ("sign-ups", await phone.OpenAsync("/my/sign-ups")),
            ("make-up", await phone.OpenAsync(makeUp)), ("make-up-long", await phone.UploadAsync(makeUp, [], ("text", new string('学', 1001)), ("material", new string('讲', 120)))),
            ("make-up-sent", await phone.UploadAsync(makeUp, [], ("text", new string('学', 1000)), ("material", new string('讲', 120)))),
            ("host-pin", await phone.OpenAsync("/my/host-pin")), ("host-pin-wrong", await phone.SubmitAsync("/my/host-pin", ("phone", "000000"), ("pin", "731904"), ("again", "731905"))),
        ];
    }
}
