using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Commands;

/// <summary>At most once, and never too late, also with a clock nobody can trust.</summary>
public sealed class CommandDeskTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)); // a dead battery: twenty-five years behind the hub
    private readonly List<Guid> done = [];

    public void Dispose() => temp.Dispose();

    private CommandDesk Desk(CommandLog log, PlayerClock? clock = null) => new(
        log,
        (command, _) =>
        {
            done.Add(command.Id);
            return Task.FromResult(CommandOutcome.Done);
        },
        clock ?? new PlayerClock(time, new FakeBoot(time), null), time, NullLogger.Instance);

    private static DeviceCommand Command(TimeSpan left, DateTimeOffset? issued = null) =>
        new(Guid.NewGuid(), DeviceCommandKinds.Identify, issued ?? Hub, (issued ?? Hub) + left, (long)left.TotalMilliseconds);

    private static DateTimeOffset Hub => new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Player_that_does_not_know_the_time_goes_by_the_remaining_time_the_hub_sent()
    {
        using var log = new CommandLog(new PlayerFolder(temp.Path));
        var desk = Desk(log);
        var (fresh, waited) = (Command(TimeSpan.FromMinutes(5)), Command(TimeSpan.FromMinutes(5)));

        await desk.DoAsync(fresh, time.GetTimestamp(), TestContext.Current.CancellationToken);
        var received = time.GetTimestamp();
        time.Advance(TimeSpan.FromMinutes(5));
        await desk.DoAsync(waited, received, TestContext.Current.CancellationToken);

        Assert.Equal([fresh.Id], done);
        Assert.Equal(
            [(fresh.Id, CommandReportState.Done), (waited.Id, CommandReportState.Expired)],
            desk.Untold().Select(report => (report.Id, report.State)).OrderBy(report => report.State));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(299, false)]
    [InlineData(300, true)]
    [InlineData(100_000, true)]
    public void Clock_compared_with_the_hub_expires_what_was_on_its_way_for_long(int secondsLate, bool expired)
    {
        var command = Command(TimeSpan.FromMinutes(5));
        Assert.Equal(expired, CommandDesk.IsExpired(command, TimeSpan.Zero, new ClockReading(Hub.AddSeconds(secondsLate), ClockState.Synced)));
        Assert.False(CommandDesk.IsExpired(command, TimeSpan.Zero, new ClockReading(Hub.AddSeconds(secondsLate), ClockState.Unknown)));
    }

    [Fact]
    public async Task What_was_done_is_told_as_done_although_that_cannot_be_written_down()
    {
        using var log = new CommandLog(new PlayerFolder(temp.Path));
        var desk = new CommandDesk(
            log,
            (command, _) =>
            {
                done.Add(command.Id);
                log.File.Execute("PRAGMA query_only=1"); // the disk fails while it is done
                return Task.FromResult(CommandOutcome.Done);
            },
            new PlayerClock(time, new FakeBoot(time), null), time, NullLogger.Instance);
        var command = Command(TimeSpan.FromMinutes(5));

        await desk.DoAsync(command, time.GetTimestamp(), TestContext.Current.CancellationToken);

        Assert.Equal([command.Id], done);
        Assert.Contains(desk.Untold(), report => report.Id == command.Id && report.State is CommandReportState.Done);
    }

    [Fact]
    public async Task Expired_command_stays_expired_when_it_comes_again()
    {
        using var log = new CommandLog(new PlayerFolder(temp.Path));
        var desk = Desk(log);
        var command = Command(TimeSpan.Zero);
        await desk.DoAsync(command, time.GetTimestamp(), TestContext.Current.CancellationToken);
        desk.Told(desk.Untold().Single());
        await desk.DoAsync(command with { RemainingMs = 60_000 }, time.GetTimestamp(), TestContext.Current.CancellationToken);

        Assert.Empty(done);
        Assert.Equal(CommandReportState.Expired, desk.Untold().Single().State);
    }

    [Fact]
    public async Task Twenty_deliveries_at_once_are_done_once()
    {
        using var log = new CommandLog(new PlayerFolder(temp.Path));
        var desk = Desk(log);
        var command = Command(TimeSpan.FromMinutes(5));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => desk.DoAsync(command, time.GetTimestamp(), TestContext.Current.CancellationToken))));
        Assert.Equal([command.Id], done);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_done_and_the_hub_hears_why()
    {
        using var log = new CommandLog(new PlayerFolder(temp.Path));
        var desk = Desk(log);
        log.File.Execute("PRAGMA query_only=1");
        var command = Command(TimeSpan.FromMinutes(5));
        await desk.DoAsync(command, time.GetTimestamp(), TestContext.Current.CancellationToken);

        Assert.Empty(done);
        Assert.Equal("disk_error", desk.Untold().Single(report => report.Id == command.Id).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(365)]
    [InlineData(-365)]
    public async Task Clock_that_jumps_makes_no_old_command_new(int days)
    {
        using var log = new CommandLog(new PlayerFolder(temp.Path));
        var boot = new FakeBoot(time);
        var clock = new PlayerClock(time, boot, null);
        var desk = Desk(log, clock);
        Task DoAsync(DeviceCommand command) => desk.DoAsync(command, time.GetTimestamp(), TestContext.Current.CancellationToken);
        var (first, second) = (Command(TimeSpan.FromHours(24)), Command(TimeSpan.FromHours(24)));
        await DoAsync(first); // before anything was compared: 1970
        clock.Synchronise(Hub.AddDays(days), boot.MonotonicMs);
        clock.Release();
        await DoAsync(second);
        await DoAsync(first);
        clock.Synchronise(Hub, boot.MonotonicMs);
        clock.Release();
        await DoAsync(second);
        Assert.Equal([first.Id, second.Id], done);
    }

    [Fact]
    public void Only_the_last_commands_are_kept_and_told_in_the_order_they_came()
    {
        using var log = new CommandLog(new PlayerFolder(temp.Path));
        Guid[] ids = [.. Enumerable.Range(0, CommandLog.Kept + 2).Select(_ => Guid.NewGuid())];
        Assert.All(ids, id => Assert.True(log.Begin(id, DeviceCommandKinds.Identify, Hub)));
        Assert.Equal(ids[2..], log.Untold().Select(report => report.Id));
        Assert.True(log.IsKnown(ids[2]));
        Assert.False(log.IsKnown(ids[1]));
    }
}
