using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>离场签退: a second sighting in the exit window; points that wait for it.</summary>
public class ExitTests
{
    [Fact]
    public async Task Card_in_the_exit_window_records_leaving_and_changes_nothing_else()
    {
        await using var evening = await StartAsync(ExitScan.Optional);
        var card = await evening.CardAsync();
        Assert.Equal((CheckInOutcome.Accepted, 2), Of(await evening.ScanAsync(card)));
        evening.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.ScanAsync(card)).Outcome);
        evening.Time.Advance(TimeSpan.FromMinutes(35));
        var left = evening.Time.GetUtcNow();
        Assert.Equal((CheckInOutcome.Left, 0), Of(await evening.ScanAsync(card)));
        var row = await evening.AttendanceAsync();
        Assert.Equal((AttendanceState.Present, left, 2, false), (row.State, row.LeftAt, row.Points, row.ExitMissing));
        Assert.Equal(2, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Points_wait_for_the_exit_where_it_is_required_and_are_posted_once()
    {
        await using var evening = await StartAsync(ExitScan.Required);
        var card = await evening.CardAsync();
        Assert.Equal((CheckInOutcome.Accepted, 0), Of(await evening.ScanAsync(card)));
        Assert.True((await evening.AttendanceAsync()).ExitMissing);
        evening.Time.Advance(TimeSpan.FromMinutes(65));
        Assert.Equal((CheckInOutcome.Left, 2), Of(await evening.ScanAsync(card)));
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((CheckInOutcome.Left, 0), Of(await evening.ScanAsync(card)));
        var statement = await evening.PointsAsync();
        Assert.Equal([2], statement.Postings.Items.Select(posting => posting.Amount));
        Assert.False((await evening.AttendanceAsync()).ExitMissing);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Exit_that_reaches_the_hub_before_the_arrival_counts_the_same()
    {
        await using var evening = await StartAsync(ExitScan.Required);
        var (card, came) = (await evening.CardAsync(), evening.Time.GetUtcNow());
        evening.Time.Advance(TimeSpan.FromMinutes(65));
        var left = evening.Time.GetUtcNow();
        // Taken for a late arrival: nobody knows yet that the member was here before.
        Assert.Equal((CheckInOutcome.Accepted, 0), Of(await evening.ScanAsync(card)));
        Assert.Equal((CheckInOutcome.Accepted, 2), Of(await evening.ScanAsync(card, came)));
        var row = await evening.AttendanceAsync();
        Assert.Equal((AttendanceState.Present, came, left), (row.State, row.At, row.LeftAt));

        // And one that came after check-in had closed.
        var second = await evening.CardAsync(1);
        evening.Time.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(CheckInOutcome.TooLate, (await evening.ScanAsync(second)).Outcome);
        Assert.Equal((CheckInOutcome.Accepted, 2), Of(await evening.ScanAsync(second, came)));
        Assert.NotNull((await evening.AttendanceAsync(1)).LeftAt);
    }

    [Fact]
    public async Task Card_shown_twice_by_somebody_who_comes_at_the_very_end_is_no_exit()
    {
        await using var evening = await StartAsync(ExitScan.Optional);
        evening.Time.Advance(TimeSpan.FromMinutes(65));
        var card = await evening.CardAsync();
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card)).Outcome);
        evening.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.ScanAsync(card)).Outcome);
        Assert.Null((await evening.AttendanceAsync()).LeftAt);
    }

    [Fact]
    public async Task Kiosk_without_a_clock_never_makes_an_exit()
    {
        await using var evening = await StartAsync(ExitScan.Required);
        var card = await evening.CardAsync();
        await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromMinutes(65));
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.ScanAsync(card, clock: ClockState.Unknown)).Outcome);
        Assert.True((await evening.AttendanceAsync()).ExitMissing);
    }

    [Fact]
    public async Task Host_enters_an_exit_and_only_of_somebody_who_came()
    {
        await using var evening = await StartAsync(ExitScan.Required);
        Assert.Equal("not_checked_in", (await Assert.ThrowsAsync<RefusedException>(() => LeaveAsync(evening))).Code);
        await evening.HelpAsync();
        evening.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((CheckInOutcome.Left, 2), Of(await LeaveAsync(evening)));
        Assert.Equal(2, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Exit_cannot_become_a_condition_once_somebody_came_and_easing_it_pays_those_who_wait()
    {
        await using var evening = await StartAsync(ExitScan.Required);
        await evening.ScanAsync(await evening.CardAsync());
        await RulesAsync(evening, ExitScan.Optional);
        Assert.Equal(2, (await evening.PointsAsync()).Available);
        Assert.Equal("exit_rule_fixed", (await Assert.ThrowsAsync<RefusedException>(() => RulesAsync(evening, ExitScan.Required))).Code);
        await evening.UndoAsync();
        Assert.Equal(0, (await evening.PointsAsync()).Available);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Cancellation_lifts_the_condition_and_nobody_is_paid_twice()
    {
        await using var evening = await StartAsync(ExitScan.Required);
        var (first, second, third, came) = (await evening.CardAsync(), await evening.CardAsync(1), await evening.CardAsync(2), evening.Time.GetUtcNow());
        await evening.ScanAsync(first);
        await evening.ScanAsync(second);
        evening.Time.Advance(TimeSpan.FromMinutes(65));
        var left = evening.Time.GetUtcNow();
        Assert.Equal((CheckInOutcome.Left, 2), Of(await evening.ScanAsync(second)));
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel", new MeetingCancellation("停电"));

        // Who waited has the points, who had left keeps what was paid then, and who is heard of late is paid on arrival.
        Assert.Equal("2, 2, 0", await AvailableAsync(evening));
        Assert.Equal((CheckInOutcome.Accepted, 2), Of(await evening.ScanAsync(third, came)));
        var row = await evening.AttendanceAsync();
        Assert.Equal((AttendanceState.Present, 2, false), (row.State, row.Points, row.ExitMissing));
        // An exit from before it is noted, and brings nothing more; one from after it is refused.
        Assert.Equal((CheckInOutcome.Left, 0), Of(await evening.ScanAsync(first, left)));
        Assert.Equal(CheckInOutcome.MeetingCancelled, (await evening.ScanAsync(first)).Outcome);

        // The host takes one back, and somebody seen earlier than was known stays paid once.
        await evening.UndoAsync();
        Assert.Equal("0, 2, 2", await AvailableAsync(evening));
        await evening.ScanAsync(second, came - TimeSpan.FromMinutes(1));
        Assert.Equal("0, 2, 2", await AvailableAsync(evening));
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Kiosk_takes_back_after_the_cancellation_what_it_recorded_before()
    {
        await using var evening = await StartAsync(ExitScan.Required);
        var (stays, leaves) = (await evening.CardAsync(), await evening.CardAsync(1));
        await evening.ScanAsync(leaves);
        evening.Time.Advance(TimeSpan.FromMinutes(65));
        var came = await evening.ScanAsync(stays);
        var left = await evening.ScanAsync(leaves);
        Assert.Equal((CheckInOutcome.Left, 2), Of(left));
        var (undoCame, undoLeft) = (evening.Hub.CardScan(evening.Meeting.Id, stays) with { Undoes = came.Id }, evening.Hub.CardScan(evening.Meeting.Id, leaves) with { Undoes = left.Id });
        evening.Time.Advance(TimeSpan.FromSeconds(30));
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel", new MeetingCancellation("停电"));
        Assert.Equal("1, 2, 0", await AvailableAsync(evening));

        // Who did not come after all loses what the cancellation paid; who did not leave after all has come all the same.
        var answers = await evening.Hub.UploadScansAsync(evening.DisplayId, undoCame, undoLeft);
        Assert.Equal([CheckInOutcome.TakenBack, CheckInOutcome.TakenBack], answers.Select(answer => answer.Outcome));
        Assert.Equal("0, 2, 0", await AvailableAsync(evening));
        Assert.Null((await evening.AttendanceAsync(1)).LeftAt);
    }

    [Fact]
    public async Task Check_ins_that_arrive_while_the_meeting_is_called_off_are_all_paid_once()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var members = await evening.Hub.AddMembersAsync(80);
        var (room, display) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var meeting = (await evening.Hub.AddMeetingAsync(evening.Host, room, members)).Summary;
        await evening.Host.PutAsync<AttendanceRules>($"/api/meetings/{meeting.Id}/attendance-rules", new AttendanceRules(ExitScan.Required, 10, 0, 0, 30));
        var scans = evening.Hub.SignCards([.. members]).Select(card => evening.Hub.CardScan(meeting.Id, card)).ToArray();
        evening.Time.Advance(TimeSpan.FromMinutes(1));

        var uploads = scans.Chunk(5).Select(some => evening.Hub.UploadScansAsync(display, some)).ToList();
        var cancel = evening.Host.PostAsync<object>($"/api/meetings/{meeting.Id}/cancel", new MeetingCancellation("停电"));
        var answers = (await Task.WhenAll(uploads)).SelectMany(answer => answer).ToList();
        await cancel;

        Assert.All(answers, answer => Assert.Equal(CheckInOutcome.Accepted, answer.Outcome));
        var rows = await evening.Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting.Id}/attendance");
        Assert.Equal(80, rows.Count(row => row is { Points: 2, ExitMissing: false }));
        foreach (var member in members)
        {
            Assert.Equal(2, (await evening.Host.GetAsync<PointsStatement>($"/api/members/{member}/points")).Available);
        }
    }

    private static async Task<string> AvailableAsync(Evening evening) => string.Join(
        ", ", (await evening.PointsAsync(0)).Available, (await evening.PointsAsync(1)).Available, (await evening.PointsAsync(2)).Available);

    [Fact]
    public async Task Grace_is_not_held_against_anybody()
    {
        await using var evening = await Evening.StartAsync();
        await evening.Host.PutAsync<AttendanceRules>($"/api/meetings/{evening.Meeting.Id}/attendance-rules", new AttendanceRules(ExitScan.None, 10, 120, 0, 30));
        evening.Time.Advance(TimeSpan.FromMinutes(21));
        Assert.False((await evening.ScanAsync(await evening.CardAsync())).Late);
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await evening.ScanAsync(await evening.CardAsync(1))).Late);
    }

    private static (CheckInOutcome Outcome, int Points) Of(CheckInResult result) => (result.Outcome, result.PointsGranted);

    private static Task<CheckInResult> LeaveAsync(Evening evening) => evening.Host.PostAsync<CheckInResult>(
        $"/api/meetings/{evening.Meeting.Id}/check-ins", new HelperCheckIn(evening.Members[0].Id, "提前离开", Exit: true));

    internal static Task<AttendanceRules> RulesAsync(Evening evening, ExitScan exit) => evening.Host.PutAsync<AttendanceRules>(
        $"/api/meetings/{evening.Meeting.Id}/attendance-rules", new AttendanceRules(exit, 10, 0, 0, 30));

    private static async Task<Evening> StartAsync(ExitScan exit)
    {
        var evening = await Evening.StartAsync();
        await RulesAsync(evening, exit);
        return evening;
    }
}
