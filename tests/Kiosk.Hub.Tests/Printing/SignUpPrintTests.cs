using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Printing;

/// <summary>The papers of a sign-up meeting know of no votes.</summary>
public sealed class SignUpPrintTests
{
    [Theory]
    [InlineData("VolunteerService")]
    [InlineData("MemberAssembly")]
    public async Task Sheet_and_minutes_of_a_sign_up_meeting_speak_of_who_signed_up_and_never_of_votes(string type)
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("社区广场");
        var meeting = await evening.Hub.AddMeetingAsync(evening.Host, room, type: type);
        await evening.Host.PutAsync<object>($"/api/meetings/{meeting.Summary.Id}/roster/{evening.Members[0].Id}", new RosterChange());
        await evening.Host.PostAsync<MeetingRunView>($"/api/meetings/{meeting.Summary.Id}/run", new RunInput(HostActionKind.Count));
        foreach (var page in (string[])["sheet", "minutes"])
        {
            var answer = await evening.Host.Http.GetAsync($"/print/meetings/{meeting.Summary.Id}/{page}", TestContext.Current.CancellationToken);
            var html = System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(type == "MemberAssembly", html.Contains("vot", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(type == "VolunteerService", html.Contains("Signed up 1", StringComparison.Ordinal));
        }
    }
}
