using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;

namespace Kiosk.Player.Core.Tests.Media;

public sealed class MediaCacheTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Film = Given.Bytes(300_000);
    private readonly TempFolder temp = new();
    private readonly PlayerFolder folder;
    private readonly DocumentStore store;
    private readonly FakeHub hub = new() { Claimed = true };
    private readonly MediaDownload download;
    private MediaCache cache;

    public MediaCacheTests()
    {
        folder = new PlayerFolder(temp.Path);
        store = new DocumentStore(folder.Documents);
        cache = new MediaCache(folder, store);
        download = new MediaDownload(hub, new Throttle(null, TimeProvider.System), TimeProvider.System);
    }

    public void Dispose()
    {
        store.Dispose();
        temp.Dispose();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private WantedMedia Serve(byte[] bytes)
    {
        var variant = hub.PutMedia(bytes);
        return new WantedMedia(variant.Sha256, variant.ContentType, variant.Bytes);
    }

    private async Task<string?> FetchAsync(WantedMedia media)
    {
        _ = await hub.GetPairingAsync(Guid.Empty, "t", Ct);
        var problem = await download.FetchAsync(media, cache.PartPathOf(media.Sha256), "t", Ct);
        if (problem is null)
        {
            cache.Adopt(media, Now);
        }

        return problem;
    }

    [Fact]
    public async Task Complete_file_is_here_and_its_part_is_gone()
    {
        var media = Serve(Film);
        Assert.Null(cache.Find(media.Sha256));
        Assert.Null(await FetchAsync(media));
        Assert.Equal(Film, await File.ReadAllBytesAsync(cache.Find(media.Sha256)!.Path, Ct));
        Assert.False(File.Exists(cache.PartPathOf(media.Sha256)));
    }

    [Fact]
    public async Task Download_that_broke_off_goes_on_where_it_ended()
    {
        var media = Serve(Film);
        hub.CutMediaAfter = 200_000;
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => FetchAsync(media));
        Assert.Null(cache.Find(media.Sha256));
        hub.CutMediaAfter = null;
        Assert.Null(await FetchAsync(media));
        Assert.Equal([0, 200_000], hub.MediaRequests.Select(r => r.From));
        Assert.NotNull(cache.Find(media.Sha256));
    }

    [Fact]
    public async Task Kill_between_download_and_rename_needs_no_second_download()
    {
        var media = Serve(Film);
        await File.WriteAllBytesAsync(cache.PartPathOf(media.Sha256), Film, Ct);
        Assert.Null(await FetchAsync(media));
        Assert.Empty(hub.MediaRequests);
        Assert.NotNull(cache.Find(media.Sha256));
    }

    [Fact]
    public async Task Wrong_bytes_from_the_hub_are_never_taken()
    {
        var media = Serve(Film);
        hub.Media[media.Sha256] = Given.Bytes(Film.Length, 2);
        Assert.Equal("hash_mismatch", await FetchAsync(media));
        Assert.Null(cache.Find(media.Sha256));
        Assert.Empty(Directory.EnumerateFiles(folder.Media));
    }

    [Fact]
    public async Task Damaged_part_file_is_found_out_and_started_anew()
    {
        var media = Serve(Film);
        var part = Film[..100_000];
        part[5] ^= 1;
        await File.WriteAllBytesAsync(cache.PartPathOf(media.Sha256), part, Ct);
        Assert.Equal("hash_mismatch", await FetchAsync(media));
        Assert.Null(await FetchAsync(media));
        Assert.Equal([100_000, 0], hub.MediaRequests.Select(r => r.From));
    }

    [Fact]
    public async Task More_bytes_than_announced_are_not_swallowed()
    {
        var media = Serve(Film) with { Bytes = 1_000 };
        Assert.Equal("size_mismatch", await FetchAsync(media));
        Assert.Empty(Directory.EnumerateFiles(folder.Media));
    }

    [Fact]
    public async Task File_of_an_earlier_run_is_not_played_before_it_was_read_through()
    {
        var media = Serve(Film);
        await FetchAsync(media);
        cache = new MediaCache(folder, store);
        Assert.Null(cache.Find(media.Sha256));
        Assert.False(cache.IsReady(media.Sha256));
        Assert.Equal(Verdict.Good, await cache.VerifyAsync(media.Sha256, Ct));
        Assert.NotNull(cache.Find(media.Sha256));
    }

    [Fact]
    public async Task Flipped_bit_on_disk_is_never_played()
    {
        var media = Serve(Film);
        await FetchAsync(media);
        var path = cache.Find(media.Sha256)!.Path;
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        bytes[123_456] ^= 0x10;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        cache = new MediaCache(folder, store);
        Assert.Equal(Verdict.Lost, await cache.VerifyAsync(media.Sha256, Ct));
        Assert.Null(cache.Find(media.Sha256));
        Assert.False(cache.IsKnown(media.Sha256));
    }

    [Fact]
    public async Task Truncated_file_is_dropped_at_start()
    {
        var media = Serve(Film);
        await FetchAsync(media);
        var path = cache.Find(media.Sha256)!.Path;
        await File.WriteAllBytesAsync(path, Film[..^1], Ct);
        cache = new MediaCache(folder, store);
        Assert.False(cache.IsKnown(media.Sha256));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task File_that_changes_while_running_is_taken_out_of_use()
    {
        var media = Serve(Film);
        await FetchAsync(media);
        await File.WriteAllBytesAsync(cache.Find(media.Sha256)!.Path, Film[..10], Ct);
        Assert.Null(cache.Find(media.Sha256));
        Assert.False(cache.IsReady(media.Sha256));
    }

    [Fact]
    public async Task Room_is_made_by_what_was_needed_longest_ago_and_never_by_what_is_needed()
    {
        var old = Serve(Given.Bytes(100_000, 3));
        var older = Serve(Given.Bytes(100_000, 4));
        var needed = Serve(Given.Bytes(100_000, 5));
        foreach (var media in new[] { old, older, needed })
        {
            await FetchAsync(media);
        }

        store.SaveMedia(new StoredMedia(older.Sha256, older.ContentType, older.Bytes, Now.AddDays(-2)));
        store.SaveMedia(new StoredMedia(needed.Sha256, needed.ContentType, needed.Bytes, Now.AddDays(-9)));
        cache = new MediaCache(folder, store);
        var plan = CachePlan.Of([needed], [], cache.Here, 300_000);
        Assert.Equal([older.Sha256, old.Sha256], plan.Droppable.Prepend(older.Sha256).Append(old.Sha256).Distinct());
        Assert.True(cache.MakeRoom(100_000, 300_000, 0, [older.Sha256, old.Sha256]));
        Assert.Equal((true, false, true), (cache.IsKnown(old.Sha256), cache.IsKnown(older.Sha256), cache.IsKnown(needed.Sha256)));
        Assert.False(cache.MakeRoom(250_000, 300_000, 0, [old.Sha256]));
        Assert.True(cache.IsKnown(needed.Sha256));
    }

    [Fact]
    public async Task Kill_between_rename_and_writing_it_down_costs_no_second_download()
    {
        var media = Serve(Film);
        await File.WriteAllBytesAsync(Path.Combine(folder.Media, media.Sha256), Film, Ct);
        cache.Sweep(new HashSet<string> { media.Sha256 });
        cache.TakeUp(media);
        Assert.Null(await FetchAsync(media));
        Assert.Empty(hub.MediaRequests);
        Assert.NotNull(cache.Find(media.Sha256));
    }

    [Fact]
    public async Task File_that_cannot_be_opened_for_now_is_neither_used_nor_lost()
    {
        var media = Serve(Film);
        await FetchAsync(media);
        var path = cache.Find(media.Sha256)!.Path;
        cache = new MediaCache(folder, store);
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(Verdict.Later, await cache.VerifyAsync(media.Sha256, Ct)); // held by somebody else, as a scanner does
        }

        Assert.Equal((true, false), (cache.IsKnown(media.Sha256), cache.IsReady(media.Sha256)));
        Assert.Equal(Verdict.Good, await cache.VerifyAsync(media.Sha256, Ct));
    }

    [Fact]
    public async Task Deleted_and_changed_files_are_seen_from_outside()
    {
        var (gone, changed, sound) = (Serve(Given.Bytes(1_000, 3)), Serve(Given.Bytes(1_000, 4)), Serve(Given.Bytes(1_000, 5)));
        foreach (var media in new[] { gone, changed, sound })
        {
            await FetchAsync(media);
        }

        File.Delete(cache.Find(gone.Sha256)!.Path);
        await File.AppendAllTextAsync(cache.Find(changed.Sha256)!.Path, "x", Ct);
        Assert.Equal(new[] { gone.Sha256, changed.Sha256 }.Order(), cache.Glance().Order());
        Assert.True(cache.IsReady(sound.Sha256));
    }

    [Fact]
    public async Task Rot_that_leaves_length_and_time_as_they_were_is_found_by_reading()
    {
        var media = Serve(Film);
        await FetchAsync(media);
        var path = cache.Find(media.Sha256)!.Path;
        var (bytes, modified) = (await File.ReadAllBytesAsync(path, Ct), File.GetLastWriteTimeUtc(path));
        bytes[7] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        File.SetLastWriteTimeUtc(path, modified);
        Assert.NotNull(cache.Find(media.Sha256));
        Assert.Equal(Verdict.Lost, await cache.VerifyAsync(media.Sha256, Ct));
        Assert.Null(cache.Find(media.Sha256));
    }

    [Theory]
    [InlineData("../identity.json")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Name_that_is_no_hash_reaches_no_file(string name)
    {
        Assert.Null(cache.Find(name));
        Assert.Throws<ArgumentException>(() => cache.PartPathOf(name));
    }
}
