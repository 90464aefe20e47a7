using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Members;

public sealed class EnrolledPhoneTests
{
    [Fact]
    public async Task One_lost_phone_is_signed_out_the_other_stays()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var member = evening.Members[0].Id;
        using var lost = await evening.Hub.EnrolledPhoneAsync(evening.Host, member);
        evening.Time.Advance(TimeSpan.FromMinutes(5));
        using var kept = await evening.Hub.EnrolledPhoneAsync(evening.Host, member);
        var phones = await evening.Host.GetAsync<IReadOnlyList<EnrolledPhone>>($"/api/members/{member}/phones");
        Assert.Equal(2, phones.Count);
        var first = phones.MinBy(phone => phone.EnrolledAt)!;

        // Not by way of another member.
        await Assert.ThrowsAsync<RefusedException>(() => evening.Host.DeleteAsync($"/api/members/{evening.Members[1].Id}/phones/{first.Id}"));
        await evening.Host.DeleteAsync($"/api/members/{member}/phones/{first.Id}");

        var page = await lost.OpenAsync("/my");
        Assert.Equal("sign_in", page.Code);
        Assert.DoesNotContain(evening.Members[0].Name, page.Html, StringComparison.Ordinal);
        Assert.Equal("my_points", (await kept.OpenAsync("/my")).Code);
        Assert.Single(await evening.Host.GetAsync<IReadOnlyList<EnrolledPhone>>($"/api/members/{member}/phones"));
    }
}
