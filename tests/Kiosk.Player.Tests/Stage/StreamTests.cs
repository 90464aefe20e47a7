using System.Diagnostics;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Stage;

public sealed class StreamTests
{
    private const string Frame = "() => { const v = [...document.querySelectorAll('#playback video')].pop(); return v?.currentTime ?? 0; }";

    [Fact]
    public async Task Live_stream_plays_follows_a_picture_and_is_given_up_when_it_dies()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-stream-").FullName;
        using var sender = Process.Start(new ProcessStartInfo("ffmpeg",
            $"-v error -re -f lavfi -i testsrc2=s=640x360:r=25 -f lavfi -i sine=f=440 -c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g 25 -c:a aac -f hls -hls_time 1 -hls_list_size 5 -hls_flags delete_segments {folder}/live.m3u8"))!;
        try
        {
            await Until.TrueAsync(() => File.Exists(Path.Combine(folder, "live.m3u8")), "the stream begins", 20);
            await using var site = await WebSite.StartAsync(files: folder);
            await using var stage = await StageHarness.StartAsync();
            var image = await TestMedia.ImageAsync(stage.Player);
            stage.Player.Play(stage.Player.Item(PlaylistItemKind.Image, image, 1500), FakePlayer.Item(PlaylistItemKind.Stream, site["/files/live.m3u8"], null));
            await stage.OpenAsync();
            await Until.TrueAsync(() => stage.Player.Events.Count(e => e.Kind is StageEventKind.Started) >= 2, "the stream shows", 30);
            var first = await stage.Page.EvaluateAsync<double>(Frame);
            await stage.Page.WaitForFunctionAsync($"at => ({Frame})() > at + 3", first);
            Assert.DoesNotContain(stage.Player.Events, e => e.Kind is StageEventKind.Failed);

            sender.Kill();
            await Until.TrueAsync(() => stage.Player.Events.Any(e => e.Kind is StageEventKind.Failed), "it is given up", 40);
            Assert.Contains(stage.Player.Events.First(e => e.Kind is StageEventKind.Failed).Code, (string[])["stalled", "stream_lost"]);
            await Until.TrueAsync(() => stage.Player.Events.Count(e => e.Kind is StageEventKind.Started) >= 3, "the picture follows", 20);
        }
        finally
        {
            if (!sender.HasExited)
            {
                sender.Kill();
            }

            await sender.WaitForExitAsync(TestContext.Current.CancellationToken);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Stream_that_is_not_there_is_told_and_skipped()
    {
        await using var stage = await StageHarness.StartAsync();
        var image = await TestMedia.ImageAsync(stage.Player);
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Image, image, 1000), FakePlayer.Item(PlaylistItemKind.Stream, new Uri("http://localhost:9/live.m3u8"), 5000), stage.Player.Item(PlaylistItemKind.Image, image, 1000));
        await stage.OpenAsync();
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e is { Kind: StageEventKind.Failed, Code: "stream_lost" }), "told", 40);
        await Until.TrueAsync(() => stage.Player.Events.Count(e => e.Kind is StageEventKind.Started) >= 3, "playback goes on", 20);
    }
}
