using Kiosk.Player.Browser;

namespace Kiosk.Player.Tests.Browser;

public sealed class RendererSignsTests
{
    [Theory]
    [InlineData(29, null, null, "Fine")]
    [InlineData(30, null, null, "Silent")]
    [InlineData(60, 51, null, "Fine")]
    [InlineData(60, 50, null, "Hung")]
    [InlineData(60, 59, 59, "Fine")]
    [InlineData(60, 58, 58, "Gone")]
    public void Signs_are_judged_by_limits(int now, int? lastBeat, int? goneSince, string verdict) =>
        Assert.Equal(verdict, new RendererSigns(0, lastBeat, goneSince).Judge(now, frequency: 1).ToString());

    [Fact]
    public void Browser_that_keeps_ending_is_started_ever_more_slowly()
    {
        var waits = Enumerable.Range(0, 9).Select(n => RendererSupervisor.WaitBefore(n).TotalSeconds).ToList();
        Assert.Equal([0, 0, 1, 2, 5, 10, 30, 30, 30], waits);
    }
}
