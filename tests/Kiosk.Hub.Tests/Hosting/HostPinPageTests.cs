using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Hosting;

public sealed class HostPinPageTests
{
    private const string Path = "/my/host-pin";

    [Fact]
    public async Task Host_sets_the_pin_on_the_phone_and_the_room_knows_it()
    {
        await using var evening = await HostEvening.StartAsync();
        var phone = await evening.Hub.EnrolledPhoneAsync(evening.Evening.Host, evening.Evening.Members[0].Id, "316809");
        Assert.Equal("host_pin", (await phone.OpenAsync(Path)).Code);
        Assert.Contains(Path, (await phone.OpenAsync("/my/card")).Html, StringComparison.Ordinal);
        Assert.Equal("pin_differs", (await phone.SubmitAsync(Path, ("phone", "316809"), ("pin", "902714"), ("again", "902715"))).Code);
        Assert.Equal("pin_same", (await phone.SubmitAsync(Path, ("phone", "316809"), ("pin", "316809"), ("again", "316809"))).Code);
        Assert.Equal("pin_trivial", (await phone.SubmitAsync(Path, ("phone", "316809"), ("pin", "121212"), ("again", "121212"))).Code);
        Assert.Equal("phone_pin_wrong", (await phone.SubmitAsync(Path, ("phone", "316800"), ("pin", "902714"), ("again", "902714"))).Code);
        var done = await phone.SubmitAsync(Path, ("phone", "316809"), ("pin", "902714"), ("again", "902714"));
        Assert.Equal("host_pin_set", done.Code);
        var host = (await evening.RoomAsync()).Hosts!.Single();
        Assert.True(CheckInCard.TryRead(evening.Card, out var card) && HostPinCheck.Matches(host, card, "902714"));
        Assert.False(HostPinCheck.Matches(host, card, "480215"));
    }

    [Fact]
    public async Task Pin_chosen_in_full_width_digits_is_the_one_the_pad_of_the_kiosk_types()
    {
        await using var evening = await HostEvening.StartAsync();
        var phone = await evening.Hub.EnrolledPhoneAsync(evening.Evening.Host, evening.Evening.Members[0].Id, "316809");
        await phone.OpenAsync(Path);
        Assert.Equal("pin_same", (await phone.SubmitAsync(Path, ("phone", "316809"), ("pin", "３１６８０９"), ("again", "３１６８０９"))).Code);
        Assert.Equal("host_pin_set", (await phone.SubmitAsync(Path, ("phone", "３１６８０９"), ("pin", "９０２７１４"), ("again", "902714"))).Code);
        Assert.True(CheckInCard.TryRead(evening.Card, out var card) && HostPinCheck.Matches((await evening.RoomAsync()).Hosts!.Single(), card, "902714"));

        await evening.Evening.Host.PutAsync<MemberHostView>($"/api/members/{evening.Evening.Members[0].Id}/host-pin", new HostPinInput("５２８３０６"));
        Assert.True(HostPinCheck.Matches((await evening.RoomAsync()).Hosts!.Single(), card, "528306"));
    }

    [Fact]
    public async Task Member_who_hosts_nowhere_is_not_offered_a_pin()
    {
        await using var evening = await HostEvening.StartAsync();
        var phone = await evening.Hub.EnrolledPhoneAsync(evening.Evening.Host, evening.Evening.Members[1].Id, "316809");
        await evening.Evening.CardAsync(1);
        Assert.Equal("host_none", (await phone.OpenAsync(Path)).Code);
        await phone.OpenAsync("/my/meetings");
        Assert.Equal("host_none", (await phone.SubmitAsync(Path, ("phone", "316809"), ("pin", "902714"), ("again", "902714"))).Code);
        Assert.DoesNotContain(Path, (await phone.OpenAsync("/my/card")).Html, StringComparison.Ordinal);
        Assert.Equal("sign_in", (await evening.Hub.Phone().OpenAsync(Path)).Code);
    }
}
