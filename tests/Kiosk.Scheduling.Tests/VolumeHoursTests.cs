using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling.Tests;

/// <summary>How loud a display is by the hour of its own place.</summary>
public class VolumeHoursTests
{
    // 2026-11-25 is a Wednesday in Shanghai (UTC+8).
    [Theory]
    [InlineData("2026-11-25T12:59:59Z", 60)]
    [InlineData("2026-11-25T13:00:00Z", 10)]
    [InlineData("2026-11-25T22:59:59Z", 10)]
    [InlineData("2026-11-25T23:00:00Z", 60)]
    [InlineData("2026-11-26T14:00:00Z", 60)]
    public void Quiet_hours_begin_and_end_by_the_displays_own_clock_also_past_midnight(string at, int expected) =>
        Assert.Equal(expected, VolumeHours.At(Display(new VolumeTime(3, "21:00", "07:00", 10)), Instant(at)));

    [Fact]
    public void Of_overlapping_hours_the_quietest_counts_and_without_any_the_displays_own_volume()
    {
        var noon = Instant("2026-11-25T04:00:00Z");
        Assert.Equal(20, VolumeHours.At(Display(new(3, "10:00", "14:00", 80), new(3, "11:30", "12:30", 20)), noon));
        Assert.Equal(80, VolumeHours.At(Display(new(3, "10:00", "14:00", 80), new(3, "13:00", "12:00", 20)), Instant("2026-11-25T04:30:00Z")));
        Assert.Equal(60, VolumeHours.At(Display(), noon));
        Assert.Equal(0, VolumeHours.At(Display(new VolumeTime(3, "00:00", "00:00", 0)), noon));
    }

    [Fact]
    public void What_cannot_be_read_changes_nothing() =>
        Assert.Equal(60, VolumeHours.At(Display(new VolumeTime(3, "25:00", "noon", 0), new VolumeTime(9, "00:00", "00:00", 0)), Instant("2026-11-25T04:00:00Z")));

    // On 29 March 2026 clocks in Berlin go from 02:00 to 03:00.
    [Theory]
    [InlineData("2026-03-29T00:59:00Z", 60)]
    [InlineData("2026-03-29T01:00:00Z", 5)]
    [InlineData("2026-03-29T02:00:00Z", 60)]
    public void Hours_hold_on_the_day_the_clock_goes_forward(string at, int expected) =>
        Assert.Equal(expected, VolumeHours.At(Display(new VolumeTime(0, "03:00", "04:00", 5)) with { TimeZone = "Europe/Berlin" }, Instant(at)));

    private static DisplayDocument Display(params VolumeTime[] hours) => Given.Display() with { VolumePercent = 60, TimeZone = "Asia/Shanghai", VolumeHours = hours };

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
