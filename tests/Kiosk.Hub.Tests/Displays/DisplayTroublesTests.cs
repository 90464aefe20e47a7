using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Alerts;
using Kiosk.Hub.Displays;

namespace Kiosk.Hub.Tests.Displays;

/// <summary>What is wrong with a display, and what only looks like it. Shanghai is eight hours ahead.</summary>
public sealed class DisplayTroublesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<PowerTime> Daily = [.. Enumerable.Range(0, 7).Select(day => new PowerTime(day, "08:00", "20:00"))];

    [Fact]
    public void Display_that_is_fine_has_no_trouble() => Assert.Empty(DisplayTroubles.Of(State(Status()), Noon));

    [Fact]
    public void Display_without_hours_is_missed_from_when_it_was_last_seen()
    {
        var trouble = Assert.Single(DisplayTroubles.Of(Away(Noon.AddHours(-3), []), Noon));
        Assert.Equal(("offline", Noon.AddHours(-3)), (trouble.Code, trouble.From!.Value));
        Assert.Null(Assert.Single(DisplayTroubles.Of(Away(null, []), Noon)).From);
    }

    [Fact]
    public void Display_switched_off_in_the_evening_rests_until_its_hours_begin()
    {
        // Lost at 20:05, and at 19:45 by who goes home a little early.
        foreach (var lost in (DateTimeOffset[])[Noon.AddHours(8).AddMinutes(5), Noon.AddHours(7).AddMinutes(45)])
        {
            foreach (var now in (DateTimeOffset[])[lost.AddMinutes(10), Noon.AddHours(12), Noon.AddHours(19)])
            {
                Assert.Empty(DisplayTroubles.Of(Away(lost, Daily), now));
                Assert.True(DisplayTroubles.IsUnknown("offline", Away(lost, Daily), now));
            }

            var morning = Assert.Single(DisplayTroubles.Of(Away(lost, Daily), Noon.AddHours(20).AddMinutes(5)));
            Assert.Equal(Noon.AddHours(20), morning.From);
            Assert.Equal(lost, morning.Since);
        }
    }

    [Fact]
    public void Display_lost_in_the_middle_of_its_day_is_missed_at_once() =>
        Assert.Equal(Noon, Assert.Single(DisplayTroubles.Of(Away(Noon, Daily), Noon.AddMinutes(3))).From);

    [Fact]
    public void Hours_that_meet_at_midnight_are_one_day()
    {
        IReadOnlyList<PowerTime> always = [.. Enumerable.Range(0, 7).Select(day => new PowerTime(day, "00:00", "00:00"))];
        var midnight = Noon.AddHours(12);
        Assert.Single(DisplayTroubles.Of(Away(midnight.AddMinutes(-10), always), midnight.AddMinutes(-5)));
    }

    [Fact]
    public void Everything_a_player_says_is_found_most_pressing_first()
    {
        var status = Status() with
        {
            Rule = "splash", Clock = ClockState.Unknown, FreeDiskBytes = 100L << 20, JournalPending = 3, ItemsReady = 1, ItemsTotal = 4,
            Faults = [new DisplayFault("media_failed", "片头: bad_file", Noon), new DisplayFault("journal_damaged", "x", Noon)],
        };
        Assert.Equal(
            ["nothing_to_play", "disk_full", "clock_unknown", "faults", "media_failed", "journal_waiting", "content_missing"], DisplayTroubles.Of(State(status), Noon).Select(trouble => trouble.Code));
    }

    [Fact]
    public void What_is_missing_until_the_download_hours_is_no_trouble_before_they_begin()
    {
        var waiting = Status() with { ItemsReady = 1, ItemsTotal = 4, DownloadsFrom = Noon.AddHours(10) };
        Assert.Empty(DisplayTroubles.Of(State(waiting), Noon));
        Assert.Equal(Noon.AddHours(10), DisplayTroubles.DownloadsFrom(waiting, Noon));

        Assert.Equal("content_missing", Assert.Single(DisplayTroubles.Of(State(waiting), Noon.AddHours(10))).Code);
        Assert.Equal("content_missing", Assert.Single(DisplayTroubles.Of(State(waiting with { DownloadsFrom = null }), Noon)).Code);
        Assert.Null(DisplayTroubles.DownloadsFrom(waiting with { ItemsReady = 4 }, Noon));
    }

    [Fact]
    public void Every_fault_a_player_reports_is_a_trouble_and_known_to_alerts()
    {
        var status = Status() with { Faults = [.. ((string[])["journal_damaged", "update_failed", "cache_full", "data_folder_not_writable", "disk_error", "of_a_newer_player"]).Select(code => new DisplayFault(code, "x", Noon))] };
        Assert.Equal(
            [AlertKind.JournalDamaged, AlertKind.UpdateFailed, AlertKind.CacheFull, AlertKind.PlayerFault, AlertKind.PlayerFault, AlertKind.PlayerFault],
            DisplayTroubles.Of(State(status), Noon).Select(trouble => AlertRules.KindOf(trouble)!.Value));
    }

    [Fact]
    public void Dark_screen_with_nothing_to_show_is_no_trouble()
    {
        var night = Noon.AddHours(12);
        Assert.Empty(DisplayTroubles.Of(State(Status() with { Rule = "splash" }) with { PowerHours = Daily }, night));
        Assert.True(DisplayTroubles.IsUnknown("nothing_to_play", State(Status()) with { PowerHours = Daily }, night));
    }

    [Fact]
    public void What_a_display_said_is_unknown_while_it_is_away_and_fine_once_it_is_unpaired()
    {
        Assert.True(DisplayTroubles.IsUnknown("disk_full", Away(Noon, []), Noon));
        Assert.False(DisplayTroubles.IsUnknown("disk_full", State(Status()), Noon));
        Assert.Equal("never_paired", Assert.Single(DisplayTroubles.Of(State(null) with { Paired = false }, Noon)).Code);
    }

    private static DisplayState State(DisplayStatus? status) => new(Guid.NewGuid(), true, true, Noon, "Asia/Shanghai", [], status);

    private static DisplayState Away(DateTimeOffset? lastSeen, IReadOnlyList<PowerTime> hours) => new(Guid.NewGuid(), true, false, lastSeen, "Asia/Shanghai", hours, null);

    private static DisplayStatus Status() => new("1", "t", null, "schedule", ClockState.Synced, 0, 10L << 30, 0, 4, 4, 0, []);
}
