using Kiosk.Contracts.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>A meeting past midnight: what it brings counts against the cap of the day of the instant that counts, and goes back there.</summary>
public sealed class CapDayTests
{
    [Fact]
    public async Task Undo_after_an_earlier_record_from_before_midnight_gives_back_on_the_day_it_counts()
    {
        // 19:00; the second meeting runs from 23:50 to 00:50.
        await using var evening = await Evening.StartAsync(members: 1, settings: "--Points:Caps:attendance:Day=2");
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("值班室");
        var watch = (await evening.Hub.AddMeetingAsync(evening.Host, room, [evening.Members[0].Id], "MemberAssembly", TimeSpan.FromMinutes(290))).Summary;
        var card = await evening.CardAsync();
        evening.Time.Advance(TimeSpan.FromMinutes(310));
        Assert.Equal(1, (await evening.ScanAsync(card, meetingId: watch.Id)).PointsGranted);

        // The other kiosk saw the member at 23:55: in time, and still on the day before.
        var lifted = await evening.ScanAsync(card, evening.Time.GetUtcNow().AddMinutes(-15), meetingId: watch.Id);
        Assert.Equal((CheckInOutcome.Accepted, 1), (lifted.Outcome, lifted.PointsGranted));
        await evening.Host.PostAsync<object>($"/api/meetings/{watch.Id}/check-ins/undo", new Contracts.Operator.UndoCheckIn(evening.Members[0].Id, "点错人"));

        // Everything was given back, so both days have their whole room again and no more.
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await evening.ScanAsync(card, meetingId: watch.Id)).PointsGranted);
        var first = await evening.Host.PostAsync<CheckInResult>(
            $"/api/meetings/{evening.Meeting.Id}/check-ins", new Contracts.Operator.HelperCheckIn(evening.Members[0].Id, "纸质签到", evening.Meeting.Start));
        Assert.Equal(2, first.PointsGranted);
        Assert.Equal([2, 1], await CountersAsync(evening));
    }

    private static Task<List<int>> CountersAsync(Evening evening) => evening.Hub.QueryAsync(db => Task.FromResult(
        db.Set<Kiosk.Hub.Points.CapCounter>().Where(counter => counter.MemberId == evening.Members[0].Id).OrderBy(counter => counter.Period).Select(counter => counter.Granted).ToList()));
}
