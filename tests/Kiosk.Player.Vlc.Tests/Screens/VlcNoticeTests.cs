using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Screens;

public sealed class VlcNoticeTests
{
    [Fact]
    public async Task Notices_lie_over_a_running_clip_and_are_reported_once_they_are_seen()
    {
        await using var stage = await VlcHarness.StartAsync();
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Video, await Colours.ClipAsync(stage.Player, Colours.Green, 60), null));
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green), "the clip", 30);

        var ticker = Views.Notice("通知", "今天下午三点在活动室集合，请相互转告。");
        stage.Player.Show(v => v with { Tickers = [ticker] });
        await stage.SeenAsync(s => s.Share(0, 680, 1280, 715, Tokens.Paper, 12) > 0.5 && s.Share(0, 680, 1280, 715, Tokens.Ink, 60) > 0.005, "the ticker");
        await Until.TrueAsync(() => Painted(stage, ticker), "the ticker is reported");

        var banner = Views.Notice("停水通知", "三号楼至七号楼今天停水。");
        stage.Player.Show(v => v with { Banner = banner });
        var shot = await stage.SeenAsync(s => s.IsNear(60, 560, Tokens.Red600) && s.Share(80, 500, 600, 600, Tokens.Ink, 60) > 0.01, "the banner");
        Assert.True(shot.IsNear(640, 300, Colours.Green), "the clip goes on above it");
        await Until.TrueAsync(() => Painted(stage, banner), "the banner is reported");

        var takeover = Views.Notice("紧急疏散", "请立即从最近的出口离开。") with { Urgency = NoticeUrgency.Urgent };
        stage.Player.Show(v => v with { Takeover = takeover });
        await stage.SeenAsync(s => s.Share(0, 0, 1280, 720, Tokens.Red800, 12) > 0.8 && s.Share(0, 0, 1280, 720, Tokens.White, 30) > 0.01, "the takeover covers all");
        await Until.TrueAsync(() => Painted(stage, takeover), "the takeover is reported");

        stage.Player.Show(v => v with { Takeover = null, Banner = null, Tickers = [] });
        await stage.SeenAsync(s => s.IsNear(640, 300, Colours.Green) && s.IsNear(60, 560, Colours.Green) && s.IsNear(640, 700, Colours.Green), "the clip alone again");
        Assert.All([ticker, banner, takeover], notice => Assert.Single(stage.Events(StageEventKind.NoticePainted), e => e.Id == notice.Id));
    }

    [Fact]
    public async Task Ticker_moves_evenly_while_the_rest_is_drawn()
    {
        await using var stage = await VlcHarness.StartAsync();
        stage.Player.Show(v => v with { Tickers = [Views.Notice("", string.Concat(Enumerable.Repeat("今天下午三点在活动室集合，请相互转告。", 8)))] });
        await stage.SeenAsync(s => s.Share(0, 680, 1280, 715, Tokens.Ink, 60) > 0.01, "the ticker");
        var before = await stage.Screen.GrabAsync();
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        var after = await stage.Screen.GrabAsync();
        // 120 px/s at 1080 lines are 80 at 720: the same letters further left. A grab takes a moment too.
        var moved = Enumerable.Range(40, 260).MinBy(shift => Difference(before, after, shift));
        TestContext.Current.TestOutputHelper?.WriteLine($"moved by {moved}");
        Assert.True(Difference(before, after, moved) < 6, "not the same letters");
        Assert.InRange(moved, 60, 260);
    }

    [Fact]
    public async Task Chinese_letters_are_letters_and_not_boxes()
    {
        // Every character its own picture: a face without them would draw the same box for all.
        var face = Fonts.Regular;
        Assert.Contains("CJK", face.FamilyName, StringComparison.Ordinal);
        await using var stage = await VlcHarness.StartAsync();
        async Task<byte[]> DrawnAsync(string name)
        {
            var shown = Views.Notice(name, "", "");
            stage.Player.Show(v => v with { Takeover = shown });
            await Until.TrueAsync(() => Painted(stage, shown), name);
            return [.. (await stage.Screen.GrabAsync()).Rgb];
        }

        var pictures = new List<byte[]>();
        foreach (var name in (string[])["党", "员", "欢", "迎"])
        {
            pictures.Add(await DrawnAsync(name));
        }

        Assert.Equal(4, pictures.DistinctBy(Convert.ToBase64String).Count());
    }

    private static bool Painted(VlcHarness stage, NoticeView notice) => stage.Events(StageEventKind.NoticePainted).Any(e => e.Id == notice.Id && e.Version == notice.Version);

    private static double Difference(Shot before, Shot after, int shift)
    {
        var (sum, count) = (0.0, 0);
        for (var y = 685; y < 715; y += 2)
        {
            for (var x = 500; x < 1270; x++)
            {
                sum += Math.Abs(before.At(x, y).G - after.At(x - shift, y).G);
                count++;
            }
        }

        return sum / count;
    }
}
