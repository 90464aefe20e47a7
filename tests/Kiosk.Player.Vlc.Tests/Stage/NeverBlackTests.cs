using System.Diagnostics;
using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Stage;

/// <summary>
/// Two minutes of the screen, judged by ffmpeg's own blackdetect. On demand, for it takes its time:
/// <c>dotnet Kiosk.Player.Vlc.Tests.dll -class "*NeverBlackTests" -explicit only</c>; with KIOSK_PICTURES=folder the recording is kept.
/// </summary>
public sealed class NeverBlackTests
{
    [Theory(Explicit = true)]
    [InlineData(RendererKind.Vlc)]
    [InlineData(RendererKind.Browser)]
    public async Task No_frame_is_black_across_switches_notice_takeover_and_a_killed_renderer(RendererKind renderer)
    {
        await using var stage = await VlcHarness.StartAsync(renderer: renderer);
        stage.Player.Play(
            stage.Player.Item(PlaylistItemKind.Video, await TestMedia.VideoAsync(stage.Player, 6, 0), null),
            stage.Player.Item(PlaylistItemKind.Video, await TestMedia.VideoAsync(stage.Player, 5, 120), null),
            stage.Player.Item(PlaylistItemKind.Image, await TestMedia.ImageAsync(stage.Player), 4000),
            stage.Player.Item(PlaylistItemKind.Video, await Colours.ClipAsync(stage.Player, Colours.Red, 4, "480x720"), null) with { Fit = ItemFit.BlurFill });
        await Until.TrueAsync(() => stage.Events(StageEventKind.Started).Count >= 1, "the first clip", 40);

        var folder = Environment.GetEnvironmentVariable("KIOSK_PICTURES");
        var kept = folder is { Length: > 0 } ? FormattableString.Invariant($"-c:v libx264 -preset ultrafast -crf 30 -y {folder}/never-black-{renderer}.mkv") : "-f null -";
        using var recorder = Process.Start(new ProcessStartInfo("ffmpeg", FormattableString.Invariant(
            $"-hide_banner -nostats -f x11grab -draw_mouse 0 -framerate 25 -video_size 1280x720 -i {stage.Screen.Display} -t 120 -vf blackdetect=d=0.02:pic_th=0.98:pix_th=0.10 {kept}")) { RedirectStandardError = true })!;
        var said = recorder.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        (int Second, Action Do)[] evening =
        [
            (15, () => stage.Player.Show(v => v with { Tickers = [Views.Notice("通知", "今天下午三点在活动室集合，请相互转告。")] })),
            (30, () => stage.Player.Show(v => v with { Banner = Views.Notice("停水通知", "三号楼至七号楼今天 14:00 至 18:00 停水。") })),
            (45, () => stage.Player.Show(v => v with { Banner = null })),
            (50, () => stage.Player.Show(v => v with { Takeover = Views.Notice("紧急疏散", "请立即从最近的出口离开。") })),
            (58, () => stage.Player.Show(v => v with { Takeover = null })),
            (70, () => Kill(stage.RendererId())),
            (90, () => stage.Player.Show(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) })),
            (100, () => stage.Player.Show(v => v with { Meeting = null })),
        ];
        var began = Stopwatch.GetTimestamp();
        foreach (var (second, act) in evening)
        {
            await Task.Delay(Max(TimeSpan.FromSeconds(second) - Stopwatch.GetElapsedTime(began)), TestContext.Current.CancellationToken);
            act();
        }

        await recorder.WaitForExitAsync(TestContext.Current.CancellationToken);
        var black = (await said).Split('\n').Where(line => line.Contains("black_start", StringComparison.Ordinal)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{renderer}: {black.Count} black stretches; {stage.Events(StageEventKind.Started).Count} plays started, {stage.Events(StageEventKind.Ready).Count} renderers"));
        Assert.True(black.Count == 0, string.Join('\n', black));
        Assert.Equal(2, stage.Events(StageEventKind.Ready).Count);
        Assert.True(stage.Events(StageEventKind.Started).Count >= 12);
        Assert.Empty(stage.Events(StageEventKind.Failed));
    }

    private static TimeSpan Max(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill(entireProcessTree: true);
    }
}
