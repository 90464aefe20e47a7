using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Stage;

public sealed class VlcStreamTests
{
    [Fact]
    public async Task Hls_plays_as_long_as_it_is_good_and_is_reported_when_it_dies()
    {
        await using var stage = await VlcHarness.StartAsync();
        await using var source = LiveSource.Hls(Colours.Green);
        await source.ReadyAsync();
        var picture = await Colours.PictureAsync(stage.Player, Colours.Blue);
        stage.Player.Play(Stream(source.Address, 5000), stage.Player.Item(PlaylistItemKind.Image, picture, 1500));

        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green), "the stream", 30);
        // Its time over, it goes on like any other item, and comes again.
        await Until.TrueAsync(() => stage.Events(StageEventKind.Started).Count >= 3, "the stream again", 40);
        Assert.Empty(stage.Events(StageEventKind.Failed));

        await source.DieAsync();
        await Until.TrueAsync(() => stage.Events(StageEventKind.Failed).Count >= 1, "the loss is reported", 60);
        Assert.Contains(stage.Events(StageEventKind.Failed)[0].Code, (string[])["stalled", "stream_lost"]);
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Blue), "the picture that follows", 30);
    }

    [Theory]
    [InlineData("rtp://239.255.42.{0}:{1}?localaddr=127.0.0.1", "-f rtp_mpegts rtp://239.255.42.{0}:{1}?localaddr=127.0.0.1&pkt_size=1316&ttl=0")]
    [InlineData("udp://@239.255.42.{0}:{1}", "-f mpegts udp://239.255.42.{0}:{1}?localaddr=127.0.0.1&pkt_size=1316&ttl=0")]
    public async Task Multicast_plays_and_a_silent_source_is_noticed(string address, string output)
    {
        var port = FreePort();
        var group = Random.Shared.Next(1, 250);
        await using var stage = await VlcHarness.StartAsync();
        await using var source = LiveSource.To(Colours.Yellow, string.Format(System.Globalization.CultureInfo.InvariantCulture, output, group, port));
        var item = Stream(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, group, port), 600_000);
        stage.Player.Show(v => v with { Playback = new PlaybackView(item, null, "schedule", null) });
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Yellow), "the stream", 30);
        Assert.Contains(stage.Events(StageEventKind.Started), e => e.Id == item.PlayId);

        await source.DieAsync();
        var began = Stopwatch.GetTimestamp();
        await Until.TrueAsync(() => stage.Events(StageEventKind.Failed).Any(e => e.Id == item.PlayId), "the silence is noticed", 20);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{stage.Events(StageEventKind.Failed)[0].Code} after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
        Assert.Contains(stage.Events(StageEventKind.Failed)[0].Code, (string[])["stalled", "stream_lost"]);
    }

    [Fact]
    public async Task Stream_nobody_sends_is_reported_and_skipped()
    {
        await using var stage = await VlcHarness.StartAsync();
        var item = Stream($"http://127.0.0.1:{FreePort()}/nothing.m3u8", 600_000);
        stage.Player.Show(v => v with { Playback = new PlaybackView(item, null, "schedule", null) });
        await Until.TrueAsync(() => stage.Events(StageEventKind.Failed).Any(e => e.Id == item.PlayId), "it is reported", 25);
    }

    private static StageItem Stream(string address, long durationMs) => new(
        Guid.NewGuid(), Guid.NewGuid(), PlaylistItemKind.Stream, "直播", null, "", durationMs, ItemFit.Contain, address);

    private static int FreePort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port & ~1;
    }
}
