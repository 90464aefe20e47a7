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

    private static Task<Page<UnmatchedCheckIn>> ListAsync(OperatorSession who) => who.GetAsync<Page<UnmatchedCheckIn>>(Path);

    private static Task<IReadOnlyList<SettleRow>> SettleAsync(OperatorSession who, UnmatchedSettle input) => who.PostAsync<IReadOnlyList<SettleRow>>(Path + "/settle", input);
}
