using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Printing;

/// <summary>The papers of a sign-up meeting know of no votes; those of a cancelled one say that it is.</summary>
public sealed class SignUpPrintTests
{
    [Theory]
    [InlineData("VolunteerService")]
    [InlineData("MemberAssembly")]
    public async Task Sheet_and_minutes_of_a_sign_up_meeting_speak_of_who_signed_up_and_never_of_votes(string type)
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (room, display) = await evening.Hub.AddRoomWithDisplayAsync("社区广场");
        var meeting = await evening.Hub.AddMeetingAsync(evening.Host, room, type: type);
        await evening.Host.PutAsync<object>($"/api/meetings/{meeting.Summary.Id}/roster/{evening.Members[0].Id}", new RosterChange());
        // A kiosk without a link may have counted all the same; a desk is refused.
        var card = await evening.Hub.MakeHostAsync(evening.Host, evening.Members[1].Id);
        var count = evening.Hub.Act(HostActionKind.Count, meeting.Summary.Id, card) with { Count = new VoteCount(1, 0, 1, 0, 1) };
        Assert.Equal(HostActionOutcome.Applied, (await evening.Hub.UploadActionsAsync(display, count))[0].Outcome);
        foreach (var page in (string[])["sheet", "minutes"])
        {
            var html = await ReadAsync(evening, meeting.Summary.Id, page);
            Assert.Equal(type == "MemberAssembly", html.Contains("vot", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(type == "VolunteerService", html.Contains("Signed up 1", StringComparison.Ordinal));
        }

        // An activity has a record of what was done, not minutes of what was said.
        var record = await ReadAsync(evening, meeting.Summary.Id, "minutes");
        Assert.Equal(type == "MemberAssembly", record.Contains("What was said", StringComparison.Ordinal));
        Assert.Equal(type == "VolunteerService", record.Contains("What was done", StringComparison.Ordinal));
        Assert.Contains(type == "VolunteerService" ? " record</h1>" : " minutes</h1>", record, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("停电，改日再开")]
    [InlineData(null)]
    public async Task Papers_of_a_cancelled_meeting_say_so_at_the_top(string? why)
    {
        await using var evening = await Evening.StartAsync(members: 2);
        await evening.ScanAsync(await evening.CardAsync());
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel", new MeetingCancellation(why));
        foreach (var page in (string[])["sheet", "minutes"])
        {
            var html = await ReadAsync(evening, evening.Meeting.Id, page);
            var at = html.IndexOf("This meeting was cancelled", StringComparison.Ordinal);
            Assert.InRange(at, 0, html.IndexOf("<dl>", StringComparison.Ordinal));
            Assert.Equal(why is not null, html.Contains("Reason: 停电，改日再开", StringComparison.Ordinal));
            Assert.DoesNotContain("Quorum", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Draft", html, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(page == "sheet", html.Contains("____", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Sheet_of_a_sign_up_meeting_has_room_for_who_just_comes_until_it_is_over()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("社区广场");
        var meeting = (await evening.Hub.AddMeetingAsync(evening.Host, room, type: "VolunteerService", startsIn: TimeSpan.FromHours(5))).Summary;
        Assert.Equal(0, Blanks(await ReadAsync(evening, evening.Meeting.Id, "sheet")));
        var sheet = await ReadAsync(evening, meeting.Id, "sheet");
        Assert.Equal(8, Blanks(sheet));
        // Before it begins nobody has come, and the sheet that is to be signed does not say so.
        Assert.DoesNotContain("present 0", sheet, StringComparison.Ordinal);
        await evening.Host.PostAsync<object>($"/api/meetings/{meeting.Id}/cancel", new MeetingCancellation(null));
        Assert.Equal(0, Blanks(await ReadAsync(evening, meeting.Id, "sheet")));
    }

    private static int Blanks(string html) => html.Split("<tr class=\"blank\">").Length - 1;

    private static async Task<string> ReadAsync(Evening evening, Guid meetingId, string page)
    {
        var answer = await evening.Host.Http.GetAsync($"/print/meetings/{meetingId}/{page}", TestContext.Current.CancellationToken);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
