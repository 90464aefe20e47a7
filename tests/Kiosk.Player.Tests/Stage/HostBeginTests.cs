using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Stage;

public sealed class HostBeginTests
{
    /// <summary>Its start moves everywhere, so long before its time the panel asks first.</summary>
    [Theory]
    [InlineData(20, false)]
    [InlineData(90, true)]
    public async Task Beginning_long_before_its_time_is_asked_about_first(int startsInMinutes, bool asked)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        var now = TimeProvider.System.GetUtcNow();
        var meeting = new HostMeetingView(Guid.NewGuid(), "党员大会", false, now.AddMinutes(startsInMinutes), now.AddMinutes(startsInMinutes + 60), ["议题"], null, 0, 38, 0, null, null, null, false, null);
        var panel = new HostPanelView(HostStep.Menu, "李*国", null, false, null, null, now.AddMinutes(20), now.AddMinutes(21), meeting, [], null);
        await stage.ShowAsync(view => view with { Host = panel, CanHost = true });
        await stage.Page.ClickAsync("#host .body button");
        if (asked)
        {
            await stage.Page.WaitForSelectorAsync("#host .big");
            Assert.Contains("现在就开始这场会吗", await stage.Page.InnerTextAsync("#host"), StringComparison.Ordinal);
            Assert.DoesNotContain(stage.Player.Commands, command => command.Kind == HostCommandKind.Begin);
            await stage.Page.ClickAsync("#host .body button");
        }

        await Until.TrueAsync(() => stage.Player.Commands.Any(command => command.Kind == HostCommandKind.Begin), "begin");
    }
}
