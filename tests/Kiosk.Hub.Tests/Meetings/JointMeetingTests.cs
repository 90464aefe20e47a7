using System.Net;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

/// <summary>结对共建: what the partner branch sees and may do.</summary>
public sealed class JointMeetingTests
{
    [Fact]
    public async Task Partner_sees_its_own_members_by_name_and_of_the_others_only_how_many()
    {
        await using var pair = await PairAsync();
        await pair.AnswerAsync("accept");
        await pair.Evening.ScanAsync(await pair.Evening.Hub.CardAsync(pair.Partner, pair.Li.Id), meetingId: pair.MeetingId);
        await pair.Evening.ScanAsync(await pair.Evening.Hub.CardAsync(pair.Host, pair.Zhang.Id), meetingId: pair.MeetingId);
        var view = await pair.ViewAsync(pair.Partner);
        Assert.Equal(("二支部", "一支部", 3, 2, 2, 1), (view.OrgUnitName, view.HostUnitName, view.Expected, view.Present, view.OwnExpected, view.OwnPresent));
        Assert.Equal(["李二支 Present", "王二支 Pending"], view.People.Select(person => $"{person.Name} {person.State}"));
        Assert.DoesNotContain("张一支", System.Text.Json.JsonSerializer.Serialize(view, Contracts.KioskJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_shown_before_the_partner_agreed_after_it_declined_nor_to_anybody_else()
    {
        await using var pair = await PairAsync();
        Assert.Equal("invitation_unknown", (await Assert.ThrowsAsync<RefusedException>(() => pair.ViewAsync(pair.Partner))).Code);
        await pair.AnswerAsync("accept");
        await pair.ViewAsync(pair.Partner);
        using var third = await pair.Evening.Hub.SignInAsAsync(OperatorRole.Host, await pair.Evening.Hub.CreateOrgUnitAsync("三支部"));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => pair.ViewAsync(third))).Status);
        foreach (var role in (OperatorRole[])[OperatorRole.Editor])
        {
            using var reader = await pair.Evening.Hub.SignInAsAsync(role, pair.Theirs);
            Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => pair.ViewAsync(reader))).Status);
        }

        // The host's own branch is no partner of itself, and everything else of the meeting stays with it.
        await Assert.ThrowsAsync<RefusedException>(() => pair.Host.GetAsync<JointMeetingView>($"/api/meeting-invitations/{pair.MeetingId}/{pair.Mine}"));
        foreach (var path in (string[])["", "/attendance", "/check-ins", "/undos", "/leave", "/guests", "/minutes", "/run", "/attendance/others", "/refused-scans", "/head-counts", "/materials"])
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => pair.Partner.GetAsync<object>($"/api/meetings/{pair.MeetingId}{path}"));
            Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        }

        await pair.AnswerAsync("decline");
        await Assert.ThrowsAsync<RefusedException>(() => pair.ViewAsync(pair.Partner));
    }

    [Fact]
    public async Task Partner_s_host_runs_the_meeting_at_the_kiosk_only_while_the_partner_takes_part()
    {
        await using var pair = await PairAsync();
        var hub = pair.Evening.Hub;
        var card = await hub.MakeHostAsync(pair.Evening.Host, pair.Li.Id);
        async Task<HostActionOutcome> DoAsync(HostActionKind kind) => (await hub.UploadActionsAsync(pair.DisplayId, hub.Act(kind, pair.MeetingId, card)))[0].Outcome;
        async Task<RoomHost?> KnownAsync() => (await hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(pair.RoomId)))!.Hosts?.SingleOrDefault(host => host.MemberId == pair.Li.Id);
        Assert.Equal(HostActionOutcome.NotHost, await DoAsync(HostActionKind.TakeOver));
        Assert.Null(await KnownAsync());
        await pair.AnswerAsync("accept");
        Assert.Equal((pair.MeetingId, 0), (Assert.Single((await KnownAsync())!.MeetingIds), (await KnownAsync())!.UnitIds.Count));
        Assert.Equal(HostActionOutcome.Applied, await DoAsync(HostActionKind.TakeOver));
        await pair.AnswerAsync("decline");
        Assert.Null(await KnownAsync());
        Assert.Equal(HostActionOutcome.NotHost, await DoAsync(HostActionKind.Close));
        var start = hub.Act(HostActionKind.Start, Guid.CreateVersion7(), card) with { Start = new MeetingStart(pair.Mine, "Other", "不该开", 60) };
        Assert.Equal(HostActionOutcome.NotHost, (await hub.UploadActionsAsync(pair.DisplayId, start))[0].Outcome);
    }

    [Fact]
    public async Task Sick_reason_is_told_to_the_members_own_secretary_who_decides_and_not_to_the_branch_that_holds_the_meeting()
    {
        await using var pair = await PairAsync();
        await pair.AnswerAsync("accept");
        var hub = pair.Evening.Hub;
        using var holding = await hub.SignInAsAsync(OperatorRole.Secretary, pair.Mine);
        using var own = await hub.SignInAsAsync(OperatorRole.Secretary, pair.Theirs);
        foreach (var member in (MemberSummary[])[pair.Zhang, pair.Li])
        {
            using var phone = await hub.EnrolledPhoneAsync(pair.Evening.Host, member.Id);
            await phone.OpenAsync($"/my/meetings/{pair.MeetingId}/leave");
            Assert.Equal("leave_sent", (await phone.SubmitAsync($"/my/meetings/{pair.MeetingId}/leave", ("kind", "Sick"), ("reason", "复\u202e诊"))).Code);
        }

        Task<IReadOnlyList<LeaveView>> LeaveAsync(OperatorSession who) => who.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{pair.MeetingId}/leave");
        Assert.Equal(
            [("张一支", LeaveKind.Sick, "复诊"), ("李二支", (LeaveKind?)null, "")], (await LeaveAsync(holding)).OrderByDescending(row => row.Reason).Select(row => (row.Name, row.Kind, row.Reason)));
        var mine = Assert.Single(await LeaveAsync(own));
        Assert.Equal(("李二支", LeaveKind.Sick, "复诊"), (mine.Name, mine.Kind, mine.Reason));
        // Whoever only hosts there reads none of it, and nobody decides for the other branch's members.
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => LeaveAsync(pair.Partner))).Status);
        Task<object> DecideAsync(Guid member) => own.PostAsync<object>($"/api/meetings/{pair.MeetingId}/leave/{member}/decision", new LeaveDecision(true, null, mine.Revision));
        Assert.Equal("leave_unknown", (await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(pair.Zhang.Id))).Code);

        // Her own page of the meeting and 今天 lead her there; whoever only hosts in either branch is told of none.
        Task<TodayView> TodayAsync(OperatorSession who) => who.GetAsync<TodayView>("/api/today");
        Assert.Equal(((int?)1, (int?)null), ((await pair.ViewAsync(own)).LeaveWaiting, (await pair.ViewAsync(pair.Partner)).LeaveWaiting));
        var waits = Assert.Single((await TodayAsync(own)).Waiting, item => item.Code == "joint_leave");
        Assert.Equal((1, pair.MeetingId, pair.Theirs), (waits.Count, waits.MeetingId, waits.OrgUnitId));
        Assert.DoesNotContain((await TodayAsync(pair.Partner)).Waiting, item => item.Code == "joint_leave");
        Assert.Equal("leave", Assert.Single((await TodayAsync(holding)).Waiting).Code);
        Task<IReadOnlyList<LeaveView>> OfAsync(OperatorSession who, Guid unit) => who.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{pair.MeetingId}/leave?orgUnitId={unit}");
        Assert.Equal("李二支", Assert.Single(await OfAsync(holding, pair.Theirs)).Name);
        Assert.Empty(await OfAsync(own, pair.Mine));
        await DecideAsync(pair.Li.Id);
        Assert.Equal(0, (await pair.ViewAsync(own)).LeaveWaiting);
        Assert.Empty((await TodayAsync(own)).Waiting);
        Assert.Equal(LeaveState.Approved, Assert.Single(await LeaveAsync(own)).State);
    }

    [Fact]
    public async Task Leave_a_partner_decided_for_its_own_member_is_not_changed_by_the_branch_that_holds_the_meeting()
    {
        await using var pair = await PairAsync();
        await pair.AnswerAsync("accept");
        using var own = await pair.Evening.Hub.SignInAsAsync(OperatorRole.Secretary, pair.Theirs);
        using var phone = await pair.Evening.Hub.EnrolledPhoneAsync(pair.Evening.Host, pair.Li.Id);
        async Task AskAsync()
        {
            await phone.OpenAsync($"/my/meetings/{pair.MeetingId}/leave");
            await phone.SubmitAsync($"/my/meetings/{pair.MeetingId}/leave", ("kind", "Official"), ("reason", "出差"));
        }

        async Task<LeaveView> DecideAsync(OperatorSession who, bool approve)
        {
            var revision = Assert.Single(await who.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{pair.MeetingId}/leave")).Revision;
            await who.PostAsync<object>($"/api/meetings/{pair.MeetingId}/leave/{pair.Li.Id}/decision", new LeaveDecision(approve, null, revision));
            return Assert.Single(await who.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{pair.MeetingId}/leave"));
        }

        // Undecided, who holds the meeting decides, mends its own slip, and the member's branch has the last word.
        await AskAsync();
        Assert.Equal(LeaveState.Declined, (await DecideAsync(pair.Host, approve: false)).State);
        Assert.Equal(LeaveState.Approved, (await DecideAsync(pair.Host, approve: true)).State);
        Assert.Equal((LeaveState.Declined, false), (await DecideAsync(own, approve: false)) is var said ? (said.State, said.OfPartner) : default);
        // Nobody is offered what would be refused.
        Assert.True(Assert.Single(await pair.Host.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{pair.MeetingId}/leave")).OfPartner);
        Assert.Equal("leave_of_partner", (await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(pair.Host, approve: true))).Code);
        // Nor by entering it anew.
        Assert.Equal("leave_of_partner", (await Assert.ThrowsAsync<RefusedException>(() => pair.Host.PostAsync<object>(
            $"/api/meetings/{pair.MeetingId}/leave", new LeaveInput(pair.Li.Id, LeaveKind.Official, "出差")))).Code);
        Assert.Equal(LeaveState.Declined, Assert.Single(await own.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{pair.MeetingId}/leave")).State);
        // Asked for again it is undecided.
        await AskAsync();
        Assert.Equal(LeaveState.Approved, (await DecideAsync(pair.Host, approve: true)).State);
    }

    [Fact]
    public async Task Leave_of_a_partner_that_takes_part_no_more_waits_for_nobody()
    {
        await using var pair = await PairAsync();
        await pair.AnswerAsync("accept");
        using var phone = await pair.Evening.Hub.EnrolledPhoneAsync(pair.Evening.Host, pair.Li.Id);
        await phone.OpenAsync($"/my/meetings/{pair.MeetingId}/leave");
        await phone.SubmitAsync($"/my/meetings/{pair.MeetingId}/leave", ("kind", "Official"), ("reason", "出差"));
        async Task<(int Listed, int Waiting, int Today)> CountAsync() => (
            (await pair.Host.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{pair.MeetingId}/leave")).Count,
            (await pair.Host.GetAsync<MeetingDetail>($"/api/meetings/{pair.MeetingId}")).Summary.LeaveWaiting,
            (await pair.Host.GetAsync<TodayView>("/api/today")).Waiting.Count(item => item.Code == "leave"));
        Assert.Equal((1, 1, 1), await CountAsync());
        await pair.AnswerAsync("decline");
        Assert.Equal((0, 0, 0), await CountAsync());
        Assert.Equal("leave_unknown", (await Assert.ThrowsAsync<RefusedException>(() => pair.Host.PostAsync<object>(
            $"/api/meetings/{pair.MeetingId}/leave/{pair.Li.Id}/decision", new LeaveDecision(true, null, 1)))).Code);
        // Back again, it waits again; taken off the meeting it does not.
        await pair.AnswerAsync("accept");
        Assert.Equal((1, 1, 1), await CountAsync());
        await pair.Host.PutAsync<MeetingDetail>($"/api/meetings/{pair.MeetingId}", pair.Evening.Hub.MeetingInputFor(pair.RoomId, unitId: pair.Mine) with { JointUnitIds = [] });
        Assert.Equal((0, 0, 0), await CountAsync());
    }

    [Fact]
    public async Task Partner_reads_that_the_meeting_was_cancelled_and_why()
    {
        await using var pair = await PairAsync();
        await pair.AnswerAsync("accept");
        Assert.Null((await pair.ViewAsync(pair.Partner)).CancelReason);
        await pair.Host.PostAsync<object>($"/api/meetings/{pair.MeetingId}/cancel", new MeetingCancellation("大雨，改期"));
        var view = await pair.ViewAsync(pair.Partner);
        Assert.Equal((MeetingState.Cancelled, "大雨，改期"), (view.State, view.CancelReason));
    }

    private sealed record Pair(
        Evening Evening, OperatorSession Host, OperatorSession Partner, Guid Mine, Guid Theirs, MemberSummary Zhang, MemberSummary Li, Guid RoomId, Guid DisplayId, Guid MeetingId) : IAsyncDisposable
    {
        public Task<JointMeetingView> ViewAsync(OperatorSession by) => by.GetAsync<JointMeetingView>($"/api/meeting-invitations/{MeetingId}/{Theirs}");

        public Task<object> AnswerAsync(string answer) => Partner.PostAsync<object>($"/api/meeting-invitations/{MeetingId}/{Theirs}/{answer}");

        public async ValueTask DisposeAsync()
        {
            Host.Dispose();
            Partner.Dispose();
            await Evening.DisposeAsync();
        }
    }

    private static async Task<Pair> PairAsync()
    {
        var evening = await Evening.StartAsync(members: 1);
        var hub = evening.Hub;
        var (mine, theirs) = (await hub.CreateOrgUnitAsync("一支部"), await hub.CreateOrgUnitAsync("二支部"));
        var (host, partner) = (await hub.SignInAsAsync(OperatorRole.Host, mine), await hub.SignInAsAsync(OperatorRole.Host, theirs));
        var (zhang, li) = (await HubApplication.AddMemberAsync(host, "张一支", mine), await HubApplication.AddMemberAsync(partner, "李二支", theirs));
        await HubApplication.AddMemberAsync(partner, "王二支", theirs);
        var (room, display) = await hub.AddRoomWithDisplayAsync("一支部活动室", mine);
        var meeting = await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, unitId: mine) with { JointUnitIds = [theirs] });
        return new Pair(evening, host, partner, mine, theirs, zhang, li, room, display, meeting.Summary.Id);
    }
}
