using System.Diagnostics;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Stage;

/// <summary>Cameras and RTP, which LibVLC as Debian builds it does not open: handed on by the player.</summary>
public sealed class VlcRelayTests
{
    private const string Green = "color=c=0x20A040:s=640x360:r=15";

    [Theory]
    [InlineData("libx264 -preset ultrafast -tune zerolatency", "-c:a aac", false, "tcp")]
    [InlineData("libx265 -preset ultrafast -tune zerolatency -x265-params log-level=none", null, false, "tcp")]
    [InlineData("libx264 -preset ultrafast -tune zerolatency", "-c:a pcm_alaw -ar 8000", true, "udp")]
    public async Task Camera_plays_with_its_login_and_is_let_go_when_its_time_is_over(string codec, string? sound, bool udpOnly, string transport)
    {
        await using var camera = await RtspServer.StartAsync(Green, codec, sound);
        (camera.Login, camera.UdpOnly) = ("viewer:p@s's %41", udpOnly);
        await using var stage = await VlcHarness.StartAsync();
        var picture = await Colours.PictureAsync(stage.Player, Colours.Blue);
        stage.Player.Show(v => v with { Playback = new PlaybackView(Camera(camera.Address("viewer:p%40s%27s%20%2541")), null, "schedule", null) });

        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green), "the camera", 30);
        await Until.TrueAsync(() => stage.Events(StageEventKind.Started).Count == 1, "told");
        Assert.Equal(transport, Assert.Single(camera.Transports));

        stage.Player.Show(v => v with { Playback = new PlaybackView(stage.Player.Item(PlaylistItemKind.Image, picture, 600_000), null, "schedule", null) });
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Blue), "the picture that follows");
        var began = Stopwatch.GetTimestamp();
        await Until.TrueAsync(() => camera.Watching == 0, "the camera is let go");
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"let go after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms"));
        Assert.Empty(stage.Events(StageEventKind.Failed));
    }

    [Fact]
    public async Task Camera_that_dies_gives_way_and_is_back_when_it_is_and_nothing_is_black()
    {
        await using var camera = await RtspServer.StartAsync(Green);
        await using var stage = await VlcHarness.StartAsync();
        var picture = await Colours.PictureAsync(stage.Player, Colours.Blue);
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Image, picture, 2000), Camera(camera.Address()));
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Blue), "the picture", 20);
        await using var recording = stage.Screen.Record();
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green), "the camera", 30);

        camera.Die();
        var began = Stopwatch.GetTimestamp();
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Blue), "the picture takes over", 20);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"given way after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
        await Until.TrueAsync(() => stage.Events(StageEventKind.Failed).Count >= 2, "it is tried again in vain", 30);
        Assert.All(stage.Events(StageEventKind.Failed), failed => Assert.Contains(failed.Code, (string[])["stream_lost", "stalled"]));

        camera.Open();
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green), "the camera is back", 30);
        Assert.All(await recording.StopAsync(), shot => Assert.True(shot.Brightness > 30));
    }

    [Fact]
    public async Task Camera_that_falls_silent_has_stalled_and_is_let_go()
    {
        await using var camera = await RtspServer.StartAsync(Green);
        await using var stage = await VlcHarness.StartAsync();
        var item = Camera(camera.Address());
        stage.Player.Show(v => v with { Playback = new PlaybackView(item, null, "schedule", null) });
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green), "the camera", 30);

        camera.Silent = true;
        await Until.TrueAsync(() => stage.Events(StageEventKind.Failed).Any(e => e.Id == item.PlayId), "the silence is noticed", 20);
        Assert.Equal("stalled", stage.Events(StageEventKind.Failed)[0].Code);
        await Until.TrueAsync(() => camera.Watching == 0, "the camera is let go");
    }

    [Fact]
    public async Task Renderer_that_is_killed_takes_the_relay_with_it()
    {
        await using var camera = await RtspServer.StartAsync(Green);
        await using var stage = await VlcHarness.StartAsync();
        stage.Player.Show(v => v with { Playback = new PlaybackView(Camera(camera.Address()), null, "schedule", null) });
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green), "the camera", 30);

        using (var renderer = Process.GetProcessById(stage.RendererId()))
        {
            renderer.Kill();
        }

        // The next renderer opens it again, and by then the first one's is gone.
        await Until.TrueAsync(() => camera.Transports.Count == 2, "it is opened again", 20);
        await Until.TrueAsync(() => camera.Watching == 1, "once");
    }

    [Fact]
    public async Task Camera_that_is_let_go_before_it_sends_is_let_go_too()
    {
        await using var camera = await RtspServer.StartAsync(Green);
        camera.Silent = true;
        await using var stage = await VlcHarness.StartAsync();
        stage.Player.Show(v => v with { Playback = new PlaybackView(Camera(camera.Address()), null, "schedule", null) });
        await Until.TrueAsync(() => camera.Watching == 1, "it is opened", 20);

        stage.Player.Show(v => v with { Playback = PlaybackView.Splash });
        await Until.TrueAsync(() => camera.Watching == 0, "the camera is let go");
        Assert.Empty(stage.Events(StageEventKind.Failed));
    }

    [Fact]
    public async Task Wrong_password_has_a_code_of_its_own()
    {
        await using var camera = await RtspServer.StartAsync(Green);
        camera.Login = "viewer:right";
        await using var stage = await VlcHarness.StartAsync();
        var item = Camera(camera.Address("viewer:secret-wrong"));
        stage.Player.Show(v => v with { Playback = new PlaybackView(item, null, "schedule", null) });

        await Until.TrueAsync(() => stage.Events(StageEventKind.Failed).Any(e => e.Id == item.PlayId), "told", 25);
        Assert.Equal("stream_login", stage.Events(StageEventKind.Failed)[0].Code);
        Assert.Equal(0, camera.Watching);
    }

    private static StageItem Camera(string address, long durationMs = 600_000) => new(
        Guid.NewGuid(), Guid.NewGuid(), PlaylistItemKind.Stream, "摄像头", null, "", durationMs, ItemFit.Contain, StreamAddress.WithoutLogin(address))
    {
        Source = new StreamSource(address),
    };
}
