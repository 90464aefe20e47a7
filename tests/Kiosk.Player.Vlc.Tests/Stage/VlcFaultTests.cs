using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Stage;

public sealed class VlcFaultTests
{
    [Fact]
    public async Task Broken_clip_is_skipped_and_reported_with_a_code()
    {
        await using var stage = await VlcHarness.StartAsync();
        var broken = stage.Player.Item(PlaylistItemKind.Video, Colours.Broken(stage.Player), null);
        var missing = stage.Player.Item(PlaylistItemKind.Image, new string('0', 64), 2000);
        var silent = stage.Player.Item(PlaylistItemKind.Article, await Colours.PictureAsync(stage.Player, Colours.Blue), 2000);
        stage.Player.Play(
            stage.Player.Item(PlaylistItemKind.Image, await Colours.PictureAsync(stage.Player, Colours.Green), 1500), broken, missing, silent);

        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green), "the good picture");
        await Until.TrueAsync(() => stage.Events(StageEventKind.Failed).Count >= 6, "two rounds of what is broken", 40);
        Assert.Equal(["decode_error", "media_unavailable", "unsupported"], stage.Events(StageEventKind.Failed).Select(e => e.Code).Distinct().Order());
        // What is left plays on, round after round.
        Assert.True(stage.Events(StageEventKind.Started).Count >= 2);
        Assert.True((await stage.Screen.GrabAsync()).IsNear(640, 300, Colours.Green));
    }

    [Fact]
    public async Task Killed_renderer_is_back_on_the_right_item_within_ten_seconds_and_nothing_is_black_meanwhile()
    {
        await using var stage = await VlcHarness.StartAsync();
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Video, await Colours.ClipAsync(stage.Player, Colours.Red, 60), null));
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Red), "the clip", 30);
        var first = stage.RendererId();

        await using var recording = stage.Screen.Record();
        var began = TimeProvider.System.GetTimestamp();
        using (var renderer = System.Diagnostics.Process.GetProcessById(first))
        {
            renderer.Kill();
        }

        await Until.TrueAsync(() => stage.Events(StageEventKind.Ready).Count >= 2, "a new renderer", 10);
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Red), "the same clip again", 10);
        var back = TimeProvider.System.GetElapsedTime(began);
        var shots = await recording.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"back after {back.TotalSeconds:F1} s"));
        Assert.True(back < TimeSpan.FromSeconds(10), $"back only after {back}");
        Assert.NotEqual(first, stage.RendererId());
        Assert.DoesNotContain(shots, s => s.Brightness < 25);
        // The picture is there before the word of it.
        await Until.TrueAsync(() => stage.Events(StageEventKind.Started) is [.., var last] && last.Id == stage.Player.View.Playback.Current!.PlayId, "the word that the same play goes on", 10);
    }

    [Fact]
    public async Task Renderer_that_hangs_is_started_again()
    {
        await using var stage = await VlcHarness.StartAsync();
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Image, await Colours.PictureAsync(stage.Player, Colours.Blue), 60_000));
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Blue), "the picture");
        var first = stage.RendererId();
        await TestMedia.RunAsync("kill", FormattableString.Invariant($"-STOP {first}"));

        await Until.TrueAsync(() => stage.Events(StageEventKind.Ready).Count >= 2, "a new renderer", 30);
        Assert.NotEqual(first, stage.RendererId());
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Blue), "the picture again");
    }
}
