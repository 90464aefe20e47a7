using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Hosting;

/// <summary>现在开会: what a kiosk is told to expect, and what the hub makes of it.</summary>
public class StandbyRosterTests
{
    private static readonly string[] Held = ["MemberAssembly", "BranchCommitteeMeeting", "PartyLecture", "ThemeDay", "VolunteerService", "Other"];

    [Fact]
    public async Task Kiosk_shows_the_roster_the_hub_makes_and_a_desk_would()
    {
        await using var evening = await BranchAsync();
        foreach (var (type, title) in Held.Select(type => (type, type)))
        {
            var shown = Shown(await evening.RoomAsync(), evening.Hub.RootUnitId, type);
            var wanted = await evening.Evening.Host.PostAsync<RosterPreview>("/api/meetings/roster-preview", new RosterPreviewInput(evening.Hub.RootUnitId, type, null, null, null));
            Assert.Equal(wanted.Expected, shown.Count);
            var made = await StartAsync(evening, evening.Hub.RootUnitId, type);
            Assert.Equal(shown.Order(), made.Roster.Select(entry => entry.MemberId).Order());
            Assert.Equal(made.SignUp ? 0 : wanted.Voting, made.VotingExpected);
        }
    }

    [Fact]
    public async Task Committee_meeting_expects_the_committee_and_its_quorum_is_of_them()
    {
        await using var evening = await BranchAsync();
        var made = await StartAsync(evening, evening.Hub.RootUnitId, "BranchCommitteeMeeting");
        Assert.Equal((2, 2, 1), (made.Roster.Count, made.VotingExpected, made.QuorumNeeded));
        var detail = await evening.Evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{made.Id}");
        Assert.Contains(MemberPost.Secretary, detail.Roster!.Posts!);
    }

    [Fact]
    public async Task Group_meeting_is_of_one_group_and_the_branch_is_offered_none_of_its_own()
    {
        await using var evening = await BranchAsync();
        var group = await evening.Hub.CreateOrgUnitAsync("第一党小组", evening.Hub.RootUnitId, OrgUnitKind.Group);
        var member = evening.Evening.Members[3];
        await evening.Evening.Host.PutAsync<MemberSummary>($"/api/members/{member.Id}", new MemberInput(evening.Hub.RootUnitId, null, member.Name, PersonKind.FullMember, false, null, GroupUnitId: group));
        await evening.Hub.TellRoomsAsync();
        var room = await evening.RoomAsync();
        Assert.DoesNotContain(room.Standby!.Single(unit => unit.OrgUnitId == evening.Hub.RootUnitId).Rosters!, roster => roster.Types.Contains("GroupMeeting"));
        var standby = room.Standby!.Single(unit => unit.OrgUnitId == group);
        Assert.Equal(evening.Hub.RootUnitId, standby.GroupOf);
        Assert.DoesNotContain(standby.Rosters!, roster => roster.Types.Contains("MemberAssembly") || roster.Types.Contains("BranchCommitteeMeeting"));
        Assert.Contains(group, room.Hosts!.Single().UnitIds);
        var made = await StartAsync(evening, group, "GroupMeeting");
        Assert.Equal(member.Id, Assert.Single(made.Roster).MemberId);
    }

    [Fact]
    public async Task Roster_is_as_the_kiosk_had_it_whoever_moves_joins_or_is_deleted_before_it_is_uploaded()
    {
        await using var evening = await BranchAsync();
        var (root, desk) = (evening.Hub.RootUnitId, evening.Evening.Host);
        var (branch, other) = (await evening.Hub.CreateOrgUnitAsync("第一支部", root), await evening.Hub.CreateOrgUnitAsync("第二支部", root));
        var (moved, gone, stays) = (await HubApplication.AddMemberAsync(desk, "李转走", branch), await HubApplication.AddMemberAsync(desk, "王删除", branch), await HubApplication.AddMemberAsync(desk, "赵留下", branch));
        await evening.Hub.TellRoomsAsync();
        var shown = Shown(await evening.RoomAsync(), branch, "MemberAssembly");
        Assert.Equal(3, shown.Count);
        var began = evening.Now;
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.PutAsync<MemberSummary>($"/api/members/{moved.Id}", new MemberInput(other, null, moved.Name, PersonKind.FullMember, false, null));
        await evening.Hub.DeleteMemberAsync(gone.Id);
        await HubApplication.AddMemberAsync(desk, "新来的", branch);
        var made = await StartAsync(evening, branch, "MemberAssembly", shown, began);
        Assert.Equal(new[] { moved.Id, stays.Id }.Order(), made.Roster.Select(entry => entry.MemberId).Order());
        Assert.All(made.Roster, entry => Assert.True(entry.Votes));
    }

    [Fact]
    public async Task Roster_names_nobody_of_another_organisation_and_has_a_limit()
    {
        await using var evening = await BranchAsync();
        var stranger = await evening.Hub.AddStrangerAsync();
        var made = await StartAsync(evening, evening.Hub.RootUnitId, "ThemeDay", [evening.Evening.Members[0].Id, stranger]);
        Assert.Equal(evening.Evening.Members[0].Id, Assert.Single(made.Roster).MemberId);
        var start = evening.Start(Guid.CreateVersion7());
        var crowd = start with { Start = start.Start! with { Roster = [.. Enumerable.Range(0, 601).Select(_ => Guid.NewGuid())] } };
        Assert.Equal(HostActionOutcome.Invalid, await evening.OutcomeAsync(crowd));
    }

    private static async Task<HostEvening> BranchAsync()
    {
        var evening = await HostEvening.StartAsync(4);
        var (desk, root) = (evening.Evening.Host, evening.Hub.RootUnitId);
        foreach (var (at, post) in new[] { (0, MemberPost.Secretary), (1, MemberPost.CommitteeMember) })
        {
            await desk.PutAsync<MemberSummary>($"/api/members/{evening.Evening.Members[at].Id}", new MemberInput(root, null, evening.Evening.Members[at].Name, PersonKind.FullMember, false, null, Posts: [post]));
        }

        await HubApplication.AddMemberAsync(desk, "积极分子", root, PersonKind.Activist);
        await evening.Hub.TellRoomsAsync();
        evening.Evening.Time.Skip(TimeSpan.FromHours(3));
        return evening;
    }

    private static List<Guid> Shown(RoomDocument room, Guid unitId, string type)
    {
        var unit = room.Standby!.Single(one => one.OrgUnitId == unitId);
        var roster = unit.Rosters!.Single(one => one.Types.Contains(type));
        return [.. (roster.Members ?? [.. Enumerable.Range(0, unit.Roster.Count)]).Select(at => unit.Roster[at].MemberId)];
    }

    /// <summary>Starts it, gives it as the room's document has it, and closes it so that the next can start.</summary>
    private static async Task<RoomMeeting> StartAsync(HostEvening evening, Guid unitId, string type, IEnumerable<Guid>? roster = null, DateTimeOffset? at = null)
    {
        var id = Guid.CreateVersion7();
        var start = evening.Start(id, at, type, type, unitId);
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(start with { Start = start.Start! with { Roster = roster is null ? null : [.. roster] } }));
        var made = await evening.RoomMeetingAsync(id);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.DoAsync(evening.Act(HostActionKind.Close, id));
        return made;
    }
}
