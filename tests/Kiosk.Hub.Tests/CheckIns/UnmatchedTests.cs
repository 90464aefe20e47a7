using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.Hosting;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>Records of meetings the hub does not know: kept, shown to whoever hosts where they came from, and settled.</summary>
public class UnmatchedTests
{
    private const string Path = "/api/unmatched-check-ins";

    [Fact]
    public async Task Card_of_an_unknown_meeting_is_listed_with_the_likely_meeting_and_counts_for_it_by_the_hosts_word()
    {
        await using var evening = await Evening.StartAsync();
        Assert.Equal(CheckInOutcome.WrongMeeting, (await evening.ScanAsync(await evening.CardAsync(), meetingId: Guid.CreateVersion7())).Outcome);
        var kept = Assert.Single((await ListAsync(evening.Host)).Items);
        Assert.Equal(("wrong_meeting", "张小一", evening.Meeting.Id), (kept.Code, kept.Record.MemberName, kept.Suggested?.Id));

        var invalid = await Assert.ThrowsAsync<RefusedException>(() => SettleAsync(evening.Host, new UnmatchedSettle(new SettleInput([kept.Record.Id], true, "确实到会"))));
        Assert.Equal("invalid_input", invalid.Code);
        var unknown = await Assert.ThrowsAsync<RefusedException>(() => SettleAsync(evening.Host, new UnmatchedSettle(new SettleInput([kept.Record.Id], true, "确实到会"), Guid.NewGuid())));
        Assert.Equal("meeting_unknown", unknown.Code);
        var row = Assert.Single(await SettleAsync(evening.Host, new UnmatchedSettle(new SettleInput([kept.Record.Id], true, "确实到会"), evening.Meeting.Id)));
        Assert.Equal((true, CheckInOutcome.Accepted), (row.Settled, row.Outcome));
        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        Assert.Empty((await ListAsync(evening.Host)).Items);
        Assert.False(Assert.Single(await SettleAsync(evening.Host, new UnmatchedSettle(new SettleInput([kept.Record.Id], true, "再来一次"), evening.Meeting.Id))).Settled);
        Assert.Equal(2, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Unreadable_card_of_an_unknown_meeting_asks_whose_it_was_and_others_are_put_aside_in_one_go()
    {
        await using var evening = await Evening.StartAsync();
        var lost = Guid.CreateVersion7();
        await evening.ScanAsync("not a card", meetingId: lost);
        await evening.ScanAsync(await evening.CardAsync(1), meetingId: lost);
        var list = (await ListAsync(evening.Host)).Items;
        Assert.Equal(["unknown_card", "wrong_meeting"], list.Select(each => each.Code).Order());
        var unreadable = list.Single(each => each.Code == "unknown_card").Record.Id;
        Assert.False(Assert.Single(await SettleAsync(evening.Host, new UnmatchedSettle(new SettleInput([unreadable], true, "旧卡"), evening.Meeting.Id))).Settled);
        Assert.True(Assert.Single(await SettleAsync(evening.Host, new UnmatchedSettle(new SettleInput([unreadable], true, "旧卡", MemberId: evening.Members[2].Id), evening.Meeting.Id))).Settled);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync(2)).State);

        var rest = (await ListAsync(evening.Host)).Items.Select(each => each.Record.Id).ToList();
        Assert.All(await SettleAsync(evening.Host, new UnmatchedSettle(new SettleInput(rest, false, "不是我们的会"))), row => Assert.True(row.Settled));
        Assert.Equal(0, (await ListAsync(evening.Host)).Total);
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync(1)).State);
    }

    [Fact]
    public async Task Record_under_the_number_of_a_meeting_that_was_joined_to_another_suggests_that_one()
    {
        await using var evening = await HostEvening.StartAsync();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        // The card reaches the hub before the kiosk's start of the meeting it belongs to, and that start joins another kiosk's.
        await evening.Evening.ScanAsync(await evening.Evening.CardAsync(1), meetingId: second);
        Assert.Equal(HostActionOutcome.Applied, await evening.OutcomeAsync(evening.Start(first)));
        Assert.Equal(HostActionOutcome.Joined, await evening.OutcomeAsync(evening.Start(second)));
        var kept = Assert.Single((await ListAsync(evening.Evening.Host)).Items);
        Assert.Equal(first, kept.Suggested?.Id);
        Assert.True(Assert.Single(await SettleAsync(evening.Evening.Host, new UnmatchedSettle(new SettleInput([kept.Record.Id], true, "确实到会"), first))).Settled);
    }

    [Fact]
    public async Task Card_taken_back_at_the_kiosk_does_not_wait()
    {
        await using var evening = await Evening.StartAsync();
        var (lost, card) = (Guid.CreateVersion7(), await evening.CardAsync());
        var scan = evening.Hub.CardScan(lost, card);
        await evening.Hub.UploadScansAsync(evening.DisplayId, scan);
        await evening.Hub.UploadScansAsync(evening.DisplayId, evening.Hub.CardScan(lost, card) with { Undoes = scan.Id });
        Assert.Empty((await ListAsync(evening.Host)).Items);
    }

    [Fact]
    public async Task Host_of_another_branch_sees_and_settles_none_of_it_and_a_strangers_name_is_masked()
    {
        await using var evening = await Evening.StartAsync();
        var (ours, theirs) = (await evening.Hub.CreateOrgUnitAsync("第一支部"), await evening.Hub.CreateOrgUnitAsync("第二支部"));
        var (_, door) = await evening.Hub.AddRoomWithDisplayAsync("一支部活动室", ours);
        var visitor = await HubApplication.AddMemberAsync(evening.Host, "赵流动", theirs);
        await evening.Hub.UploadScansAsync(door, evening.Hub.CardScan(Guid.CreateVersion7(), await evening.Hub.CardAsync(evening.Host, visitor.Id)));
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, ours);
        using var other = await evening.Hub.SignInAsAsync(OperatorRole.Host, theirs);
        using var editor = await evening.Hub.SignInAsAsync(OperatorRole.Editor, evening.Hub.RootUnitId);
        var kept = Assert.Single((await ListAsync(host)).Items);
        Assert.Equal("赵*动", kept.Record.MemberName);
        Assert.Empty((await ListAsync(other)).Items);
        Assert.False(Assert.Single(await SettleAsync(other, new UnmatchedSettle(new SettleInput([kept.Record.Id], false, "不是我们的")))).Settled);
        Assert.Equal("role_missing", (await Assert.ThrowsAsync<RefusedException>(() => ListAsync(editor))).Code);
        Assert.Single((await ListAsync(host)).Items);
    }

    [Fact]
    public async Task Host_never_brings_another_branchs_member_into_a_meeting_by_a_card_that_told_nothing()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (ours, theirs) = (await evening.Hub.CreateOrgUnitAsync("甲支部"), await evening.Hub.CreateOrgUnitAsync("乙支部"));
        var (room, door) = await evening.Hub.AddRoomWithDisplayAsync("甲支部活动室", ours);
        var own = await HubApplication.AddMemberAsync(evening.Host, "王甲", ours);
        var stranger = await HubApplication.AddMemberAsync(evening.Host, "李光光", theirs);
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, ours);
        var meeting = await evening.Hub.AddMeetingAsync(host, room, [own.Id], unitId: ours);
        var rubbish = evening.Hub.CardScan(Guid.CreateVersion7(), "not a card");
        await evening.Hub.UploadScansAsync(door, rubbish);
        var refused = Assert.Single(await SettleAsync(host, new UnmatchedSettle(new SettleInput([rubbish.Id], true, "是他", MemberId: stranger.Id), meeting.Summary.Id)));
        Assert.Equal((false, CheckInOutcome.NotOnRoster), (refused.Settled, refused.Outcome));
        Assert.Equal(0, (await evening.Host.GetAsync<PointsStatement>($"/api/members/{stranger.Id}/points")).Available);
        Assert.True(Assert.Single(await SettleAsync(host, new UnmatchedSettle(new SettleInput([rubbish.Id], true, "是她", MemberId: own.Id), meeting.Summary.Id))).Settled);

        // Nor does a host learn who somebody of another branch is, or what they have, by trying them.
        var tried = await host.PostAsync<CheckInResult>($"/api/meetings/{meeting.Summary.Id}/check-ins", new HelperCheckIn(stranger.Id, "试试"));
        Assert.Equal((CheckInOutcome.NotOnRoster, null, null), (tried.Outcome, tried.MaskedName, tried.PointsAvailable));
    }

    [Fact]
    public async Task One_record_settled_for_several_members_at_once_counts_for_one()
    {
        await using var evening = await Evening.StartAsync(members: 4);
        var rubbish = evening.Hub.CardScan(evening.Meeting.Id, "not a card");
        await evening.Hub.UploadScansAsync(evening.DisplayId, rubbish);
        var path = $"/api/meetings/{evening.Meeting.Id}/check-ins/settle";
        var answers = await Task.WhenAll(evening.Members.Select(member => evening.Host.PostAsync<IReadOnlyList<SettleRow>>(path, new SettleInput([rubbish.Id], true, "旧卡", MemberId: member.Id)))
            .Append(evening.Host.PostAsync<IReadOnlyList<SettleRow>>(path, new SettleInput([rubbish.Id], false, "不认得"))));
        var settled = answers.Count(rows => rows[0].Settled);
        var present = (await evening.Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{evening.Meeting.Id}/attendance")).Count(row => row.State is AttendanceState.Present);
        Assert.Equal(1, settled);
        Assert.Equal(answers[^1][0].Settled ? 0 : 1, present);
    }

    private static Task<Page<UnmatchedCheckIn>> ListAsync(OperatorSession who) => who.GetAsync<Page<UnmatchedCheckIn>>(Path);

    private static Task<IReadOnlyList<SettleRow>> SettleAsync(OperatorSession who, UnmatchedSettle input) => who.PostAsync<IReadOnlyList<SettleRow>>(Path + "/settle", input);
}
