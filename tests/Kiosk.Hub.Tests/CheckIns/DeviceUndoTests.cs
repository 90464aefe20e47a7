using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>What the device that recorded a check-in may take back.</summary>
public class DeviceUndoTests
{
    [Fact]
    public async Task Kiosk_takes_back_its_own_check_in_and_a_new_scan_is_paid_again()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var first = await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(CheckInOutcome.TakenBack, (await UndoAsync(evening, card, first.Id)).Outcome);
        Assert.Equal((0, AttendanceState.Pending), ((await evening.PointsAsync()).Available, (await evening.AttendanceAsync()).State));
        evening.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card)).Outcome);
        Assert.Equal([2, -2, 2], (await evening.PointsAsync()).Postings.Items.Select(posting => posting.Amount));
        var undo = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<UndoView>>($"/api/meetings/{evening.Meeting.Id}/undos"));
        Assert.Equal(UndoSource.Kiosk, undo.Source);
        Assert.NotEmpty(undo.By);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Undo_sent_twice_or_with_its_check_in_in_one_batch_counts_once()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var scan = evening.Hub.CardScan(evening.Meeting.Id, card);
        evening.Time.Advance(TimeSpan.FromSeconds(5));
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = scan.Id };
        evening.Time.Advance(TimeSpan.FromMinutes(2));
        var answers = await evening.Hub.UploadScansAsync(evening.DisplayId, scan, undo);
        Assert.Equal([CheckInOutcome.Accepted, CheckInOutcome.TakenBack], answers.Select(answer => answer.Outcome));
        Assert.Equal(answers, await evening.Hub.UploadScansAsync(evening.DisplayId, scan, undo));
        Assert.Equal([2, -2], (await evening.PointsAsync()).Postings.Items.Reverse().Select(posting => posting.Amount));
    }

    [Fact]
    public async Task Another_device_or_a_quarter_of_an_hour_later_or_a_check_in_that_another_kiosk_made_first_changes_nothing()
    {
        await using var evening = await Evening.StartAsync();
        var (_, other) = await evening.Hub.AddRoomWithDisplayAsync("二楼");
        var card = await evening.CardAsync();
        var first = await evening.ScanAsync(card);
        Assert.Equal(CheckInOutcome.WrongMeeting, (await UndoAsync(evening, card, first.Id, other)).Outcome);
        Assert.Equal(CheckInOutcome.WrongMeeting, (await UndoAsync(evening, await evening.CardAsync(1), first.Id)).Outcome);
        Assert.Equal(CheckInOutcome.WrongMeeting, (await UndoAsync(evening, card, Guid.NewGuid())).Outcome);
        var again = await evening.Hub.UploadScansAsync(other, evening.Hub.CardScan(evening.Meeting.Id, card));
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await UndoAsync(evening, card, again[0].Id, other)).Outcome);
        evening.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(CheckInOutcome.TooLate, (await UndoAsync(evening, card, first.Id, elapsedMs: 16 * 60_000)).Outcome);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
        Assert.Empty(await evening.Host.GetAsync<IReadOnlyList<UndoView>>($"/api/meetings/{evening.Meeting.Id}/undos"));
    }

    [Fact]
    public async Task Undo_of_an_exit_leaves_the_arrival_and_points_wait_again()
    {
        await using var evening = await Evening.StartAsync();
        await evening.Host.PutAsync<AttendanceRules>($"/api/meetings/{evening.Meeting.Id}/attendance-rules", new AttendanceRules(ExitScan.Required, 10, 0, 0, 30));
        var card = await evening.CardAsync();
        await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromMinutes(65));
        var left = await evening.ScanAsync(card);
        Assert.Equal(2, left.PointsGranted);
        Assert.Equal(CheckInOutcome.TakenBack, (await UndoAsync(evening, card, left.Id)).Outcome);
        var row = await evening.AttendanceAsync();
        Assert.Equal((AttendanceState.Present, null, true, 0), (row.State, row.LeftAt, row.ExitMissing, (await evening.PointsAsync()).Available));
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await evening.ScanAsync(card)).PointsGranted);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Undo_that_reaches_the_hub_before_its_check_in_counts_once_that_is_there()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var scan = evening.Hub.CardScan(evening.Meeting.Id, card);
        evening.Time.Advance(TimeSpan.FromSeconds(5));
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = scan.Id };
        Assert.Equal(CheckInOutcome.WrongMeeting, (await evening.Hub.UploadScansAsync(evening.DisplayId, undo))[0].Outcome);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.Hub.UploadScansAsync(evening.DisplayId, scan))[0].Outcome);
        Assert.Equal((0, AttendanceState.Pending), ((await evening.PointsAsync()).Available, (await evening.AttendanceAsync()).State));
        Assert.Equal(CheckInOutcome.TakenBack, (await evening.Hub.UploadScansAsync(evening.DisplayId, undo))[0].Outcome);
        Assert.Single(await evening.Host.GetAsync<IReadOnlyList<UndoView>>($"/api/meetings/{evening.Meeting.Id}/undos"));
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Undo_of_one_exit_falls_back_to_the_one_another_kiosk_saw()
    {
        await using var evening = await Evening.StartAsync();
        await evening.Host.PutAsync<AttendanceRules>($"/api/meetings/{evening.Meeting.Id}/attendance-rules", new AttendanceRules(ExitScan.Required, 10, 0, 0, 30));
        var other = await evening.Hub.AddDisplayAsync(evening.RoomId);
        var card = await evening.CardAsync();
        await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromMinutes(65));
        var at = evening.Time.GetUtcNow();
        await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromMinutes(3));
        var second = evening.Hub.CardScan(evening.Meeting.Id, card);
        Assert.Equal(CheckInOutcome.Left, (await evening.Hub.UploadScansAsync(other, second))[0].Outcome);
        Assert.Equal(evening.Time.GetUtcNow(), (await evening.AttendanceAsync()).LeftAt);
        Assert.Equal(CheckInOutcome.TakenBack, (await UndoAsync(evening, card, second.Id, other)).Outcome);
        var row = await evening.AttendanceAsync();
        Assert.Equal((at, false, 2), (row.LeftAt, row.ExitMissing, (await evening.PointsAsync()).Available));
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    private static async Task<CheckInResult> UndoAsync(Evening evening, string card, Guid id, Guid? display = null, long elapsedMs = 1) =>
        (await evening.Hub.UploadScansAsync(display ?? evening.DisplayId, evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = id, MonotonicMs = 1 + elapsedMs }))[0];
}
