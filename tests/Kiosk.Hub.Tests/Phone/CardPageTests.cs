using System.Net;
using System.Text.RegularExpressions;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Phone;

public class CardPageTests
{
    [Fact]
    public async Task Card_on_the_phone_is_the_printed_ones_serial_in_one_page_without_anything_to_load()
    {
        await using var evening = await Evening.StartAsync();
        await evening.CardAsync();
        using var phone = await evening.Hub.SignedInPhoneAsync(evening.Members[0].Id);
        var page = await phone.OpenAsync("/my/card");
        Assert.Equal((HttpStatusCode.OK, "my_card"), (page.Status, page.Code));
        Assert.Contains("张小一", page.Html, StringComparison.Ordinal);
        var picture = Convert.FromBase64String(Regex.Match(page.Html, "data:image/png;base64,([^\"]+)").Groups[1].Value);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        Assert.InRange(picture.Length, 200, 6 * 1024);
        Assert.DoesNotContain("<form", page.Html, StringComparison.Ordinal);
        var headers = await phone.HeadersAsync("/my/card");
        Assert.Contains("no-cache", headers["Cache-Control"], StringComparison.Ordinal);
        Assert.DoesNotContain("no-store", headers["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoked_or_missing_card_says_what_to_do_and_a_stranger_is_asked_to_sign_in()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.SignedInPhoneAsync(evening.Members[0].Id);
        Assert.Equal((HttpStatusCode.NotFound, "card_none"), Answer(await phone.OpenAsync("/my/card")));
        await evening.CardAsync();
        await evening.Host.SendAsync<object>(HttpMethod.Delete, $"/api/members/{evening.Members[0].Id}/card", null);
        Assert.Equal((HttpStatusCode.NotFound, "card_revoked"), Answer(await phone.OpenAsync("/my/card")));
        using var stranger = evening.Hub.Phone();
        Assert.Equal("sign_in", (await stranger.OpenAsync("/my/card")).Code);
        Assert.Equal("sign_in_failed", (await stranger.SubmitAsync("/my/sign-in", ("number", "X1"), ("pin", "480215"), ("back", "/my/card"))).Code);
    }

    [Fact]
    public async Task Signing_in_leads_back_to_the_card_and_signing_out_clears_what_was_kept()
    {
        await using var evening = await Evening.StartAsync();
        await evening.CardAsync();
        using (await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id))
        {
        }

        using var phone = evening.Hub.Phone();
        await phone.OpenAsync("/my/card");
        Assert.Equal("my_card", (await phone.SubmitAsync("/my/sign-in", ("number", evening.Members[0].MemberNumber), ("pin", "480215"), ("back", "/my/card"))).Code);
        await phone.OpenAsync("/my/data");
        Assert.Equal("signed_out", (await phone.SubmitAsync("/my/sign-out")).Code);
        Assert.Equal("sign_in", (await phone.OpenAsync("/my/card")).Code);
    }

    [Fact]
    public async Task My_data_tells_what_is_held_masked_and_ends_the_other_phones()
    {
        await using var evening = await Evening.StartAsync();
        await evening.Host.PutAsync<MemberSummary>($"/api/members/{evening.Members[0].Id}", new MemberInput(evening.Hub.RootUnitId, null, "张小一", PersonKind.FullMember, false, "13812348000"));
        using var other = await evening.Hub.SignedInPhoneAsync(evening.Members[0].Id);
        using var phone = await evening.Hub.SignedInPhoneAsync(evening.Members[0].Id);
        var page = await phone.OpenAsync("/my/data");
        Assert.Contains("138****8000", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("13812348000", page.Html, StringComparison.Ordinal);
        Assert.Equal("my_data", (await phone.SubmitAsync("/my/sign-out-others")).Code);
        Assert.Equal(("my_points", "sign_in"), ((await phone.OpenAsync("/my")).Code, (await other.OpenAsync("/my")).Code));
    }

    private static (HttpStatusCode Status, string Code) Answer(PhoneAnswer answer) => (answer.Status, answer.Code);
}
