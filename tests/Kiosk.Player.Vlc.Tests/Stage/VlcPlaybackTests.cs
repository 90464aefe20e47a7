using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Stage;

public sealed class VlcPlaybackTests
{
    [Fact]
    public async Task Clips_and_a_picture_in_turn_never_show_anything_else()
    {
        await using var stage = await VlcHarness.StartAsync();
        stage.Player.Play(
            stage.Player.Item(PlaylistItemKind.Video, await Colours.ClipAsync(stage.Player, Colours.Red, 2), null),
            stage.Player.Item(PlaylistItemKind.Video, await Colours.ClipAsync(stage.Player, Colours.Green, 2), null),
            stage.Player.Item(PlaylistItemKind.Image, await Colours.PictureAsync(stage.Player, Colours.Blue), 1500));
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Red), "the first clip", 30);

        await using var recording = stage.Screen.Record(60);
        await Until.TrueAsync(() => stage.Events(StageEventKind.Started).Count >= 7, "two rounds", 40);
        var shots = await recording.StopAsync();
        // Below the clock chip, above the ticker.
        var strange = shots.Where(s => !((uint[])[Colours.Red, Colours.Green, Colours.Blue]).Any(c => s.IsNear(16, 9, c, 40))).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{shots.Count} pictures, {strange.Count} of none of the three: {string.Join(' ', strange.Take(20).Select(s => s.At(16, 9)))}");
        Assert.True(strange.Count == 0, "something else was seen");
        Assert.Empty(stage.Events(StageEventKind.Failed));
        var started = stage.Events(StageEventKind.Started).Select(e => e.Id).ToList();
        var ended = stage.Events(StageEventKind.Ended).Select(e => e.Id).ToList();
        Assert.Equal(started.Take(ended.Count), ended);
        Assert.All(stage.Events(StageEventKind.Ended), e => Assert.Null(e.Code));
    }
}
