using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Tests.Commands;

/// <summary>Lit from 8 to 22 every day, Shanghai time.</summary>
public sealed class PowerOverrideTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly CommandLog log;
    private readonly PowerOverride power;

    public PowerOverrideTests() => power = new PowerOverride(log = new CommandLog(new PlayerFolder(temp.Path)));

    public void Dispose()
    {
        log.Dispose();
        temp.Dispose();
    }

    private static DisplayDocument Display(bool hours = true) => Given.Display(Guid.NewGuid()) with
    {
        PowerHours = hours ? [.. Enumerable.Range(0, 7).Select(day => new PowerTime(day, "08:00", "22:00"))] : null,
    };

    private static DateTimeOffset At(int hour, int day = 27) => new(2026, 11, day, hour, 0, 0, TimeSpan.FromHours(8));

    private bool IsOff(DisplayDocument display, DateTimeOffset now, ClockState clock = ClockState.Synced)
    {
        var documents = DisplaySchedule.Create(display, [], [], null);
        return power.Apply(ScheduleResolver.Resolve(documents, ReadySet.Everything, now, clock), new ClockReading(now, clock), display).IsScreenOff;
    }

    [Fact]
    public void Switched_off_by_day_it_is_lit_again_the_next_morning()
    {
        power.Set(ScreenPowers.Off, Display(), At(12));
        Assert.True(IsOff(Display(), At(12)));
        Assert.True(IsOff(Display(), At(21)));
        Assert.True(IsOff(Display(), At(23))); // by its hours
        Assert.False(IsOff(Display(), At(9, 28)));
    }

    [Fact]
    public void Switched_on_at_night_it_rests_again_the_next_night()
    {
        power.Set(ScreenPowers.On, Display(), At(23));
        Assert.False(IsOff(Display(), At(23)));
        Assert.False(IsOff(Display(), At(9, 28)));
        Assert.True(IsOff(Display(), At(23, 28)));
    }

    [Fact]
    public void Clock_that_cannot_be_trusted_never_keeps_it_dark()
    {
        power.Set(ScreenPowers.Off, Display(), At(12));
        Assert.True(IsOff(Display(), At(13)));
        // A power cut, and the clock of the machine begins in another year: whether that morning has come nobody can tell.
        Assert.False(IsOff(Display(), new DateTimeOffset(2020, 1, 1, 12, 0, 0, TimeSpan.Zero), ClockState.Unknown));
        Assert.True(IsOff(Display(), At(14)));
    }

    [Fact]
    public void Looking_ahead_changes_nothing()
    {
        power.Set(ScreenPowers.Off, Display(), At(12));
        var documents = DisplaySchedule.Create(Display(), [], [], null);
        var tomorrow = ScheduleResolver.Resolve(documents, ReadySet.Everything, At(9, 28), ClockState.Synced);
        Assert.False(power.Apply(tomorrow, new ClockReading(At(9, 28), ClockState.Synced), Display(), isNow: false).IsScreenOff);
        Assert.True(IsOff(Display(), At(13)));
    }

    [Fact]
    public void Back_to_the_hours_at_once()
    {
        power.Set(ScreenPowers.Off, Display(), At(12));
        power.Set(ScreenPowers.Hours, Display(), At(12));
        Assert.False(IsOff(Display(), At(12)));
    }

    [Fact]
    public void Without_hours_it_stays_until_somebody_asks_otherwise_also_over_a_restart()
    {
        power.Set(ScreenPowers.Off, Display(false), At(12));
        Assert.True(IsOff(Display(false), At(12).AddDays(60)));
        var again = new PowerOverride(log);
        var resolution = ScheduleResolver.Resolve(DisplaySchedule.Create(Display(false), [], [], null), ReadySet.Everything, At(12));
        Assert.True(again.Apply(resolution, new ClockReading(At(12), ClockState.Synced), Display(false)).IsScreenOff);
    }

    [Theory]
    [InlineData(ScreenPowers.On, 23, true)]
    [InlineData(ScreenPowers.Off, 12, false)]
    public void Hours_that_are_given_later_end_what_was_asked_without_any(string asked, int hour, bool dark)
    {
        power.Set(asked, Display(false), At(9));
        Assert.Equal(asked, power.Asked);
        Assert.Equal(dark, IsOff(Display(), At(hour)));
        Assert.Null(power.Asked);
    }

    [Fact]
    public void Change_is_due_when_the_override_ends()
    {
        power.Set(ScreenPowers.Off, Display(), At(12));
        var resolution = ScheduleResolver.Resolve(DisplaySchedule.Create(Display(), [], [], null), ReadySet.Everything, At(12));
        Assert.True(power.Apply(resolution, new ClockReading(At(12), ClockState.Synced), Display()).NextChange <= At(22));
    }
}
