using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Displays;

public sealed class DisplayMeetingTests
{
    [Fact]
    public async Task Display_that_shows_a_meeting_tells_which_and_how_many_came()
    {
        await using var evening = await Evening.StartAsync();
        var stop = TestContext.Current.CancellationToken;
        await using var display = await evening.Hub.ConnectDisplayAsync(stop, evening.Hub.DisplayInput() with { RoomId = evening.RoomId });
        await evening.HelpAsync();
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.HelpAsync()).Outcome);

        await display.ReportStatusAsync(new DisplayStatus("0.1.0", "十一月党员大会", null, "meeting", ClockState.Synced, 0, 1, 1, 1, 1, 0, []), stop);
        await Eventually.TrueAsync(async Task<bool> () => await MeetingAsync() is { Title: "十一月党员大会", Present: 1, Expected: 3 }, stop);

        evening.Time.Advance(TimeSpan.FromSeconds(10));
        await display.ReportStatusAsync(new DisplayStatus("0.1.0", "大厅", null, "schedule", ClockState.Synced, 0, 1, 1, 1, 1, 0, []), stop);
        await Eventually.TrueAsync(async Task<bool> () => await MeetingAsync() is null, stop);

        async Task<DisplayMeeting?> MeetingAsync() => (await evening.Host.GetAsync<DisplaySummary>($"/api/displays/{display.DisplayId}")).Meeting;
    }
}
