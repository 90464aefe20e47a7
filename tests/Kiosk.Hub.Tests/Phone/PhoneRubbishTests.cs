using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Phone;

/// <summary>Forms nobody's browser sends: a page with a sentence, never an error of the hub.</summary>
public class PhoneRubbishTests
{
    public static TheoryData<string, string> Bodies => new()
    {
        { "application/x-www-form-urlencoded", new string('k', 3_000) + "=1" },
        { "application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 1_500).Select(at => $"f{at}=1")) },
        { "application/x-www-form-urlencoded", "a=%zz&%ff=%00" },
        { "multipart/form-data; boundary=x", "--x\r\nnonsense" },
        { "multipart/form-data", "no boundary" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Form_that_cannot_be_read_is_refused_by_a_page(string contentType, string body)
    {
        await using var hub = await HubApplication.StartAsync();
        using var http = new HttpClient { BaseAddress = hub.Address };
        foreach (var path in (string[])["/c", "/my/sign-in", "/my/sign-out", "/enrol/" + new string('a', 43)])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.InRange((int)answer.StatusCode, 400, 410);
            Assert.Contains("data-code=\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Unknown_number_is_locked_like_a_known_one()
    {
        await using var evening = await Evening.StartAsync();
        using (await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id))
        {
        }

        foreach (var number in (string[])[evening.Members[0].MemberNumber!, "NOBODY1"])
        {
            using var phone = evening.Hub.Phone();
            await phone.OpenAsync("/my");
            for (var attempt = 0; attempt < 10; attempt++)
            {
                Assert.Equal((HttpStatusCode.Unauthorized, "sign_in_failed"), await TryAsync(phone, number));
            }

            Assert.Equal((HttpStatusCode.Forbidden, "pin_locked"), await TryAsync(phone, number));
            evening.Time.Advance(TimeSpan.FromMinutes(61));
            Assert.Equal("sign_in_failed", (await TryAsync(phone, number)).Code);
        }
    }

    private static async Task<(HttpStatusCode Status, string Code)> TryAsync(PhoneBrowser phone, string number)
    {
        var answer = await phone.SubmitAsync("/my/sign-in", ("number", number), ("pin", "000001"));
        return (answer.Status, answer.Code);
    }
}
