using System.Net;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

public sealed class CalendarTests
{
    [Fact]
    public async Task Unit_calendar_tells_times_in_utc_cancellations_and_no_name_until_it_is_revoked()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var hosted = evening.Hub.MeetingInputFor(evening.RoomId, [.. evening.Members.Select(member => member.Id)]) with { HostName = null, HostMemberIds = [evening.Members[0].Id], Agenda = ["讨论张小一的转正"] };
        await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}", hosted);
        var made = await evening.Host.PostAsync<CalendarCreated>("/api/calendars", new CalendarInput(evening.Hub.RootUnitId, "支委们"));
        var path = new Uri(made.Url).PathAndQuery;
        var calendar = await ReadAsync(evening, path);
        Assert.Contains("DTSTART:20261122T111000Z", calendar, StringComparison.Ordinal);
        Assert.Contains("DTEND:20261122T121000Z", calendar, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:十一月党员大会", calendar, StringComparison.Ordinal);
        Assert.Contains("STATUS:CONFIRMED", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("张小一", calendar, StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", calendar, StringComparison.Ordinal);

        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel");
        Assert.Contains("STATUS:CANCELLED", await ReadAsync(evening, path), StringComparison.Ordinal);
        var listed = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<CalendarLink>>("/api/calendars"));
        Assert.Equal(("支委们", new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)), (listed.Name, listed.LastReadAt));
        await evening.Host.DeleteAsync($"/api/calendars/{listed.Id}");
        using var gone = await evening.Host.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Extended_and_closed_meetings_carry_their_real_end()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var path = new Uri((await evening.Host.PostAsync<CalendarCreated>("/api/calendars", new CalendarInput(evening.Hub.RootUnitId, "支委们"))).Url).PathAndQuery;
        await evening.Host.PostAsync<MeetingRunView>($"/api/meetings/{evening.Meeting.Id}/run", new RunInput(HostActionKind.Extend, 30));
        Assert.Contains("DTEND:20261122T124000Z", await ReadAsync(evening, path), StringComparison.Ordinal);
        evening.Time.Advance(TimeSpan.FromMinutes(40));
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");
        Assert.Contains("DTEND:20261122T114000Z", await ReadAsync(evening, path), StringComparison.Ordinal);
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/reopen");
        Assert.Contains("DTEND:20261122T124000Z", await ReadAsync(evening, path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_s_calendar_holds_their_own_meetings_and_a_new_address_ends_the_old()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var stranger = await HubApplication.AddMemberAsync(evening.Host, "李外人", evening.Hub.RootUnitId);
        await evening.Host.PostAsync<MeetingDetail>("/api/meetings", evening.Hub.MeetingInputFor(room, [stranger.Id]) with { Title = "别人的会" });
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync("/my/calendar");
        var path = PathIn((await phone.SubmitAsync("/my/calendar")).Html);
        var calendar = await ReadAsync(evening, path);
        Assert.Contains("十一月党员大会", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("别人的会", calendar, StringComparison.Ordinal);

        await phone.OpenAsync("/my/calendar");
        var second = PathIn((await phone.SubmitAsync("/my/calendar")).Html);
        Assert.NotEqual(path, second);
        await RefusedAsync(evening, path);
        await phone.OpenAsync("/my/calendar");
        Assert.Equal("calendar_revoked", (await phone.SubmitAsync("/my/calendar/revoke")).Code);
        await RefusedAsync(evening, second);
        await RefusedAsync(evening, "/calendar/" + new string('x', 300) + ".ics");
    }

    private static async Task<string> ReadAsync(Evening evening, string path)
    {
        using var anonymous = new HttpClient { BaseAddress = evening.Hub.Address };
        using var answer = await anonymous.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        // Folded lines joined again.
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace("\r\n ", "", StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(Evening evening, string path)
    {
        using var anonymous = new HttpClient { BaseAddress = evening.Hub.Address };
        using var answer = await anonymous.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static string PathIn(string html)
    {
        var at = html.IndexOf("/calendar/", html.IndexOf("<textarea", StringComparison.Ordinal), StringComparison.Ordinal);
        return html[at..html.IndexOf(".ics", at, StringComparison.Ordinal)] + ".ics";
    }
}
