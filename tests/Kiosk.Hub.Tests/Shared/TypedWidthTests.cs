using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Shared;

/// <summary>A Chinese input method types ７３９ where 739 is meant, in every box there is.</summary>
public sealed class TypedWidthTests
{
    [Fact]
    public async Task Full_width_digits_find_what_half_width_ones_find()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (hub, host) = (evening.Hub, evening.Host);
        var number = Wide(evening.Members[0].MemberNumber!);
        Assert.Equal(evening.Members[0].Id, Assert.Single((await host.GetAsync<Page<MemberSummary>>($"/api/members?search={Uri.EscapeDataString(number)}")).Items).Id);
        Assert.Equal(evening.Members[0].Id, Assert.Single(await host.GetAsync<IReadOnlyList<AttendanceRow>>(
            $"/api/meetings/{evening.Meeting.Id}/attendance?search={Uri.EscapeDataString(number)}")).MemberId);

        // Whoever stored a name full width finds it either way they type it, too.
        var (room, _) = await hub.AddRoomWithDisplayAsync("A12会议室");
        await hub.AddRoomWithDisplayAsync("Ｂ３４会议室");
        foreach (var typed in (string[])["A12", "Ａ１２", "Ｂ３４"])
        {
            Assert.NotEmpty((await host.GetAsync<Page<DisplaySummary>>($"/api/displays?search={Uri.EscapeDataString(typed)}")).Items);
            Assert.Contains(await host.GetAsync<IReadOnlyList<TargetOption>>($"/api/targets?search={Uri.EscapeDataString(typed)}"), option => option.Kind == "room");
        }

        var unit = await hub.CreateOrgUnitAsync("第12支部");
        await hub.CreateOrgUnitAsync("第7支部");
        Assert.Equal("第12支部", Assert.Single(await host.GetAsync<IReadOnlyList<JointUnit>>(
            $"/api/joint-units?orgUnitId={(await hub.CreateOrgUnitAsync("一支部"))}&search={Uri.EscapeDataString("１２")}")).Name);
        Assert.NotEqual(Guid.Empty, unit);
        Assert.NotEqual(Guid.Empty, room);
    }

    [Fact]
    public async Task Pairing_code_is_taken_in_either_width()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (ticket, _) = await hub.AskToPairAsync();
        var typed = Wide(ticket.Code).Insert(4, "－");
        Assert.Equal(ticket.Code, (await admin.GetAsync<PairingPreview>($"/api/pairings/{Uri.EscapeDataString(typed)}")).Code);
        Assert.NotEqual(Guid.Empty, (await admin.PostAsync<DisplaySummary>("/api/displays", new ClaimDisplay(typed, null, hub.DisplayInput()))).Id);
    }

    [Fact]
    public async Task Line_break_in_a_name_is_refused_wherever_a_name_is_given()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (hub, host) = (evening.Hub, evening.Host);
        var meeting = hub.MeetingInputFor(evening.RoomId, startsIn: TimeSpan.FromHours(5));
        (string Path, object Body)[] names =
        [
            ("/api/rooms", new RoomInput("一楼\n活动室", hub.RootUnitId)),
            ("/api/members", new MemberInput(hub.RootUnitId, null, "张\n三", PersonKind.FullMember, false, null)),
            ("/api/org-units", new OrgUnitInput(hub.RootUnitId, "一\n支部", OrgUnitKind.Branch)),
            ("/api/meetings", meeting with { Title = "党员\n大会" }),
            ("/api/meetings", meeting with { Agenda = ["报\n告"] }),
            ("/api/playlists", new PlaylistInput(hub.RootUnitId, "大\n厅", null, [])),
        ];
        foreach (var (path, body) in names)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => host.PostAsync<object>(path, body));
            Assert.Equal((path, "invalid_input"), (path, refused.Code));
            Assert.Contains("takes one line", refused.Sentence, StringComparison.Ordinal);
        }
    }

    private static string Wide(string text) => string.Concat(text.Select(letter => (char)(letter + ('！' - '!'))));
}
