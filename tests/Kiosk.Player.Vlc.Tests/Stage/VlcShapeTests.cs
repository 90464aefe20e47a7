using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Stage;

public sealed class VlcShapeTests
{
    [Theory]
    [InlineData(ItemFit.Contain)]
    [InlineData(ItemFit.Cover)]
    [InlineData(ItemFit.BlurFill)]
    public async Task Odd_shapes_keep_theirs_and_what_they_leave_is_never_black(ItemFit fit)
    {
        await using var stage = await VlcHarness.StartAsync();
        var clip = await Colours.ClipAsync(stage.Player, Colours.Red, 30, "480x720");
        var picture = await Colours.PictureAsync(stage.Player, Colours.Red, "480x720");
        foreach (var item in (StageItem[])[stage.Player.Item(PlaylistItemKind.Video, clip, null), stage.Player.Item(PlaylistItemKind.Image, picture, 60_000)])
        {
            var fitted = item with { Fit = fit };
            stage.Player.Show(v => v with { Playback = new PlaybackView(fitted, null, "schedule", null) });
            await Until.TrueAsync(() => stage.Events(StageEventKind.Started).Any(e => e.Id == item.PlayId), "it starts", 20);
            // 480 × 720 on 1280 × 720: bars left and right of 400 points each.
            var shot = await stage.SeenAsync(
                s => s.IsNear(640, 360, Colours.Red) && fit switch
                {
                    ItemFit.Contain => s.IsNear(150, 360, Tokens.Stone700) && s.IsNear(1130, 500, Tokens.Stone700),
                    ItemFit.Cover => s.IsNear(20, 360, Colours.Red) && s.IsNear(1260, 500, Colours.Red),
                    // The same red, darker.
                    _ => s.At(150, 360) is ({ } r, { } g, { } b) && r is > 70 and < 170 && g < 60 && b < 60,
                },
                $"{item.Kind} {fit}");
            Assert.True(shot.IsNear(500, 360, Colours.Red));
        }
    }

    [Fact]
    public async Task Portrait_display_on_a_screen_that_lies_is_turned()
    {
        await using var stage = await VlcHarness.StartAsync();
        // Red above, blue below: on the lying screen the top is at the right.
        var clip = await Colours.SplitClipAsync(stage.Player, Colours.Red, Colours.Blue, "720x1280");
        var item = stage.Player.Item(PlaylistItemKind.Video, clip, null);
        stage.Player.Show(v => v with { Orientation = Contracts.Orientation.Portrait, Playback = new PlaybackView(item, null, "schedule", null) });
        await stage.SeenAsync(s => s.IsNear(960, 300, Colours.Red) && s.IsNear(320, 300, Colours.Blue), "the clip, turned", 20);

        var picture = await Colours.SplitPictureAsync(stage.Player, Colours.Green, Colours.Yellow, "720x1280");
        stage.Player.Show(v => v with { Playback = new PlaybackView(stage.Player.Item(PlaylistItemKind.Image, picture, 60_000), null, "schedule", null) });
        await stage.SeenAsync(s => s.IsNear(960, 300, Colours.Green) && s.IsNear(320, 300, Colours.Yellow), "the picture, turned");
        // The band of the ticker is the stage's lower edge: the screen's left one.
        stage.Player.Show(v => v with { Tickers = [Views.Notice("通知", "今天下午三点在活动室集合，请相互转告。")] });
        await stage.SeenAsync(s => s.Share(2, 2, 30, 700, Tokens.Paper, 12) > 0.5, "the ticker at the left edge");
        await stage.KeepAsync("turned");
    }
}
