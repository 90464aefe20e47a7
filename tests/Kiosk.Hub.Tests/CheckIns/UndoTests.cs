using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>What the host takes back, and what is said of it.</summary>
public class UndoTests
{
    [Fact]
    public async Task Undo_keeps_who_and_why_also_where_no_points_are_reversed()
    {
        await using var evening = await Evening.StartAsync(settings: ["--Points:Caps:attendance:Day=0"]);
        Assert.Equal(0, (await evening.ScanAsync(await evening.CardAsync())).PointsGranted);
        await evening.UndoAsync();
        var undo = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<UndoView>>($"/api/meetings/{evening.Meeting.Id}/undos"));
        Assert.Equal((evening.Members[0].Id, "管理员", "点错人"), (undo.MemberId, undo.By, undo.Reason));
    }

    [Fact]
    public async Task Card_seen_before_the_undo_is_told_that_it_was_taken_back_and_one_seen_after_counts()
    {
        await using var evening = await Evening.StartAsync();
        var (card, before) = (await evening.CardAsync(), evening.Time.GetUtcNow());
        await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromSeconds(5));
        await evening.UndoAsync();
        evening.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(CheckInOutcome.Undone, (await evening.ScanAsync(card, before.AddSeconds(2))).Outcome);
        Assert.Equal(CheckInOutcome.Undone, (await evening.ScanAsync(card, clock: ClockState.Unknown)).Outcome);
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card)).Outcome);
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.ScanAsync(card, before.AddSeconds(2))).Outcome);
    }
}
