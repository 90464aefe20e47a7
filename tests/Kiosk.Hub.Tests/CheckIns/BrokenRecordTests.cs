using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>A kiosk whose journal says what cannot be: it is answered, and nobody else notices.</summary>
public class BrokenRecordTests
{
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task Undo_with_impossible_ticks_is_answered_and_the_others_of_its_batch_are_stored(long ticks)
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var first = evening.Hub.CardScan(evening.Meeting.Id, card) with { MonotonicMs = -5 };
        await evening.Hub.UploadScansAsync(evening.DisplayId, first);
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = first.Id, MonotonicMs = ticks };
        var answers = await evening.Hub.UploadScansAsync(
            evening.DisplayId, undo, evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync(1)), evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync(2)));
        Assert.Equal([CheckInOutcome.TooLate, CheckInOutcome.Accepted, CheckInOutcome.Accepted], answers.Select(answer => answer.Outcome));
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
    }

    [Theory]
    [InlineData("bad\0boot")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx😀y")]
    public async Task Name_of_a_boot_that_no_database_could_hold_costs_nobody_their_check_in(string boot)
    {
        await using var evening = await Evening.StartAsync();
        var scan = evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync()) with { BootId = boot };
        Assert.Equal(CheckInOutcome.Accepted, (await evening.Hub.UploadScansAsync(evening.DisplayId, scan))[0].Outcome);
    }

    [Fact]
    public async Task Record_that_can_never_be_stored_gets_a_last_answer_and_waits_for_the_host()
    {
        await using var evening = await Evening.StartAsync();
        var broken = evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync(), clock: (ClockState)99);
        var good = evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync(1));
        var answers = await evening.Hub.UploadScansAsync(evening.DisplayId, broken, good);
        Assert.Equal([CheckInOutcome.WrongMeeting, CheckInOutcome.Accepted], answers.Select(answer => answer.Outcome));
        Assert.Equal(CheckInOutcome.WrongMeeting, (await evening.Hub.UploadScansAsync(evening.DisplayId, broken))[0].Outcome);
        var kept = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{evening.Meeting.Id}/check-ins?open=true"));
        Assert.Equal((broken.Id, evening.Members[0].Name), (kept.Id, kept.MemberName));
        var row = Assert.Single(await evening.Host.PostAsync<IReadOnlyList<SettleRow>>(
            $"/api/meetings/{evening.Meeting.Id}/check-ins/settle", new SettleInput([broken.Id], true, "确实到会", evening.Time.GetUtcNow())));
        Assert.True(row.Settled);
    }
}
