using System.Text.RegularExpressions;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;

namespace Kiosk.Hub.Tests.Phone;

/// <summary>Whoever has to sign in first comes to the page they opened.</summary>
public partial class SignInBackTests
{
    [Fact]
    public async Task Every_page_that_asks_to_sign_in_is_come_back_to()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        using var pin = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var meeting = $"/my/meetings/{evening.Meeting.Id}";
        string[] pages = ["/my", "/my/card", "/my/data", "/my/host-pin", "/my/sign-ups", "/my/calendar", "/my/meetings", meeting, meeting + "/leave", meeting + "/make-up"];
        // Not one of them is forgotten here when it is added there.
        var asking = evening.Hub.Endpoints().Where(row => row.Method == "GET" && row.Route.StartsWith("/my", StringComparison.Ordinal) && !row.Route.Contains("materials", StringComparison.Ordinal)
            && !row.Route.EndsWith("/sign-up", StringComparison.Ordinal)).Select(row => row.Route.TrimEnd('/').Replace("{id:guid}", evening.Meeting.Id.ToString(), StringComparison.Ordinal)).ToList();
        foreach (var page in asking.Concat(pages).Distinct())
        {
            using var phone = evening.Hub.Phone();
            var opened = await phone.OpenAsync(page);
            if (opened.Code != "sign_in")
            {
                continue;
            }

            var back = Back().Match(opened.Html).Groups[1].Value;
            Assert.Equal(page, back);
            var landed = await phone.SubmitAsync("/my/sign-in", ("number", evening.Members[0].MemberNumber), ("pin", "480215"), ("back", back));
            Assert.Equal((page, (await phone.OpenAsync(page)).Code), (page, landed.Code));
        }
    }

    [GeneratedRegex("name=\"back\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Back();
}
