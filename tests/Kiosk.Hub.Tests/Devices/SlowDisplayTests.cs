using System.Diagnostics;
using Kiosk.Contracts.Feeds;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Devices;

public sealed class SlowDisplayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Display_that_stops_reading_delays_nobody_and_keeps_one_message_per_feed_until_it_is_cut()
    {
        await using var hub = await HubApplication.StartAsync(null, null, "--Hub:Devices:DrainLimit=00:00:03");
        await using var stalled = await hub.PairDisplayAsync(hub.DisplayInput("stalled"));
        await using var healthy = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput("healthy"));
        await using var raw = await RawDisplay.ConnectAsync(hub.Address, stalled.Token, Stop);
        await raw.HelloAsync(Stop);
        await Eventually.TrueAsync(() => hub.IsOnline(stalled.DisplayId), Stop);
        var key = FeedKeys.Revocations(hub.RootUnitId);

        // 30 KB each, far more than sockets and pipes hold; it does not read any of it.
        var most = 0;
        var slowest = TimeSpan.Zero;
        for (var i = 0u; i < 400 || hub.IsOnline(stalled.DisplayId); i++)
        {
            var started = Stopwatch.GetTimestamp();
            var version = await hub.PublishAsync(key, new RevocationsDocument(hub.RootUnitId, [.. Enumerable.Range(0, 4_000).Select(n => (uint)n + 1_000_000 + i)]));
            await healthy.UntilAsync(display => display.Feeds[key].Version >= version, Stop);
            var took = Stopwatch.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
            most = Math.Max(most, hub.WaitingFor(stalled.DisplayId));
            Assert.True(i < 20_000, "The stalled display was never cut.");
        }

        Assert.Equal(1, most);
        Assert.True(slowest < TimeSpan.FromSeconds(2), $"A healthy display waited {slowest}.");
        Assert.False(healthy.Closed.IsCompleted);
    }

    [Fact]
    public async Task Rubbish_on_the_wire_ends_that_connection_and_nothing_else()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var healthy = await hub.ConnectDisplayAsync(Stop);
        foreach (var rubbish in new[] { "{", "[]", "{\"type\":1,\"target\":\"Hello\"}", "\u0000\u0001", new string('x', 300_000) })
        {
            await using var raw = await RawDisplay.ConnectAsync(hub.Address, healthy.Token, Stop);
            await raw.SendTextAsync(rubbish, Stop);
            await raw.HelloAsync(Stop);
            while (await raw.ReadMessageAsync(Stop) is { } message && message["type"]!.GetValue<int>() is 1)
            {
            }
        }

        await healthy.HelloAsync(Stop);
        Assert.False(healthy.Closed.IsCompleted);
    }
}
