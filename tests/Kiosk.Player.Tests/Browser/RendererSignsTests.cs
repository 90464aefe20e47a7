using Kiosk.Player.Browser;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Tests.Browser;

public sealed class RendererSignsTests
{
    [Theory]
    [InlineData(29, null, null, "Fine")]
    [InlineData(30, null, null, "Silent")]
    [InlineData(60, 55, null, "Fine")]
    [InlineData(60, 54, null, "Hung")]
    [InlineData(60, 59, 59, "Fine")]
    [InlineData(60, 58, 58, "Gone")]
    public void Signs_are_judged_by_limits(int now, int? lastBeat, int? goneSince, string verdict) =>
        Assert.Equal(verdict, new RendererSigns(0, lastBeat, goneSince).Judge(now, frequency: 1).ToString());

    [Fact]
    public void Start_that_was_too_slow_is_given_longer_the_next_time()
    {
        var time = new FakeTimeProvider();
        time.Advance(TimeSpan.FromHours(1));
        var pulse = new RendererPulse(time);
        Assert.Equal([30, 60, 120, 120], Enumerable.Range(0, 4).Select(_ => SilentAfter()));
        pulse.Started();
        pulse.Beat();
        Assert.Equal(30, SilentAfter());

        int SilentAfter()
        {
            pulse.Started();
            for (var seconds = 0; ; seconds++, time.Advance(TimeSpan.FromSeconds(1)))
            {
                if (pulse.Judge() is RendererVerdict.Silent)
                {
                    return seconds;
                }
            }
        }
    }

    [Fact]
    public void Browser_that_keeps_ending_is_started_ever_more_slowly()
    {
        var waits = Enumerable.Range(0, 9).Select(n => RendererSupervisor.WaitBefore(n).TotalSeconds).ToList();
        Assert.Equal([0, 0, 0, 1, 2, 3, 4, 4, 4], waits);
    }
}
