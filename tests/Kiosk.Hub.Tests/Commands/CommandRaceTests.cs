using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Commands;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Commands;

/// <summary>On PostgreSQL nothing but the row keeps those apart who end a command at once.</summary>
[Trait(Databases.Trait, Databases.Postgres)]
public sealed class CommandRaceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CommandReportState.Done, DisplayCommandState.Done)]
    [InlineData(CommandReportState.Running, DisplayCommandState.Delivered)]
    public async Task What_a_display_said_in_time_is_not_overwritten_by_the_sweeper(CommandReportState said, DisplayCommandState after)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubApplication.StartAsync(time);
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        var command = await IssueAsync(admin, display);
        var other = await IssueAsync(admin, display, DeviceCommandKinds.RestartApp);

        Task report;
        await using (var row = await PostgresRowLock.TakeAsync(hub, "DisplayCommands", command.Id))
        {
            report = display.ReportCommandAsync(new CommandReport(command.Id, said), Stop);
            await row.UntilWaitingAsync(1, Stop);
            time.Advance(CommandRules.WaitsFor(command.Kind) + CommandSweeper.Interval);
            await row.UntilWaitingAsync(2, Stop);
        }

        await report;
        // The sweeper has been through when what is due later is marked.
        time.Advance(CommandRules.WaitsFor(other.Kind));
        using var later = await hub.SignInAsync();
        await Eventually.TrueAsync(async () => (await ReadAsync(later, display, other.Id)).State is DisplayCommandState.Expired, Stop);
        var read = await ReadAsync(later, display, command.Id);
        Assert.Equal(after is DisplayCommandState.Delivered ? (DisplayCommandState.Failed, CommandRules.NoAnswer) : (after, null), (read.State, read.Code));
    }

    [Fact]
    public async Task Of_two_last_words_at_once_the_first_stands()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var second = await hub.StartBesideAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        using var there = await second.SignInAsync();
        var command = await IssueAsync(admin, display);

        Task first;
        Task cancel;
        await using (var row = await PostgresRowLock.TakeAsync(hub, "DisplayCommands", command.Id))
        {
            first = display.ReportCommandAsync(new CommandReport(command.Id, CommandReportState.Failed, "disk_error"), Stop);
            await row.UntilWaitingAsync(1, Stop);
            cancel = there.PostAsync<DisplayCommandView>($"/api/displays/{display.DisplayId}/commands/{command.Id}/cancel");
            await row.UntilWaitingAsync(2, Stop);
        }

        await first;
        Assert.Equal("command_not_queued", (await Assert.ThrowsAsync<RefusedException>(() => cancel)).Code);
        var read = await ReadAsync(admin, display, command.Id);
        Assert.Equal((DisplayCommandState.Failed, "disk_error"), (read.State, read.Code));
    }

    private static Task<DisplayCommandView> IssueAsync(OperatorSession session, DisplayClient display, string kind = DeviceCommandKinds.Identify) =>
        session.PostAsync<DisplayCommandView>($"/api/displays/{display.DisplayId}/commands", new IssueCommand(kind));

    private static async Task<DisplayCommandView> ReadAsync(OperatorSession session, DisplayClient display, Guid id) =>
        (await session.GetAsync<Page<DisplayCommandView>>($"/api/displays/{display.DisplayId}/commands")).Items.Single(command => command.Id == id);
}
