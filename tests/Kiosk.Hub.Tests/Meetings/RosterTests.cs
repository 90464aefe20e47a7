using System.Net;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

public sealed class RosterTests
{
    [Fact]
    public async Task Roster_by_kind_and_post_counts_expected_votes_and_observers_apart()
    {
        await using var evening = await Evening.StartAsync(members: 3);
        var host = evening.Host;
        await ChangeAsync(evening, 0, input => input with { Posts = [MemberPost.Secretary] });
        await ChangeAsync(evening, 1, input => input with { Posts = [MemberPost.CommitteeMember, MemberPost.GroupLeader], Status = MemberStatus.OnProbation });
        var applicant = await HubApplication.AddMemberAsync(host, "李申请", evening.Hub.RootUnitId, PersonKind.Applicant);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");

        var committee = await evening.Hub.AddMeetingAsync(host, room, type: "BranchCommitteeMeeting");
        // 留党察看 takes part without a vote.
        Assert.Equal((2, 1), (committee.Summary.Expected, committee.VotingExpected));

        var preview = await host.PostAsync<RosterPreview>("/api/meetings/roster-preview", new RosterPreviewInput(evening.Hub.RootUnitId, "MemberAssembly", null));
        Assert.Equal((3, 2), (preview.Expected, preview.Voting));
        var assembly = await host.PutAsync<MeetingDetail>($"/api/meetings/{committee.Summary.Id}", evening.Hub.MeetingInputFor(room) with
        {
            Roster = new RosterRule([PersonKind.FullMember], null, Removed: [evening.Members[2].Id], Observers: [applicant.Id]),
        });
        Assert.Equal((2, 1, 1), (assembly.Summary.Expected, assembly.VotingExpected, assembly.Summary.Observers));
        Assert.Contains(assembly.People!, person => person.Name == "李申请");

        var card = await evening.Hub.CardAsync(host, applicant.Id);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card, meetingId: assembly.Summary.Id)).Outcome);
        var after = (await host.GetAsync<MeetingDetail>($"/api/meetings/{assembly.Summary.Id}")).Summary;
        Assert.Equal((2, 0, 1, 1), (after.Expected, after.Present, after.Observers, after.ObserversPresent));
        await Eventually.TrueAsync(
            async Task<bool> () => (await evening.Hub.ReadFeedAsync<AttendanceDocument>(FeedKeys.Attendance(room)))!.Meetings[0] is { Present: 0, ObserversPresent: 1, Observers: 1, Expected: 2 },
            TestContext.Current.CancellationToken);
        Assert.Contains((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(room)))!.Meetings[0].Roster, entry => entry is { Kind: RosterKind.Observer, Votes: false, MaskedName: "李*请" });
    }

    [Fact]
    public async Task Roster_follows_members_until_check_in_opens_and_is_then_as_it_was()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var coming = await evening.Hub.AddMeetingAsync(evening.Host, room, startsIn: TimeSpan.FromHours(2));
        var branch = await evening.Hub.CreateOrgUnitAsync("一支部");
        using var branchHost = await evening.Hub.SignInAsAsync(OperatorRole.Host, branch);
        var (small, _) = await evening.Hub.AddRoomWithDisplayAsync("小会议室", branch);
        Assert.Equal(2, coming.Summary.Expected);

        var fresh = await HubApplication.AddMemberAsync(evening.Host, "王新来", evening.Hub.RootUnitId);
        await UntilExpectedAsync(3);
        Assert.Contains((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(room)))!.Meetings[0].Roster, entry => entry.MemberId == fresh.Id);

        var here = await HubApplication.AddMemberAsync(branchHost, "赵支部", branch);
        var local = await evening.Hub.AddMeetingAsync(branchHost, small, unitId: branch, startsIn: TimeSpan.FromMinutes(10));
        var card = await evening.Hub.CardAsync(branchHost, here.Id);
        var seen = evening.Time.GetUtcNow();
        // Transferred between the scan and its upload: the roster of that evening stands.
        await evening.Host.PutAsync<object>($"/api/members/{here.Id}", new MemberInput(evening.Hub.RootUnitId, here.MemberNumber, here.Name, here.Kind, false, null));
        evening.Time.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card, seen, meetingId: local.Summary.Id)).Outcome);
        Assert.Equal(1, (await branchHost.GetAsync<MeetingDetail>($"/api/meetings/{local.Summary.Id}")).Summary.Expected);

        Task UntilExpectedAsync(int expected) => Eventually.TrueAsync(
            async Task<bool> () => (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{coming.Summary.Id}")).Summary.Expected == expected, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Roster_changed_while_the_meeting_runs_reaches_the_room_and_who_has_come_stays()
    {
        await using var evening = await Evening.StartAsync(members: 3);
        var guest = await HubApplication.AddMemberAsync(evening.Host, "周后到", evening.Hub.RootUnitId);
        await evening.ScanAsync(await evening.CardAsync());
        Assert.Equal(CheckInOutcome.NotOnRoster, (await evening.ScanAsync(await evening.Hub.CardAsync(evening.Host, guest.Id))).Outcome);

        await PutAsync(evening, guest.Id, RosterKind.Expected);
        Assert.Equal(4, (await RosterAsync(evening)).Count);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.HelpAsync(2)).Outcome);
        await PutAsync(evening, evening.Members[1].Id, RosterKind.Observer);
        Assert.Equal((3, 3, 1), (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")) is var now ? (now.Summary.Expected, now.VotingExpected, now.Summary.Observers) : default);
        Assert.Equal(2, (await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(evening.RoomId)))!.Meetings[0].QuorumNeeded);

        Assert.Equal("already_present", (await Assert.ThrowsAsync<RefusedException>(() => RemoveAsync(evening, evening.Members[0].Id))).Code);
        await RemoveAsync(evening, guest.Id);
        await RemoveAsync(evening, guest.Id);
        Assert.DoesNotContain(await RosterAsync(evening), entry => entry.MemberId == guest.Id);
        Assert.Equal("roster_unknown", (await Assert.ThrowsAsync<RefusedException>(() => PutAsync(evening, Guid.NewGuid(), RosterKind.Expected))).Code);
        Assert.Equal("roster_unknown", (await Assert.ThrowsAsync<RefusedException>(() => PutAsync(evening, guest.Id, RosterKind.Eligible))).Code);
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");
        Assert.Equal("meeting_not_open", (await Assert.ThrowsAsync<RefusedException>(() => PutAsync(evening, guest.Id, RosterKind.Expected))).Code);
    }

    [Fact]
    public async Task Joint_meeting_counts_the_other_branch_once_its_host_agreed_and_without_its_votes()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (mine, theirs) = (await evening.Hub.CreateOrgUnitAsync("一支部"), await evening.Hub.CreateOrgUnitAsync("二支部"));
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, mine);
        using var other = await evening.Hub.SignInAsAsync(OperatorRole.Host, theirs);
        await HubApplication.AddMemberAsync(host, "张一支", mine);
        var partner = await HubApplication.AddMemberAsync(other, "李二支", theirs);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("一支部活动室", mine);
        Assert.Equal(["二支部"], (await host.GetAsync<IReadOnlyList<JointUnit>>($"/api/joint-units?orgUnitId={mine}")).Select(unit => unit.Name));

        var meeting = await host.PostAsync<MeetingDetail>("/api/meetings", evening.Hub.MeetingInputFor(room, unitId: mine) with { JointUnitIds = [theirs] });
        Assert.Equal((1, JointState.Invited), (meeting.Summary.Expected, Assert.Single(meeting.JointUnits!).State));
        var invitation = Assert.Single(await other.GetAsync<IReadOnlyList<MeetingInvitation>>("/api/meeting-invitations"));
        Assert.Equal(("二支部", "一支部", JointState.Invited), (invitation.OrgUnitName, invitation.HostUnitName, invitation.State));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.PostAsync<object>($"/api/meeting-invitations/{meeting.Summary.Id}/{theirs}/accept"));
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);

        // The form counts the partner only once it agreed to this very meeting; whoever hosts both has nobody to ask.
        Task<RosterPreview> PreviewAsync(OperatorSession who, Guid? of) =>
            who.PostAsync<RosterPreview>("/api/meetings/roster-preview", new RosterPreviewInput(mine, "MemberAssembly", null, null, [theirs], of));
        Assert.Equal((1, 1), ((await PreviewAsync(host, null)).Expected, (await PreviewAsync(host, meeting.Summary.Id)).Expected));
        Assert.Equal(2, (await PreviewAsync(evening.Host, null)).Expected);
        var both = await evening.Host.GetAsync<IReadOnlyList<JointUnit>>($"/api/joint-units?orgUnitId={mine}");
        Assert.Equal(JointState.Accepted, both.Single(unit => unit.OrgUnitId == theirs).State);

        await other.PostAsync<object>($"/api/meeting-invitations/{meeting.Summary.Id}/{theirs}/accept");
        Assert.Equal((1, 2), ((await PreviewAsync(host, null)).Expected, (await PreviewAsync(host, meeting.Summary.Id)).Expected));
        var agreed = await host.GetAsync<MeetingDetail>($"/api/meetings/{meeting.Summary.Id}");
        Assert.Equal((2, 1), (agreed.Summary.Expected, agreed.VotingExpected));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(await evening.Hub.CardAsync(other, partner.Id), meetingId: meeting.Summary.Id)).Outcome);

        await other.PostAsync<object>($"/api/meeting-invitations/{meeting.Summary.Id}/{theirs}/decline");
        // Who has come stays on the roster.
        Assert.Equal(2, (await host.GetAsync<MeetingDetail>($"/api/meetings/{meeting.Summary.Id}")).Summary.Expected);
        Assert.Equal("joint_unit_invalid", (await Assert.ThrowsAsync<RefusedException>(() => host.PostAsync<MeetingDetail>(
            "/api/meetings", evening.Hub.MeetingInputFor(room, unitId: mine, startsIn: TimeSpan.FromDays(1)) with { JointUnitIds = [mine] }))).Code);
    }

    [Fact]
    public async Task Hosts_and_deputies_travel_by_id_and_their_names_masked()
    {
        await using var evening = await Evening.StartAsync(members: 3);
        var input = evening.Hub.MeetingInputFor(evening.RoomId, [.. evening.Members.Select(member => member.Id)]) with { HostName = null, HostMemberIds = [evening.Members[1].Id, evening.Members[0].Id] };
        var saved = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}", input);
        Assert.Equal(["张小丁", "张小一"], saved.Hosts!.Select(host => host.Name));
        var shown = (await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(evening.RoomId)))!.Meetings[0];
        Assert.Equal("张*丁", shown.HostName);
        Assert.Equal([evening.Members[1].Id, evening.Members[0].Id], shown.HostMemberIds);

        // Left out, they stay.
        var kept = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}", input with { HostMemberIds = null, HostName = "支部书记" });
        Assert.Equal(2, kept.Hosts!.Count);
        Assert.Equal("host_unknown", await RefusedAsync(input with { HostMemberIds = [Guid.NewGuid()] }));
        var more = new List<Guid>();
        for (var at = 0; at < 7; at++)
        {
            more.Add((await HubApplication.AddMemberAsync(evening.Host, $"陈{at}", evening.Hub.RootUnitId)).Id);
        }

        Assert.Equal("hosts_too_many", await RefusedAsync(input with { HostMemberIds = more }));

        async Task<string> RefusedAsync(MeetingInput bad) =>
            (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}", bad))).Code;
    }

    [Fact]
    public async Task Group_meeting_expects_the_members_of_the_party_group()
    {
        await using var evening = await Evening.StartAsync(members: 3);
        var group = await evening.Hub.CreateOrgUnitAsync("第一党小组", kind: OrgUnitKind.Group);
        await ChangeAsync(evening, 0, input => input with { GroupUnitId = group });
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("小会议室");
        var meeting = await evening.Hub.AddMeetingAsync(evening.Host, room, type: "GroupMeeting", unitId: group);
        Assert.Equal(1, meeting.Summary.Expected);
        var elsewhere = await evening.Hub.CreateOrgUnitAsync("二支部");
        Assert.Equal("group_unknown", (await Assert.ThrowsAsync<RefusedException>(() => ChangeAsync(evening, 1, input => input with { GroupUnitId = elsewhere }))).Code);
    }

    private static Task<object> ChangeAsync(Evening evening, int member, Func<MemberInput, MemberInput> change)
    {
        var who = evening.Members[member];
        return evening.Host.PutAsync<object>($"/api/members/{who.Id}", change(new MemberInput(who.OrgUnitId, who.MemberNumber, who.Name, who.Kind, who.Suspended, null)));
    }

    private static async Task<IReadOnlyList<RosterEntry>> RosterAsync(Evening evening) =>
        (await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(evening.RoomId)))!.Meetings.Single(meeting => meeting.Id == evening.Meeting.Id).Roster;

    private static Task<object> PutAsync(Evening evening, Guid member, RosterKind kind) =>
        evening.Host.PutAsync<object>($"/api/meetings/{evening.Meeting.Id}/roster/{member}", new RosterChange(kind));

    private static Task RemoveAsync(Evening evening, Guid member) => evening.Host.DeleteAsync($"/api/meetings/{evening.Meeting.Id}/roster/{member}");
}
