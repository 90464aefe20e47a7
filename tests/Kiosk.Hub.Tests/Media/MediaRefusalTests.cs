using System.Text;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Media;

public sealed class MediaRefusalTests(ContentHub content) : IClassFixture<ContentHub>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    public static TheoryData<string, string> WrongFiles => new()
    {
        { "program.mp4", "media_type_unsupported" },
        { "drawing.jpg", "media_type_unsupported" },
        { "page.mp4", "media_type_unsupported" },
        { "paper.mp4", "media_type_unsupported" },
        { "noise.mp4", "media_type_unsupported" },
        { "truncated", "media_truncated" },
        { "truncated-index", "media_truncated" },
        { "truncated-jpeg", "media_truncated" },
        { "truncated-png", "media_truncated" },
        { "truncated-webp", "media_truncated" },
        { "truncated-header", "media_truncated" },
        { "one-frame", "media_too_short" },
        { "sound-only", "media_no_picture" },
        { "gif", "media_animated" },
        { "heic", "media_heif" },
        { "bomb", "media_too_many_pixels" },
        { "playlist", "media_type_unsupported" },
        { "damaged", "media_damaged" },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public async Task Upload_of_what_cannot_be_played_fails_with_a_code_and_a_sentence(string which, string code)
    {
        var media = await HubApplication.UploadFileAsync(content.Admin, content.Hub.RootUnitId, File(which), $"{which} 🎬.mp4", cancellationToken: Cancel);

        Assert.Equal(MediaState.Failed, media.State);
        Assert.Equal(code, media.FailureCode);
        Assert.EndsWith(".", media.Failure, StringComparison.Ordinal);
        Assert.Null(media.Url);
        var chinese = await content.Admin.GetAsync<MediaSummary>($"/api/media/{media.Id}?lang=zh-CN");
        Assert.EndsWith("。", chinese.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain(content.Hub.UnfinishedFiles(), path => path.Contains(media.Id.ToString("N"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Empty_upload_is_refused_at_once()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => HubApplication.UploadAsync(content.Admin, content.Hub.RootUnitId, new MemoryStream(), "empty.mp4", cancellationToken: Cancel));

        Assert.Equal("media_empty", refused.Code);
        Assert.Equal(422, (int)refused.Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public async Task Name_that_is_missing_or_endless_is_refused_with_a_sentence(int length)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => HubApplication.UploadAsync(
            content.Admin, content.Hub.RootUnitId, new MemoryStream([1, 2, 3]), new string('长', length), cancellationToken: Cancel));

        Assert.Equal("invalid_input", refused.Code);
        Assert.NotEmpty(refused.Sentence);
    }

    private static string File(string which) => which switch
    {
        "program.mp4" => Samples.Write(which, [.. "MZ"u8, .. new byte[4000]]),
        "drawing.jpg" => Samples.Write(which, "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray()),
        "page.mp4" => Samples.Write(which, "<!DOCTYPE html><html><script>alert(1)</script></html>"u8.ToArray()),
        "paper.mp4" => Samples.Write(which, "%PDF-1.7 and more"u8.ToArray()),
        "noise.mp4" => Samples.Write(which, [.. Enumerable.Range(0, 9000).Select(i => (byte)((i * 7919) >> 3))]),
        "playlist" => Samples.Write(which, Encoding.UTF8.GetBytes("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")),
        "truncated" => Samples.Cut(Samples.Playable, 0.6),
        "truncated-index" => Samples.Cut(Samples.BlackFirst, 0.7),
        "truncated-jpeg" => Samples.Cut(Samples.Jpeg, 0.5),
        "truncated-png" => Samples.Cut(Samples.Png, 0.5),
        "truncated-webp" => Samples.Cut(Samples.WebP, 0.5),
        "truncated-header" => Samples.Write(which, [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A]),
        "one-frame" => Samples.OneFrame,
        "sound-only" => Samples.SoundOnly,
        "gif" => Samples.Gif,
        "heic" => Samples.Write(which, [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[200]]),
        "bomb" => Samples.Bomb(),
        "damaged" => Samples.Write(which, [0x1A, 0x45, 0xDF, 0xA3, .. Enumerable.Range(0, 9000).Select(i => (byte)((i * 7919) >> 3))]),
        _ => throw new ArgumentOutOfRangeException(nameof(which)),
    };
}
