using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Media;

public sealed class ThrottleTests
{
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_together_stay_within_the_cap()
    {
        var throttle = new Throttle(1_000_000, time);
        long spent = 0;
        async Task Download()
        {
            while (true)
            {
                await throttle.SpendAsync(throttle.Portion(128 * 1024), Ct);
                Interlocked.Add(ref spent, throttle.Portion(128 * 1024));
            }
        }

        var downloads = Enumerable.Range(0, 4).Select(_ => Download()).ToList();
        for (var tenth = 1; tenth <= 100; tenth++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            var least = (tenth - 1) * 100_000 - 2 * throttle.Portion(128 * 1024);
            await Until.TrueAsync(() => Interlocked.Read(ref spent) >= least, $"{least} bytes after {tenth} tenths of a second");
            Assert.True(Interlocked.Read(ref spent) <= tenth * 100_000 + 1, $"{spent} bytes after {tenth} tenths of a second");
        }

        Assert.DoesNotContain(downloads, d => d.IsFaulted);
    }

    [Fact]
    public async Task Cap_that_is_lifted_or_set_applies_to_those_who_wait()
    {
        var throttle = new Throttle(1_000, time);
        var waiting = throttle.SpendAsync(1_000_000, Ct).AsTask();
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(waiting.IsCompleted); // a quarter of an hour to go
        throttle.BytesPerSecond = null;
        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return waiting.IsCompleted;
            },
            "the end of the cap");

        await throttle.SpendAsync(1_000_000, Ct);
        throttle.BytesPerSecond = 1_000;
        Assert.False(throttle.SpendAsync(2_000, Ct).AsTask().IsCompleted);
    }

    [Fact]
    public void Idle_time_is_not_saved_up_for_a_burst()
    {
        var throttle = new Throttle(1_000, time);
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(throttle.SpendAsync(1_000, Ct).AsTask().IsCompleted);
    }

    [Fact]
    public void Portions_suit_the_cap()
    {
        Assert.Equal(262_144, new Throttle(null, time).Portion(262_144));
        Assert.Equal(12_500, new Throttle(100_000, time).Portion(262_144));
        Assert.Equal(2_048, new Throttle(8_000, time).Portion(262_144));
    }
}
