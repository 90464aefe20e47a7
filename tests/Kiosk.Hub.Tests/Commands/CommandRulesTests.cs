using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Commands;

namespace Kiosk.Hub.Tests.Commands;

public sealed class CommandRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static DisplayCommand Command(DisplayCommandState state, string? code = null) => new()
    {
        Id = Guid.NewGuid(), DisplayId = Guid.NewGuid(), Kind = DeviceCommandKinds.Screenshot, IssuedById = Guid.NewGuid(), IssuedBy = "a",
        IssuedAt = Now, Expiry = Now.AddMinutes(15), State = state, Code = code,
    };

    [Theory]
    [InlineData(DisplayCommandState.Queued, CommandReportState.Running, DisplayCommandState.Delivered)]
    [InlineData(DisplayCommandState.Queued, CommandReportState.Done, DisplayCommandState.Done)]
    [InlineData(DisplayCommandState.Delivered, CommandReportState.Failed, DisplayCommandState.Failed)]
    [InlineData(DisplayCommandState.Delivered, CommandReportState.Refused, DisplayCommandState.Failed)]
    [InlineData(DisplayCommandState.Queued, CommandReportState.Expired, DisplayCommandState.Expired)]
    // What the hub only supposed gives way to what the display did.
    [InlineData(DisplayCommandState.Expired, CommandReportState.Done, DisplayCommandState.Done)]
    [InlineData(DisplayCommandState.Cancelled, CommandReportState.Done, DisplayCommandState.Done)]
    [InlineData(DisplayCommandState.Superseded, CommandReportState.Running, DisplayCommandState.Delivered)]
    public void Display_says_how_it_goes_on(DisplayCommandState before, CommandReportState said, DisplayCommandState after)
    {
        var command = Command(before);
        Assert.True(CommandRules.Take(command, new CommandReport(command.Id, said), null, null, null, Now));
        Assert.Equal(after, command.State);
        Assert.Equal(after is DisplayCommandState.Delivered, command.FinishedAt is null);
    }

    [Theory]
    [InlineData(DisplayCommandState.Done, null, CommandReportState.Failed)]
    [InlineData(DisplayCommandState.Failed, "interrupted", CommandReportState.Done)]
    [InlineData(DisplayCommandState.Done, null, CommandReportState.Running)]
    [InlineData(DisplayCommandState.Delivered, null, CommandReportState.Running)]
    [InlineData(DisplayCommandState.Cancelled, null, CommandReportState.Expired)]
    public void Last_word_of_the_display_stands(DisplayCommandState before, string? code, CommandReportState said)
    {
        var command = Command(before, code);
        Assert.False(CommandRules.Take(command, new CommandReport(command.Id, said), null, null, null, Now));
        Assert.Equal((before, code), (command.State, command.Code));
    }

    [Fact]
    public void Display_that_fell_silent_after_taking_it_may_still_say_what_it_did()
    {
        var command = Command(DisplayCommandState.Delivered);
        Assert.False(CommandRules.Pass(command, command.Expiry + CommandRules.Silence - TimeSpan.FromSeconds(1)));
        Assert.True(CommandRules.Pass(command, command.Expiry + CommandRules.Silence));
        Assert.Equal((DisplayCommandState.Failed, CommandRules.NoAnswer), (command.State, command.Code));
        Assert.True(CommandRules.Take(command, new CommandReport(command.Id, CommandReportState.Done), null, null, null, Now));
        Assert.Equal((DisplayCommandState.Done, null), (command.State, command.Code));
    }

    [Fact]
    public void Waiting_command_expires_at_its_expiry()
    {
        var command = Command(DisplayCommandState.Queued);
        Assert.False(CommandRules.Pass(command, command.Expiry.AddTicks(-1)));
        Assert.True(CommandRules.Pass(command, command.Expiry));
        Assert.Equal(DisplayCommandState.Expired, command.State);
    }

    [Fact]
    public void Only_looking_and_finding_is_a_secretarys() =>
        Assert.Equal(
            [DeviceCommandKinds.Identify, DeviceCommandKinds.Screenshot],
            DeviceCommandKinds.All.Where(kind => CommandRules.RoleFor(kind) is OperatorRole.Secretary));
}
