using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>Records that could not be applied wait for the host's word; head counts; two devices that saw the same member.</summary>
public class SettleTests
{
    [Fact]
    public async Task Record_of_a_kiosk_without_a_clock_is_accepted_by_hand_with_the_time_the_host_confirms()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        evening.Time.Skip(TimeSpan.FromHours(5));
        await evening.ScanAsync(card, new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero), ClockState.Unknown);
        var open = Assert.Single(await OpenAsync(evening));
        Assert.Equal((CheckInOutcome.TooLate, true), (open.Outcome, open.ClockUnknown));

        var refused = Assert.Single(await SettleAsync(evening, new SettleInput([open.Id], true, "确实到会")));
        Assert.Equal((false, CheckInOutcome.TooLate), (refused.Settled, refused.Outcome));
        var accepted = Assert.Single(await SettleAsync(evening, new SettleInput([open.Id], true, "确实到会", evening.Meeting.Start)));
        Assert.Equal((true, CheckInOutcome.Accepted), (accepted.Settled, accepted.Outcome));
        Assert.Empty(await OpenAsync(evening));
        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        var settled = (await evening.RecordsAsync()).Single(record => record.Id == open.Id).Settlement;
        Assert.Equal((true, "确实到会", "管理员"), (settled!.Accepted, settled.Reason, settled.By));
        Assert.False(Assert.Single(await SettleAsync(evening, new SettleInput([open.Id], true, "确实到会", evening.Meeting.Start))).Settled);
    }

    [Fact]
    public async Task Two_hundred_journalled_check_ins_of_a_cancelled_meeting_are_kept_and_put_aside_in_one_go()
    {
        await using var evening = await Evening.StartAsync(1);
        var ids = await evening.Hub.AddMembersAsync(200);
        var meeting = await evening.Hub.AddMeetingAsync(evening.Host, (await evening.Hub.AddRoomWithDisplayAsync("礼堂")).RoomId, ids);
        await evening.Host.PostAsync<object>($"/api/meetings/{meeting.Summary.Id}/cancel");
        var seen = evening.Time.GetUtcNow();
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        var scans = evening.Hub.SignCards([.. ids]).Select(card => evening.Hub.CardScan(meeting.Summary.Id, card, seen)).ToArray();
        foreach (var batch in scans.Chunk(CheckInBatch.Limit))
        {
            Assert.All(await evening.Hub.UploadScansAsync(evening.DisplayId, batch), answer => Assert.Equal(CheckInOutcome.MeetingCancelled, answer.Outcome));
        }

        var path = $"/api/meetings/{meeting.Summary.Id}/check-ins";
        var open = await evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>(path + "?open=true");
        Assert.Equal(200, open.Count);
        var accepted = await evening.Host.PostAsync<IReadOnlyList<SettleRow>>(path + "/settle", new SettleInput([open[0].Id], true, "确实到会"));
        Assert.Equal((false, CheckInOutcome.MeetingCancelled), (accepted[0].Settled, accepted[0].Outcome));
        var rows = await evening.Host.PostAsync<IReadOnlyList<SettleRow>>(path + "/settle", new SettleInput([.. open.Select(record => record.Id)], false, "会议取消"));
        Assert.Equal(200, rows.Count(row => row.Settled));
        Assert.Empty(await evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>(path + "?open=true"));
        Assert.Equal(0, (await evening.Host.GetAsync<PointsStatement>($"/api/members/{ids[7]}/points")).Available);
    }

    [Fact]
    public async Task Card_nobody_knows_is_settled_by_saying_whose_it_was_and_one_taken_back_by_accepting_it()
    {
        await using var evening = await Evening.StartAsync();
        await evening.ScanAsync("not a card");
        var unknown = Assert.Single(await OpenAsync(evening));
        Assert.False(Assert.Single(await SettleAsync(evening, new SettleInput([unknown.Id], true, "旧卡"))).Settled);
        Assert.True(Assert.Single(await SettleAsync(evening, new SettleInput([unknown.Id], true, "旧卡", MemberId: evening.Members[1].Id))).Settled);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync(1)).State);

        var (card, seen) = (await evening.CardAsync(), evening.Time.GetUtcNow());
        await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.UndoAsync();
        Assert.Equal(CheckInOutcome.Undone, (await evening.ScanAsync(card, seen.AddSeconds(1))).Outcome);
        var undone = Assert.Single(await OpenAsync(evening));
        Assert.True(Assert.Single(await SettleAsync(evening, new SettleInput([undone.Id], true, "撤错了"))).Settled);
        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
    }

    [Fact]
    public async Task Two_kiosks_that_saw_a_member_are_two_records_and_one_attendance_shown_as_such()
    {
        await using var evening = await Evening.StartAsync();
        var (_, upstairs) = await evening.Hub.AddRoomWithDisplayAsync("二楼");
        var card = await evening.CardAsync();
        // Clocks ten minutes apart; the one that is slow reaches the hub first.
        var at = evening.Time.GetUtcNow();
        evening.Time.Skip(TimeSpan.FromHours(1));
        await evening.Hub.UploadScansAsync(upstairs, evening.Hub.CardScan(evening.Meeting.Id, card, at.AddMinutes(13), ClockState.Holdover));
        await evening.ScanAsync(card, at.AddMinutes(2));
        var row = await evening.AttendanceAsync();
        Assert.Equal(at.AddMinutes(2), row.At);
        Assert.Equal(
            [(at.AddMinutes(2), "党员活动室", true), (at.AddMinutes(13), "二楼", false)],
            row.Seen!.Select(seen => (seen.At, seen.DisplayName!, seen.Counts)));
        Assert.Equal(2, (await evening.PointsAsync()).Available);
        Assert.Null((await evening.AttendanceAsync(1)).Seen);
    }

    [Fact]
    public async Task Head_count_says_the_difference_in_a_sentence_and_keeps_who_and_when()
    {
        await using var evening = await Evening.StartAsync();
        await evening.ScanAsync(await evening.CardAsync());
        var more = await evening.Host.PostAsync<HeadCountView>($"/api/meetings/{evening.Meeting.Id}/head-counts", new HeadCountInput(3, "后排两人"));
        Assert.Equal((3, 1, 2, "管理员"), (more.Counted, more.CheckedIn, more.Difference, more.By));
        Assert.Contains("2", more.Sentence, StringComparison.Ordinal);
        await evening.Host.PostAsync<GuestView>($"/api/meetings/{evening.Meeting.Id}/guests", new GuestInput(GuestKind.Guest, "王来宾"));
        var counts = await evening.Host.GetAsync<IReadOnlyList<HeadCountView>>($"/api/meetings/{evening.Meeting.Id}/head-counts");
        Assert.Equal(more, Assert.Single(counts));
        Assert.Equal(0, (await evening.Host.PostAsync<HeadCountView>($"/api/meetings/{evening.Meeting.Id}/head-counts", new HeadCountInput(2))).Difference);
        Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<HeadCountView>($"/api/meetings/{evening.Meeting.Id}/head-counts", new HeadCountInput(-1)))).Code);
    }

    [Fact]
    public async Task Head_count_says_when_it_was_and_what_the_number_is_made_of()
    {
        await using var evening = await Evening.StartAsync();
        var path = $"/api/meetings/{evening.Meeting.Id}";
        await evening.ScanAsync(await evening.CardAsync());
        Assert.Equal("At 19:00: 1 counted, 1 checked in and present then: the numbers agree.", (await CountAsync(1)).Sentence);
        evening.Time.Advance(TimeSpan.FromMinutes(5));
        await evening.Host.PostAsync<GuestView>(path + "/guests", new GuestInput(GuestKind.Guest, "王来宾"));
        var away = await HubApplication.AddMemberAsync(evening.Host, "赵流动", await evening.Hub.CreateOrgUnitAsync("外地支部"));
        await evening.Host.PostAsync<CheckInResult>(path + "/floating", new FloatingCheckIn(away.MemberNumber, away.Name, "流动党员"));
        var observer = await HubApplication.AddMemberAsync(evening.Host, "周列席", evening.Hub.RootUnitId);
        await evening.Host.PutAsync<object>($"{path}/roster/{observer.Id}", new RosterChange(RosterKind.Observer));
        await evening.ScanAsync(await evening.Hub.CardAsync(evening.Host, observer.Id));
        var count = await CountAsync(5);
        Assert.StartsWith("At 19:05: 5 counted, 4 checked in and present then (1 on the roster, 1 observing, 2 beyond the roster): 1 ", count.Sentence, StringComparison.Ordinal);
        // Who comes afterwards does not change what was counted.
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.ScanAsync(await evening.CardAsync(1));
        var listed = await evening.Host.GetAsync<IReadOnlyList<HeadCountView>>(path + "/head-counts?lang=zh-CN");
        Assert.StartsWith("19:05 清点 5 人，当时签到在场 4 人（名单内 1 人、列席 1 人、名单外 2 人）：有 1 人", listed[0].Sentence, StringComparison.Ordinal);

        Task<HeadCountView> CountAsync(int counted) => evening.Host.PostAsync<HeadCountView>(path + "/head-counts", new HeadCountInput(counted));
    }

    [Fact]
    public async Task Cards_in_quick_succession_tell_their_interval()
    {
        await using var evening = await Evening.StartAsync();
        var scans = new[] { evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync()), evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync(1)) with { MonotonicMs = 801 } };
        await evening.Hub.UploadScansAsync(evening.DisplayId, scans);
        var records = (await evening.RecordsAsync()).ToDictionary(record => record.Id);
        Assert.Equal((null, 800), (records[scans[0].Id].SincePreviousMs, records[scans[1].Id].SincePreviousMs));
        Assert.Equal(evening.DisplayId, records[scans[1].Id].DisplayId);
    }

    [Fact]
    public async Task Member_moved_or_erased_between_the_scan_and_its_upload_is_kept_for_the_host()
    {
        await using var evening = await Evening.StartAsync();
        var (moved, gone) = (await evening.CardAsync(), await evening.CardAsync(1));
        var seen = evening.Time.GetUtcNow();
        var unit = await evening.Host.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(evening.Hub.RootUnitId, "第二支部", OrgUnitKind.Branch));
        var member = evening.Members[0];
        await evening.Host.PutAsync<object>($"/api/members/{member.Id}", new MemberInput(unit.Id, member.MemberNumber, member.Name, member.Kind, false, null));
        var lost = evening.Members[1].Id;
        await evening.Hub.TamperAsync($"DELETE FROM \"RosterMembers\" WHERE \"MemberId\" = {lost}");
        await evening.Hub.TamperAsync($"DELETE FROM \"MemberCards\" WHERE \"MemberId\" = {lost}");
        await evening.Hub.TamperAsync($"DELETE FROM \"Members\" WHERE \"Id\" = {lost}");
        evening.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(moved, seen)).Outcome);
        Assert.Equal(CheckInOutcome.UnknownCard, (await evening.ScanAsync(gone, seen)).Outcome);
        Assert.Equal(CheckInOutcome.UnknownCard, Assert.Single(await OpenAsync(evening)).Outcome);
    }

    [Fact]
    public async Task Settling_that_was_refused_is_decided_anew_once_what_stood_against_it_is_put_right()
    {
        await using var evening = await Evening.StartAsync();
        var member = evening.Members[0];
        Task SuspendAsync(bool suspended) => evening.Host.PutAsync<object>(
            $"/api/members/{member.Id}", new MemberInput(evening.Hub.RootUnitId, member.MemberNumber, member.Name, member.Kind, suspended, null));
        var card = await evening.CardAsync();
        await SuspendAsync(true);
        await evening.ScanAsync(card);
        var open = Assert.Single(await OpenAsync(evening));
        for (var tries = 0; tries < 2; tries++)
        {
            Assert.Equal(CheckInOutcome.MemberSuspended, Assert.Single(await SettleAsync(evening, new SettleInput([open.Id], true, "确实到会"))).Outcome);
        }

        await SuspendAsync(false);
        var settled = Assert.Single(await SettleAsync(evening, new SettleInput([open.Id], true, "确实到会")));
        Assert.Equal((true, CheckInOutcome.Accepted), (settled.Settled, settled.Outcome));
        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        Assert.False(Assert.Single(await SettleAsync(evening, new SettleInput([open.Id], true, "确实到会"))).Settled);
        Assert.Equal(2, (await evening.PointsAsync()).Available);
        Assert.Null(await evening.Hub.LedgerFaultAsync(member.Id));
    }

    private static Task<IReadOnlyList<CheckInRecordView>> OpenAsync(Evening evening) =>
        evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{evening.Meeting.Id}/check-ins?open=true");

    private static Task<IReadOnlyList<SettleRow>> SettleAsync(Evening evening, SettleInput input) =>
        evening.Host.PostAsync<IReadOnlyList<SettleRow>>($"/api/meetings/{evening.Meeting.Id}/check-ins/settle", input);
}
