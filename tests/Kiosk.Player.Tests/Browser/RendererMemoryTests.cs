using System.Diagnostics;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Kiosk.Player.Tests.Browser;

public sealed class RendererMemoryTests
{
    [Fact]
    public void Memory_of_a_process_counts_what_it_has_started()
    {
        // A shell whose child holds 200 MB.
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "head -c 200000000 /dev/zero | tail | sleep 20; true"]))!;
        try
        {
            var own = RendererMemory.Of(Environment.ProcessId);
            Assert.InRange(own, 20, 5000);
            Assert.True(SpinWait.SpinUntil(() => RendererMemory.Of(shell.Id) >= 150, TimeSpan.FromSeconds(15)), "the child's memory is counted");
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }

        Assert.Equal(0, RendererMemory.Of(int.MaxValue));
        Assert.InRange(RendererMemory.DefaultLimitMb, 1024, 3072);
    }

    [Fact]
    public void Process_that_hides_its_maps_counts_by_what_everybody_may_read() =>
        Assert.Equal(51852 + 484, RendererMemory.UnsharedKilobytes("Name:\tchromium\nVmRSS:\t  160000 kB\nRssAnon:\t   51852 kB\nRssFile:\t  107856 kB\nRssShmem:\t     484 kB\n"));

    [Fact]
    public async Task Page_that_eats_memory_is_left_out_and_the_renderer_comes_back_with_what_follows()
    {
        await using var site = await WebSite.StartAsync(app => app.MapGet("/greedy", () => WebSite.Page(
            "#3a7", "const kept = []; setInterval(() => { const part = new Uint8Array(40e6); for (let i = 0; i < part.length; i += 1024) part[i] = i; kept.push(part); }, 100);")));
        var player = new FakePlayer();
        var image = await TestMedia.ImageAsync(player);
        player.Play(FakePlayer.Item(PlaylistItemKind.WebPage, site["/greedy"], 600_000), player.Item(PlaylistItemKind.Image, image, 600_000));
        await using var kiosk = await HeadlessKiosk.StartAsync(player: player, memoryMb: 1200);
        await Until.TrueAsync(() => player.Events.Any(e => e is { Kind: StageEventKind.Failed, Code: "page_memory" }), "the page is blamed", 60);
        var told = TimeProvider.System.GetTimestamp();
        var before = player.Events.Count(e => e.Kind is StageEventKind.Ready);
        await Until.TrueAsync(() => player.Events.Count(e => e.Kind is StageEventKind.Ready) > before, "a new page is up", 30);
        TestContext.Current.TestOutputHelper?.WriteLine($"back after {TimeProvider.System.GetElapsedTime(told).TotalSeconds:0.0} s");
    }
}
