using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>What was seen beside a record that was taken back and what the hub cannot decide by itself: the host hears of it.</summary>
public class SeenElsewhereTests
{
    [Fact]
    public async Task What_the_same_device_saw_again_and_what_was_taken_back_itself_do_not_wait()
    {
        await using var evening = await Evening.StartAsync();
        var other = await evening.Hub.AddDisplayAsync(evening.RoomId);
        var card = await evening.CardAsync();
        var first = await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromSeconds(20));
        var again = await evening.ScanAsync(card);
        var second = (await evening.Hub.UploadScansAsync(other, evening.Hub.CardScan(evening.Meeting.Id, card)))[0];
        await evening.Hub.UploadScansAsync(other, evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = second.Id });
        await evening.Hub.UploadScansAsync(evening.DisplayId, evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = first.Id });
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
        Assert.Empty(await OpenAsync(evening));

        // Nor does what counted first, once the host takes back what counted after it; what the first device saw again is now another device's word.
        evening.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.Hub.UploadScansAsync(other, evening.Hub.CardScan(evening.Meeting.Id, card)))[0].Outcome);
        Assert.Empty(await OpenAsync(evening));
        await evening.UndoAsync();
        Assert.Equal(again.Id, Assert.Single(await OpenAsync(evening)).Id);
    }

    [Fact]
    public async Task Record_that_was_refused_is_not_listed_once_its_own_device_took_it_back_but_is_when_another_one_says_so()
    {
        await using var evening = await Evening.StartAsync();
        var other = await evening.Hub.AddDisplayAsync(evening.RoomId);
        var card = await evening.CardAsync();
        var early = await evening.ScanAsync(card, evening.Meeting.Start.AddDays(-1));
        Assert.Equal(CheckInOutcome.TooEarly, early.Outcome);
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card, evening.Meeting.Start.AddDays(-1).AddSeconds(20)) with { Undoes = early.Id };
        await evening.Hub.UploadScansAsync(other, undo with { Id = Guid.NewGuid() });
        Assert.Equal(early.Id, Assert.Single(await OpenAsync(evening)).Id);
        await evening.Hub.UploadScansAsync(evening.DisplayId, undo);
        Assert.Empty(await OpenAsync(evening));
        Assert.False((await evening.Host.PostAsync<IReadOnlyList<SettleRow>>(
            $"/api/meetings/{evening.Meeting.Id}/check-ins/settle", new SettleInput([early.Id], true, "确实到会")))[0].Settled);
    }

    [Fact]
    public async Task What_the_same_device_saw_after_the_undo_by_a_clock_nobody_knows_waits_for_the_host()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var first = await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromSeconds(20));
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = first.Id };
        evening.Time.Advance(TimeSpan.FromSeconds(20));
        var again = await evening.ScanAsync(card, clock: Contracts.Devices.ClockState.Unknown);
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, again.Outcome);
        Assert.Equal(CheckInOutcome.TakenBack, (await evening.Hub.UploadScansAsync(evening.DisplayId, undo))[0].Outcome);
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
        var open = Assert.Single(await OpenAsync(evening));
        Assert.Equal((again.Id, CheckInOutcome.Undone), (open.Id, open.Outcome));
        var settled = await evening.Host.PostAsync<IReadOnlyList<SettleRow>>($"/api/meetings/{evening.Meeting.Id}/check-ins/settle", new SettleInput([again.Id], true, "确实到会"));
        Assert.True(Assert.Single(settled).Settled);
        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        // Settled is settled: taken back once more by the host it does not come up again.
        await evening.UndoAsync();
        Assert.Empty(await OpenAsync(evening));
    }

    private static Task<IReadOnlyList<CheckInRecordView>> OpenAsync(Evening evening) =>
        evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{evening.Meeting.Id}/check-ins?open=true");
}
