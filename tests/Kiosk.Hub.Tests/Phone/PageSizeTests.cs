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
        await host.PostAsync<object>($"/api/meetings/{fair.MeetingId}/second-proof/{member}");
        pages.Add(("proof", await phone.OpenAsync("/c/proof")));
        pages.Add(("number", await phone.SubmitAsync("/c/proof")));
        Assert.Equal(
            ["check_in", "check_in", "accepted", "already_checked_in", "my_points", "my_meetings", "my_meetings", "ask_leave", "my_card", "my_data", "enrol", "altered_code", "proof_number_needed", "proof_waiting"],
            pages.Select(each => each.Page.Code));
        foreach (var (what, page) in pages)
        {
            Assert.True(page.Bytes + css <= Limit, $"{what}: {page.Bytes} + {css} bytes");
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(page.Html, "rel=\"stylesheet\""));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', pages.Select(each => $"{each.What}={each.Page.Bytes + css}")));
    }
}
