using System.Net;
using System.Net.Http.Headers;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Media;

public sealed class UploadTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preparation_goes_on_after_a_restart_in_its_middle()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-restart-").FullName;
        try
        {
            Guid id;
            await using (var before = await HubApplication.StartAsync(dataFolder: folder))
            {
                using var admin = await before.SignInAsync();
                await using var file = File.OpenRead(Samples.Long);
                id = (await HubApplication.UploadAsync(admin, before.RootUnitId, file, "长片", cancellationToken: Cancel)).Id;
                var halfway = await HubApplication.WaitForMediaAsync(admin, id, media => media.Progress > 0 || media.State != MediaState.Processing, Cancel);
                Assert.Equal(MediaState.Processing, halfway.State);
            }

            await using var after = await HubApplication.StartAsync(dataFolder: folder);
            using var again = await after.SignInAsync();
            var media = await HubApplication.WaitForMediaAsync(again, id, media => media.State != MediaState.Processing, Cancel);

            Assert.Equal((MediaState.Ready, 100), (media.State, media.Progress));
            Assert.InRange(media.DurationMs!.Value, 15_800, 16_200);
            await Eventually.TrueAsync(() => after.UnfinishedFiles().Count == 0, Cancel);
            Assert.Equal(3, after.StoredFiles().Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Start_after_a_crash_removes_what_nobody_waits_for()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-crash-").FullName;
        try
        {
            string kept;
            await using (var before = await HubApplication.StartAsync(dataFolder: folder))
            {
                using var admin = await before.SignInAsync();
                kept = (await HubApplication.UploadFileAsync(admin, before.RootUnitId, Samples.Png, cancellationToken: Cancel)).Sha256!;
            }

            // As a kill leaves them: a half upload, an upload without a row, half-made renditions, a finished file without a row.
            var stray = new string('a', 64);
            Directory.CreateDirectory(Path.Combine(folder, "temp", "media", "half"));
            await File.WriteAllTextAsync(Path.Combine(folder, "temp", "media", "x.part"), "x", Cancel);
            await File.WriteAllTextAsync(Path.Combine(folder, "media", "incoming", Guid.NewGuid().ToString("N")), "x", Cancel);
            Directory.CreateDirectory(Path.Combine(folder, "media", stray[..2]));
            await File.WriteAllTextAsync(Path.Combine(folder, "media", stray[..2], stray[2..]), "x", Cancel);

            await using var after = await HubApplication.StartAsync(dataFolder: folder);

            Assert.Empty(after.UnfinishedFiles());
            Assert.Contains(kept, after.StoredFiles());
            Assert.DoesNotContain(stray, after.StoredFiles());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Hub_that_stops_right_after_media_were_deleted_still_removes_their_files()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-stop-").FullName;
        try
        {
            var files = new List<string>();
            await using (var hub = await HubApplication.StartAsync(dataFolder: folder))
            {
                using var admin = await hub.SignInAsync();
                var media = new List<Guid>();
                for (var i = 0; i < 20; i++)
                {
                    var source = Path.Combine(folder, $"{i}.png");
                    await File.WriteAllTextAsync(source, $"{i}", Cancel);
                    var (id, sha256) = await hub.AddMediaFileAsync(hub.RootUnitId, source, MediaKind.Image, "image/png");
                    media.Add(id);
                    files.Add(Path.Combine(folder, "media", sha256[..2], sha256[2..]));
                }

                Assert.All(files, file => Assert.True(File.Exists(file), file));
                await Task.WhenAll(media.Select(id => admin.DeleteAsync($"/api/media/{id}")));
            }

            Assert.DoesNotContain(files, File.Exists);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_above_the_limit_is_refused_and_leaves_nothing(bool announced)
    {
        await using var hub = await HubApplication.StartAsync(settings: ["--Hub:MaxUploadBytes=100000"]);
        using var admin = await hub.SignInAsync();
        Stream body = announced ? new MemoryStream(new byte[100_001]) : new Endless(100_001);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => HubApplication.UploadAsync(admin, hub.RootUnitId, body, "groß", cancellationToken: Cancel));

        Assert.Equal("media_too_large", refused.Code);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.Status);
        Assert.Empty(hub.UnfinishedFiles());
    }

    [Fact]
    public async Task Upload_without_room_on_the_disk_is_refused_before_it_begins()
    {
        await using var hub = await HubApplication.StartAsync(settings: ["--Hub:Media:MinFreeBytes=1000000000000000"]);
        using var admin = await hub.SignInAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => HubApplication.UploadAsync(admin, hub.RootUnitId, new MemoryStream([1, 2, 3]), "x", cancellationToken: Cancel));

        Assert.Equal("disk_full", refused.Code);
        Assert.Empty(hub.UnfinishedFiles());
    }

    [Fact]
    public async Task Upload_that_breaks_off_leaves_nothing()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var body = new Endless(long.MaxValue);
        var upload = HubApplication.UploadAsync(admin, hub.RootUnitId, body, "x", cancellationToken: giveUp.Token);
        await Eventually.TrueAsync(() => body.Position > 5_000_000 && hub.UnfinishedFiles().Count > 0, Cancel);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        await Eventually.TrueAsync(() => hub.UnfinishedFiles().Count == 0, Cancel);
        Assert.Equal(0, (await admin.GetAsync<Page<MediaSummary>>("/api/media")).Total);
    }

    [Fact]
    public async Task Large_upload_does_not_pass_through_memory()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        var upload = HubApplication.UploadAsync(admin, hub.RootUnitId, new Endless(400_000_000), "x", cancellationToken: Cancel);

        while (!upload.IsCompleted)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before);
            await Task.Delay(20, Cancel);
        }

        Assert.Equal(400_000_000, (await upload).Bytes);
        Assert.True(peak < 200_000_000, $"{peak / 1_000_000} MB");
    }

    [Fact]
    public async Task Display_fetches_what_its_audience_may_see_and_nothing_else()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var shown = await UploadAsync(Samples.Png, Disclosure.Public);
        var inside = await UploadAsync(Samples.WebP, Disclosure.Internal);
        var unused = await UploadAsync(Samples.WithOrientation(1), Disclosure.Public);
        var playlist = await admin.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(hub.RootUnitId, "列表", null, [Entry(shown), Entry(inside)]));
        await admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(Scopes.Org(hub.RootUnitId), playlist.Id));
        await using var display = await hub.PairDisplayAsync(hub.DisplayInput(audience: Disclosure.Public));

        Assert.Equal(HttpStatusCode.OK, await FetchAsync(display, shown));
        Assert.Equal(HttpStatusCode.NotFound, await FetchAsync(display, inside));
        Assert.Equal(HttpStatusCode.NotFound, await FetchAsync(display, unused));
        await admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(Scopes.Org(hub.RootUnitId), null));
        Assert.Equal(HttpStatusCode.NotFound, await FetchAsync(display, shown));

        Task<MediaSummary> UploadAsync(string path, Disclosure disclosure) =>
            HubApplication.UploadFileAsync(admin, hub.RootUnitId, path, disclosure: disclosure, cancellationToken: Cancel);

        static PlaylistEntryInput Entry(MediaSummary media) => new(null, media.Id, null, 5000, ItemFit.Contain);

        async Task<HttpStatusCode> FetchAsync(DisplayClient client, MediaSummary media)
        {
            using var http = new HttpClient { BaseAddress = hub.Address };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Token);
            using var response = await http.GetAsync(media.Url, Cancel);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Operator_of_a_sister_unit_does_not_get_the_file()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (mine, sister) = (await hub.CreateOrgUnitAsync("一支部"), await hub.CreateOrgUnitAsync("二支部"));
        var media = await HubApplication.UploadFileAsync(admin, mine, Samples.Png, cancellationToken: Cancel);
        using var editor = await hub.SignInAsAsync(OperatorRole.Editor, mine);
        using var stranger = await hub.SignInAsAsync(OperatorRole.Editor, sister);

        Assert.Equal(HttpStatusCode.OK, (await editor.Http.GetAsync(media.Url, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Http.GetAsync(media.Url, Cancel)).StatusCode);
        using var host = await hub.SignInAsAsync(OperatorRole.Host, mine);
        await Assert.ThrowsAsync<RefusedException>(() => HubApplication.UploadAsync(host, mine, new MemoryStream([1]), "x", cancellationToken: Cancel));
    }

    /// <summary>Bytes without end or memory, of unknown length.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Interlocked.Read(ref _position);
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - _position);
            buffer[..count].Fill(0x5A);
            Interlocked.Add(ref _position, count);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
