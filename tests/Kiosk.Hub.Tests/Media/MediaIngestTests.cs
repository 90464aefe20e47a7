using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Media;

public class MediaIngestTests(ContentHub content) : IClassFixture<ContentHub>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Playable_video_is_kept_as_it_is_and_gets_a_low_rendition_and_a_thumbnail()
    {
        var media = await UploadAsync(Samples.Playable);

        Assert.Equal((MediaState.Ready, MediaKind.Video, 1280, 720), (media.State, media.Kind, media.Width!.Value, media.Height!.Value));
        Assert.InRange(media.DurationMs!.Value, 2900, 3100);
        var bytes = await content.Admin.Http.GetByteArrayAsync(media.Url, Cancel);
        Assert.Equal(media.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.True(bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8), "It does not start before it is complete.");
        Assert.NotEmpty(await content.Admin.Http.GetByteArrayAsync(media.ThumbnailUrl, Cancel));
        Assert.Equal(PacketsOf(Samples.Playable), PacketsOf(Samples.Write("served.mp4", bytes)));
    }

    [Fact]
    public async Task Foreign_video_is_transcoded_to_what_every_player_plays()
    {
        var media = await UploadAsync(Samples.Foreign);

        Assert.Equal(MediaState.Ready, media.State);
        var path = Samples.Write("transcoded.mp4", await content.Admin.Http.GetByteArrayAsync(media.Url, Cancel));
        using var probe = JsonDocument.Parse(Probe($"-show_streams -of json {path}"));
        var picture = probe.RootElement.GetProperty("streams")[0];
        Assert.Equal("h264", picture.GetProperty("codec_name").GetString());
        Assert.Equal("yuv420p", picture.GetProperty("pix_fmt").GetString());
        var (width, height) = (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32());
        Assert.True(width <= 1920 && height <= 1080 && width % 2 == 0 && height % 2 == 0, $"{width}×{height}");
        Assert.Equal("aac", probe.RootElement.GetProperty("streams")[1].GetProperty("codec_name").GetString());
    }

    [Fact]
    public async Task Video_recorded_upright_stands_upright()
    {
        var media = await UploadAsync(Samples.Turned);

        Assert.Equal((MediaState.Ready, 720, 1280), (media.State, media.Width!.Value, media.Height!.Value));
    }

    [Fact]
    public async Task Thumbnail_of_a_film_that_starts_black_is_not_black()
    {
        var media = await UploadAsync(Samples.BlackFirst);

        var path = Samples.Write("thumbnail.jpg", await content.Admin.Http.GetByteArrayAsync(media.ThumbnailUrl, Cancel));
        Assert.True(AverageBrightness(path) > 30);
    }

    [Theory]
    [InlineData("jpg", 3840, 2304)]
    [InlineData("png", 800, 600)]
    [InlineData("webp", 640, 480)]
    public async Task Picture_becomes_a_jpeg_of_screen_size(string kind, int width, int height)
    {
        var media = await UploadAsync(kind switch { "jpg" => Samples.Jpeg, "png" => Samples.Png, _ => Samples.WebP });

        Assert.Equal((MediaState.Ready, MediaKind.Image, width, height), (media.State, media.Kind, media.Width!.Value, media.Height!.Value));
        using var response = await content.Admin.Http.GetAsync(media.Url, Cancel);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(media.ThumbnailUrl);
    }

    [Theory]
    [InlineData(1, 400, 200)]
    [InlineData(3, 400, 200)]
    [InlineData(6, 200, 400)]
    [InlineData(8, 200, 400)]
    public async Task Picture_taken_with_a_turned_camera_stands_upright(int orientation, int width, int height)
    {
        var media = await UploadAsync(Samples.WithOrientation(orientation));

        Assert.Equal((width, height), (media.Width!.Value, media.Height!.Value));
    }

    [Fact]
    public async Task Transparent_picture_is_put_on_white()
    {
        var media = await UploadAsync(Samples.Transparent);

        var path = Samples.Write("flat.jpg", await content.Admin.Http.GetByteArrayAsync(media.Url, Cancel));
        Assert.True(AverageBrightness(path) > 225);
    }

    [Fact]
    public async Task Same_upload_twice_shares_its_files_until_the_last_is_deleted()
    {
        var path = Samples.Write("twice.png", [.. await File.ReadAllBytesAsync(Samples.Png, Cancel)]);
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var first = await HubApplication.UploadFileAsync(admin, hub.RootUnitId, path, "一", cancellationToken: Cancel);
        var files = hub.StoredFiles();
        var second = await HubApplication.UploadFileAsync(admin, hub.RootUnitId, path, "二", cancellationToken: Cancel);

        Assert.Equal(first.Sha256, second.Sha256);
        Assert.Equal(files, hub.StoredFiles());
        await admin.DeleteAsync($"/api/media/{first.Id}");
        Assert.NotEmpty(await admin.Http.GetByteArrayAsync(second.Url, Cancel));
        await admin.DeleteAsync($"/api/media/{second.Id}");
        await Eventually.TrueAsync(() => hub.StoredFiles().Count == 0, Cancel);
    }

    [Fact]
    public async Task File_is_served_in_ranges_with_an_etag_and_never_as_active_content()
    {
        var media = await UploadAsync(Samples.Playable);
        using var whole = await content.Admin.Http.GetAsync(media.Url, Cancel);
        var etag = whole.Headers.ETag!;

        Assert.Equal($"\"{media.Sha256}\"", etag.Tag);
        Assert.Contains("immutable", whole.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(whole.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(whole.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        using var part = await GetAsync(media.Url!, request => request.Headers.Range = new RangeHeaderValue(100, 199));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal((await whole.Content.ReadAsByteArrayAsync(Cancel))[100..200], await part.Content.ReadAsByteArrayAsync(Cancel));
        using var known = await GetAsync(media.Url!, request => request.Headers.IfNoneMatch.Add(etag));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var beyond = await GetAsync(media.Url!, request => request.Headers.Range = new RangeHeaderValue(1L << 40, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        using var unknown = await GetAsync("/media/" + new string('0', 64), _ => { });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var nobody = new HttpClient { BaseAddress = content.Hub.Address };
        using var refused = await nobody.GetAsync(media.Url, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Article_is_stored_without_anything_that_runs_or_leads_away()
    {
        const string markdown = "# 通知\n\n<script>alert(1)</script>\n\n[点这里](javascript:alert(1)) **今晚**\n\n![图](https://example.org/x.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        var media = await content.Admin.PostAsync<MediaSummary>("/api/articles", new ArticleInput(content.Hub.RootUnitId, "文章", markdown, Disclosure.Public));

        Assert.Equal((MediaState.Ready, MediaKind.Article), (media.State, media.Kind));
        var html = await content.Admin.Http.GetStringAsync(media.Url, Cancel);
        Assert.Contains("<h1>通知</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<td>2</td>", html, StringComparison.Ordinal);
        Assert.Contains("点这里", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        var changed = await content.Admin.PutAsync<MediaSummary>($"/api/articles/{media.Id}", new ArticleInput(content.Hub.RootUnitId, "新文章", "新的", Disclosure.Public));
        Assert.NotEqual(media.Sha256, changed.Sha256);
        Assert.Equal("新的", (await content.Admin.GetAsync<ArticleView>($"/api/articles/{media.Id}")).Markdown);
    }

    private Task<MediaSummary> UploadAsync(string path) => HubApplication.UploadFileAsync(content.Admin, content.Hub.RootUnitId, path, cancellationToken: Cancel);

    private async Task<HttpResponseMessage> GetAsync(string url, Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        prepare(request);
        return await content.Admin.Http.SendAsync(request, Cancel);
    }

    private static double AverageBrightness(string path)
    {
        var grey = Samples.Run($"-i {path} -vf scale=1:1,format=gray,signalstats,metadata=mode=print:file=- -f null -");
        return double.Parse(grey.Split('\n').First(line => line.Contains("YAVG", StringComparison.Ordinal)).Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string PacketsOf(string path) => Probe($"-select_streams v -show_entries stream=nb_frames,codec_name,profile -of csv {path}");

    private static string Probe(string arguments) => Samples.Run(arguments, "ffprobe");
}
