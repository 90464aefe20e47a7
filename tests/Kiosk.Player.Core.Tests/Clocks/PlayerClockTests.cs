using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Clocks;

public class PlayerClockTests
{
    private static readonly DateTimeOffset True = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Fake time moves its monotonic clock along with a jump; a real one does not.</summary>
    private sealed class StillBoot : IBoot
    {
        public string Id => "boot-1";

        public long MonotonicMs => 1_000;
    }

    private static PlayerClock Clock(FakeTimeProvider time, ClockMark? mark = null, string boot = "boot-1") => new(time, new FakeBoot(time, boot), mark);

    [Fact]
    public void New_device_knows_no_time_until_it_has_asked()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(1970, 1, 1, 0, 5, 0, TimeSpan.Zero));
        var clock = Clock(time);
        Assert.Equal(ClockState.Unknown, clock.Read().State);
        clock.Synchronise(True, clock.MonotonicMs);
        Assert.Equal((True, ClockState.Synced), (clock.Now, clock.Read().State));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(True.AddHours(1), clock.Now);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Jump_of_the_wall_clock_by_a_day_changes_nothing(int days)
    {
        var time = new FakeTimeProvider(True);
        var clock = new PlayerClock(time, new StillBoot(), null);
        clock.Synchronise(True, clock.MonotonicMs);
        time.AdjustTime(True.AddDays(days));
        Assert.Equal(True, clock.Now);
        clock.Release();
        Assert.Equal((True, ClockState.Holdover), (clock.Now, clock.Read().State));
    }

    [Fact]
    public void Restart_in_the_same_boot_goes_on_from_the_last_comparison()
    {
        var time = new FakeTimeProvider(True.AddYears(-9));
        var boot = new FakeBoot(time);
        var before = new PlayerClock(time, boot, null);
        before.Synchronise(True, boot.MonotonicMs);
        time.Advance(TimeSpan.FromMinutes(7));
        var after = new PlayerClock(time, boot, before.Mark());
        Assert.Equal((True.AddMinutes(7), ClockState.Holdover), (after.Now, after.Read().State));
    }

    [Fact]
    public void Reboot_with_a_good_battery_clock_is_believed()
    {
        var mark = new ClockMark(True, "old", 5, True, 300);
        var clock = Clock(new FakeTimeProvider(True.AddHours(8)), mark);
        Assert.Equal((True.AddHours(8), ClockState.Holdover), (clock.Now, clock.Read().State));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Jump_of_a_believed_wall_clock_while_running_changes_nothing(int days)
    {
        var time = new FakeTimeProvider(True.AddHours(8));
        var clock = new PlayerClock(time, new StillBoot(), new ClockMark(True, "old", 5, True, 300));
        Assert.Equal((True.AddHours(8), ClockState.Holdover), (clock.Now, clock.Read().State));
        time.AdjustTime(True.AddHours(8).AddDays(days));
        Assert.Equal((True.AddHours(8), ClockState.Holdover), (clock.Now, clock.Read().State));
        clock.Synchronise(True.AddHours(9), clock.MonotonicMs);
        Assert.Equal((True.AddHours(9), ClockState.Synced), (clock.Now, clock.Read().State));
    }

    [Fact]
    public void Wall_clock_a_day_back_while_off_is_not_believed_and_a_day_ahead_is_until_the_hub_is_met()
    {
        var mark = new ClockMark(True, "old", 5, True, 0);
        Assert.Equal((True, ClockState.Unknown), (Clock(new FakeTimeProvider(True.AddDays(-1)), mark).Now, Clock(new FakeTimeProvider(True.AddDays(-1)), mark).Read().State));
        var ahead = Clock(new FakeTimeProvider(True.AddDays(1)), mark);
        Assert.Equal((True.AddDays(1), ClockState.Holdover), (ahead.Now, ahead.Read().State));
        ahead.Synchronise(True.AddMinutes(5), ahead.MonotonicMs);
        Assert.Equal((True.AddMinutes(5), True.AddMinutes(5)), (ahead.Now, ahead.Mark()!.HighWater));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:10Z")]
    [InlineData("2025-06-01T00:00:00Z")] // the day the image was built
    public void Dead_clock_at_boot_then_the_hub(string wall)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(wall, System.Globalization.CultureInfo.InvariantCulture));
        var clock = Clock(time, new ClockMark(True, "old", 5, True, 0));
        var taken = clock.MonotonicMs;
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((True.AddMinutes(2), ClockState.Unknown), (clock.Now, clock.Read().State));
        clock.Synchronise(True.AddDays(3), clock.MonotonicMs);
        Assert.Equal((True.AddDays(3), ClockState.Synced), (clock.Now, clock.Read().State));
        Assert.Equal(True.AddDays(3).AddMinutes(-2), clock.Correct("boot-1", taken));
    }

    [Fact]
    public void Machine_that_slept_the_night_knows_that_it_is_morning()
    {
        var boot = new SleepyBoot();
        var clock = new PlayerClock(new FakeTimeProvider(True), boot, null);
        clock.Synchronise(True, boot.MonotonicMs);
        clock.Release();
        boot.MonotonicMs += 9 * 3_600_000; // goes on while the machine sleeps
        Assert.Equal((True.AddHours(9), ClockState.Holdover), (clock.Now, clock.Read().State));
    }

    [Fact]
    public void Real_boot_clock_counts_sleep()
    {
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture); // sleep included
        Assert.InRange(new SystemBoot(TimeProvider.System).MonotonicMs / 1000.0 - uptime, -1, 5);
    }

    private sealed class SleepyBoot : IBoot
    {
        public string Id => "boot-1";

        public long MonotonicMs { get; set; } = 1_000;
    }

    [Fact]
    public void Reboot_with_a_dead_battery_clock_is_unknown_and_creeps_on_from_the_mark()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var clock = Clock(time, new ClockMark(True, "old", 5, True, 0));
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal((True.AddMinutes(3), ClockState.Unknown), (clock.Now, clock.Read().State));
    }

    [Theory]
    [InlineData(600_000, 1)]
    [InlineData(0, 900)]
    public void Wall_clock_that_was_wrong_or_is_absurd_is_not_believed(long offsetMs, int days) =>
        Assert.Equal(ClockState.Unknown, Clock(new FakeTimeProvider(True.AddDays(days)), new ClockMark(True, "old", 5, True, offsetMs)).Read().State);

    [Fact]
    public async Task Fastest_of_several_answers_is_believed()
    {
        var time = new FakeTimeProvider(True);
        var clock = Clock(time);
        var delays = new Queue<int>([400, 20, 900]);
        var hubAhead = TimeSpan.FromHours(1);
        await ClockSamples.MeasureAsync(clock, _ =>
        {
            // The hub answers at once; the way back takes all the time, the worst case for halving.
            var answer = time.GetUtcNow() + hubAhead;
            time.Advance(TimeSpan.FromMilliseconds(delays.Dequeue()));
            return Task.FromResult(answer);
        }, 3, TestContext.Current.CancellationToken);
        Assert.InRange(clock.Now - time.GetUtcNow(), hubAhead - TimeSpan.FromMilliseconds(10), hubAhead + TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void Instants_of_this_boot_can_be_corrected_and_of_another_not()
    {
        var time = new FakeTimeProvider(True.AddYears(-5));
        var clock = Clock(time);
        var taken = clock.MonotonicMs;
        Assert.Null(clock.Correct("boot-1", taken));
        time.Advance(TimeSpan.FromMinutes(30));
        clock.Synchronise(True, clock.MonotonicMs);
        Assert.Equal(True.AddMinutes(-30), clock.Correct("boot-1", taken));
        Assert.Null(clock.Correct("boot-0", taken));
    }
}
