using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling.Tests;

/// <summary>Download hours: half-open, across midnight, on both days a clock is changed and in a zone where it never is.</summary>
public sealed class DownloadHoursTests
{
    private static readonly DownloadTime[] Night = [.. Enumerable.Range(0, 7).Select(day => new DownloadTime(day, "22:00", "06:00"))];

    [Theory]
    [InlineData("Asia/Shanghai", "2026-11-26T13:59:59.999Z", false)]
    [InlineData("Asia/Shanghai", "2026-11-26T14:00:00Z", true)] // 22:00
    [InlineData("Asia/Shanghai", "2026-11-26T21:59:59.999Z", true)]
    [InlineData("Asia/Shanghai", "2026-11-26T22:00:00Z", false)] // 06:00
    [InlineData("Europe/Berlin", "2026-03-28T20:59:59Z", false)]
    [InlineData("Europe/Berlin", "2026-03-28T21:00:00Z", true)] // 22:00 CET, the night with an hour less
    [InlineData("Europe/Berlin", "2026-03-29T01:00:00Z", true)]
    [InlineData("Europe/Berlin", "2026-03-29T03:59:59Z", true)]
    [InlineData("Europe/Berlin", "2026-03-29T04:00:00Z", false)] // 06:00 CEST
    [InlineData("Europe/Berlin", "2026-10-24T19:59:59Z", false)]
    [InlineData("Europe/Berlin", "2026-10-24T20:00:00Z", true)] // 22:00 CEST, the night with an hour more
    [InlineData("Europe/Berlin", "2026-10-25T04:59:59Z", true)]
    [InlineData("Europe/Berlin", "2026-10-25T05:00:00Z", false)] // 06:00 CET
    public void Night_is_the_night_of_the_place(string zone, string at, bool open) =>
        Assert.Equal(open, DownloadHours.IsOpen(Given.Display() with { TimeZone = zone, Downloads = new DownloadRules(Windows: Night) }, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-11-26T13:59:59Z", "2026-11-26T14:00:00Z")]
    [InlineData("2026-11-26T22:00:00Z", "2026-11-27T14:00:00Z")]
    [InlineData("2026-11-26T14:00:00Z", null)] // They last.
    public void Shut_hours_begin_next_evening(string at, string? begins)
    {
        static DateTimeOffset Read(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var display = Given.Display() with { TimeZone = "Asia/Shanghai" };
        Assert.Equal(begins is null ? null : Read(begins), DownloadHours.NextOpening(display with { Downloads = new DownloadRules(Windows: Night) }, Read(at)));
        Assert.Null(DownloadHours.NextOpening(display, Read(at)));
    }

    [Fact]
    public void Without_hours_it_is_always_open_and_a_start_that_is_its_end_is_the_whole_day()
    {
        var noon = new DateTimeOffset(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
        var display = Given.Display() with { TimeZone = "Asia/Shanghai" };
        Assert.True(DownloadHours.IsOpen(display, noon));
        Assert.True(DownloadHours.IsOpen(display with { Downloads = new DownloadRules(800) }, noon));
        Assert.True(DownloadHours.IsOpen(display with { Downloads = new DownloadRules(Windows: [new(4, "00:00", "00:00")]) }, noon));
        Assert.False(DownloadHours.IsOpen(display with { Downloads = new DownloadRules(Windows: [new(5, "00:00", "00:00")]) }, noon));
    }
}
