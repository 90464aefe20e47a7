using Kiosk.Contracts.Operator;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.FairPlay;

/// <summary>Limits are against floods, never against a hall behind one address.</summary>
public class HallTests
{
    [Fact]
    public async Task Five_hundred_members_behind_one_address_check_in_within_a_minute_under_the_limits_as_shipped()
    {
        const int Crowd = 500;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero));
        await using var hub = await HubApplication.StartAsync(time);
        using var host = await hub.SignInAsync();
        var (room, display) = await hub.AddRoomWithDisplayAsync();
        var members = await hub.AddMembersAsync(Crowd);
        var meeting = await hub.AddMeetingAsync(host, room, members);
        var sessions = await hub.AddMemberSessionsAsync(members);
        var code = await hub.DisplayCodeAsync(display, meeting.Summary);
        await Parallel.ForAsync(0, Crowd, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (at, _) =>
        {
            using var phone = hub.Phone();
            phone.SetCookie("kiosk-member", sessions[at], "/");
            Assert.Equal("check_in", (await phone.OpenAsync("/c/" + code)).Code);
            Assert.Equal("accepted", (await phone.SubmitAsync("/c")).Code);
            Assert.Equal("my_points", (await phone.OpenAsync("/my")).Code);
        });
        Assert.Equal(Crowd, (await host.GetAsync<MeetingDetail>($"/api/meetings/{meeting.Summary.Id}")).Summary.Present);
    }

    [Fact]
    public async Task Sixty_wrong_pins_at_the_door_do_not_lock_out_the_next_member()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.EnrolAsync(0, "480215");
        using var phone = fair.Hub.Phone();
        await phone.OpenAsync("/c/" + await fair.Hub.DisplayCodeAsync(fair.Display.DisplayId, fair.Evening.Meeting));
        for (var at = 0; at < 60; at++)
        {
            Assert.Equal("sign_in_failed", (await phone.SubmitAsync("/c", ("number", $"X{at}"), ("pin", "480215"))).Code);
        }

        Assert.Equal("accepted", (await phone.SubmitAsync("/c", ("number", fair.Evening.Members[0].MemberNumber), ("pin", "480215"))).Code);
    }

    [Fact]
    public async Task Guessing_away_from_the_door_is_slowed_down_and_says_so()
    {
        await using var fair = await FairEvening.StartAsync();
        using var phone = fair.Hub.Phone();
        await phone.OpenAsync("/my");
        for (var at = 0; at < 30; at++)
        {
            await phone.SubmitAsync("/my/sign-in", ("number", $"X{at}"), ("pin", "480215"));
        }

        Assert.Equal("rate_limited", (await phone.SubmitAsync("/my/sign-in", ("number", "X99"), ("pin", "480215"))).Code);
    }
}
