using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Hosting;

public sealed class HostPinTests
{
    [Fact]
    public async Task Room_recognises_the_pin_with_the_card_and_nothing_else()
    {
        await using var evening = await HostEvening.StartAsync();
        var host = await HostAsync(evening, evening.Card);
        Assert.True(CheckInCard.TryRead(evening.Card, out var card));
        Assert.True(host.Rounds >= 210_000);
        Assert.True(HostPinCheck.Matches(host, card, "480215"));
        Assert.False(HostPinCheck.Matches(host, card, "480216"));
        Assert.False(HostPinCheck.Matches(host, card with { Serial = card.Serial + 1 }, "480215"));
        Assert.False(HostPinCheck.Matches(host, card with { Issued = card.Issued.AddSeconds(1) }, "480215"));
        Assert.False(HostPinCheck.Matches(host with { Rounds = 1000 }, card, "480215"));
        Assert.False(HostPinCheck.Matches(host with { Salt = "!", Check = "!" }, card, "480215"));
    }

    [Fact]
    public async Task Branch_s_host_sets_the_pin_of_whom_a_meeting_names_and_only_the_administrator_marks()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var branch = await evening.Hub.CreateOrgUnitAsync("一支部");
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, branch);
        var member = (await HubApplication.AddMemberAsync(host, "王秀兰", branch)).Id;
        Assert.False((await host.GetAsync<MemberHostView>($"/api/members/{member}/host")).Hosts);
        Assert.Equal("role_missing", (await Assert.ThrowsAsync<RefusedException>(() => host.PutAsync<MemberHostView>($"/api/members/{member}/host", new MemberHostInput(true)))).Code);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("一支部活动室", branch);
        await host.PostAsync<MeetingDetail>("/api/meetings", evening.Hub.MeetingInputFor(room, unitId: branch) with { HostMemberIds = [member] });
        var set = await host.PutAsync<MemberHostView>($"/api/members/{member}/host-pin", new HostPinInput("284719"));
        Assert.Equal((true, false), (set.Hosts, set.MayHost));
        Assert.NotNull(set.PinSetAt);
    }

    [Fact]
    public async Task New_card_opens_with_the_same_pin_and_the_old_one_no_longer()
    {
        await using var evening = await HostEvening.StartAsync();
        var renewed = await evening.Evening.CardAsync();
        var host = await HostAsync(evening, renewed);
        Assert.True(CheckInCard.TryRead(renewed, out var card) && HostPinCheck.Matches(host, card, "480215"));
        Assert.True(CheckInCard.TryRead(evening.Card, out var old) && !HostPinCheck.Matches(host, old, "480215"));
    }

    [Fact]
    public async Task Pin_without_the_mark_and_the_mark_without_a_pin_reach_no_kiosk()
    {
        await using var evening = await HostEvening.StartAsync();
        var (marked, pinned) = (evening.Evening.Members[1].Id, evening.Evening.Members[2].Id);
        await evening.Evening.Host.PutAsync<MemberHostView>($"/api/members/{marked}/host", new MemberHostInput(true));
        await evening.Evening.CardAsync(1);
        await evening.Evening.Host.PutAsync<MemberHostView>($"/api/members/{pinned}/host-pin", new HostPinInput("907214"));
        await evening.Evening.CardAsync(2);
        Assert.Equal([evening.Evening.Members[0].Id], (await evening.RoomAsync()).Hosts!.Select(host => host.MemberId));
        await evening.Evening.Host.SendAsync<MemberHostView>(HttpMethod.Delete, $"/api/members/{evening.Evening.Members[0].Id}/host-pin", null);
        Assert.Empty((await evening.RoomAsync()).Hosts!);
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Act(HostActionKind.Begin))); // what was journalled before counts
    }

    [Theory]
    [InlineData("12345", "pin_form")]
    [InlineData("12a456", "pin_form")]
    [InlineData("123456", "pin_trivial")]
    [InlineData("888888", "pin_trivial")]
    public async Task Weak_pin_is_refused(string pin, string code)
    {
        await using var evening = await HostEvening.StartAsync(1);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            evening.Evening.Host.PutAsync<MemberHostView>($"/api/members/{evening.Evening.Members[0].Id}/host-pin", new HostPinInput(pin)));
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Only_an_administrator_marks_and_only_a_host_of_the_unit_sets_a_pin()
    {
        await using var evening = await HostEvening.StartAsync(1);
        var member = evening.Evening.Members[0].Id;
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, evening.Hub.RootUnitId);
        using var elsewhere = await evening.Hub.SignInAsAsync(OperatorRole.Host, await evening.Hub.CreateOrgUnitAsync("别处", evening.Hub.RootUnitId));
        Assert.True((await host.PutAsync<MemberHostView>($"/api/members/{member}/host-pin", new HostPinInput("907214"))).MayHost);
        Assert.Equal(403, (int)(await Assert.ThrowsAsync<RefusedException>(() => host.PutAsync<MemberHostView>($"/api/members/{member}/host", new MemberHostInput(false)))).Status);
        await Assert.ThrowsAsync<RefusedException>(() => elsewhere.PutAsync<MemberHostView>($"/api/members/{member}/host-pin", new HostPinInput("907214")));
    }

    private static async Task<RoomHost> HostAsync(HostEvening evening, string card)
    {
        Assert.True(CheckInCard.TryRead(card, out var read));
        RoomHost? host = null;
        await Eventually.TrueAsync(
            async Task<bool> () =>
            {
                evening.Evening.Time.Advance(TimeSpan.FromSeconds(31));
                host = (await evening.RoomAsync()).Hosts?.SingleOrDefault(candidate => candidate.MemberId == read.MemberId);
                return host is not null && HostPinCheck.Matches(host, read, "480215");
            },
            TestContext.Current.CancellationToken);
        return host!;
    }
}
