using System.Diagnostics;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

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

    [Fact]
    public async Task Only_parts_of_the_stream_that_shows_are_fetched()
    {
        await using var parts = await WebSite.StartAsync(app => app.MapGet("/{**path}", (string path) => Results.Text("part " + path)));
        await using var stranger = await WebSite.StartAsync(app => app.MapGet("/{**path}", () => Results.Text("secret")));
        await using var site = await WebSite.StartAsync(app =>
        {
            app.MapGet("/live.m3u8", () => Results.Text($"#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"{parts["/key"]}\"\n#EXTINF:1,\nnear.ts\n"));
            app.MapGet("/near.ts", () => Results.Text("near"));
            app.MapGet("/fat.m3u8", () => Results.Text("#EXTM3U\n" + new string('#', 3 << 20)));
            app.MapGet("/fat.ts", () => Results.Bytes(new byte[(64 << 20) + 1]));
        });
        await using var stage = await StageHarness.StartAsync();
        using var client = await stage.ClientAsync();
        async Task<(int Status, string Body)> GetAsync(Uri address)
        {
            using var answer = await client.GetAsync(new Uri($"/live?address={Uri.EscapeDataString(address.ToString())}", UriKind.Relative), TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal((404, """{"code":"live_not_wanted"}"""), await GetAsync(site["/live.m3u8"]));
        stage.Player.Play(FakePlayer.Item(PlaylistItemKind.Stream, site["/live.m3u8"], null));
        Assert.Equal((403, """{"code":"live_not_named"}"""), await GetAsync(parts["/key"]));
        Assert.Equal(200, (await GetAsync(site["/live.m3u8"])).Status);
        Assert.Equal((200, "near"), await GetAsync(site["/near.ts"]));
        Assert.Equal((200, "part key"), await GetAsync(parts["/key"]));
        Assert.Equal((403, """{"code":"live_not_named"}"""), await GetAsync(stranger["/"]));
        Assert.Equal(0, stranger.Asked("/"));
        Assert.Equal((502, """{"code":"live_too_large"}"""), await GetAsync(site["/fat.m3u8"]));
        Assert.Equal((502, """{"code":"live_too_large"}"""), await GetAsync(site["/fat.ts"]));

        // Another stream: what the one before was told does not count for it.
        stage.Player.Play(FakePlayer.Item(PlaylistItemKind.Stream, site["/other.m3u8"], null));
        Assert.Equal(403, (await GetAsync(parts["/key"])).Status);
    }
}
