using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Media;

/// <summary>Files of an earlier run read through in order of need, and every file again and again.</summary>
public sealed class MediaChecksTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly PlayerFolder folder;
    private readonly DocumentStore store;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
    private readonly SleepyBoot boot;
    private readonly List<Receipt> receipts = [];
    private readonly CancellationTokenSource stop = new();
    private int lost;

    public MediaChecksTests()
    {
        folder = new PlayerFolder(temp.Path);
        store = new DocumentStore(folder.Documents);
        boot = new SleepyBoot(time);
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        store.Dispose();
        temp.Dispose();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<WantedMedia> GivenFileAsync(int seed, int bytes = 5_000, double neededInHours = 0)
    {
        var content = Given.Bytes(bytes, seed);
        var sha = FakeHub.Sha(content);
        await File.WriteAllBytesAsync(Path.Combine(folder.Media, sha), content, Ct);
        store.SaveMedia(new StoredMedia(sha, "video/mp4", bytes, time.GetUtcNow()));
        return new WantedMedia(sha, "video/mp4", bytes, time.GetUtcNow().AddHours(neededInHours));
    }

    private (MediaCache Cache, MediaChecks Checks) Begin(params WantedMedia[] wanted)
    {
        var cache = new MediaCache(folder, store, time);
        var clock = new PlayerClock(time, boot, null);
        clock.Synchronise(time.GetUtcNow(), boot.MonotonicMs);
        var checks = new MediaChecks(cache, clock, receipts.Add, () => lost++, time, NullLogger.Instance);
        checks.SetWanted(wanted);
        return (cache, checks);
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan step, string what) => await Until.TrueAsync(
        () =>
        {
            time.Advance(step);
            return condition();
        },
        what);

    private async Task RotAsync(WantedMedia media)
    {
        var path = Path.Combine(folder.Media, media.Sha256);
        var (bytes, modified) = (await File.ReadAllBytesAsync(path, Ct), File.GetLastWriteTimeUtc(path));
        bytes[99] ^= 4;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        File.SetLastWriteTimeUtc(path, modified);
    }

    [Fact]
    public async Task What_shows_first_is_read_first_whatever_else_lies_there()
    {
        List<WantedMedia> all = [];
        for (var n = 0; n < 8; n++)
        {
            all.Add(await GivenFileAsync(n, n == 5 ? 4_000_000 : 5_000));
        }

        WantedMedia[] order = [all[6], all[2], all[7]];
        var (cache, checks) = Begin(order);
        List<string> ready = [];
        cache.Changed += () => ready.AddRange(all.Select(a => a.Sha256).Where(sha => cache.IsReady(sha) && !ready.Contains(sha)));
        var running = checks.RunAsync(stop.Token);
        await UntilAsync(() => ready.Count == all.Count, TimeSpan.FromMilliseconds(200), "all of them");
        Assert.Equal(order.Select(w => w.Sha256), ready.Take(3));
        Assert.False(running.IsFaulted);
    }

    [Fact]
    public async Task Slow_reading_of_what_nobody_waits_for_gives_way()
    {
        var big = await GivenFileAsync(1, 30_000_000);
        var small = await GivenFileAsync(2);
        var tomorrow = time.GetUtcNow().AddHours(9);
        var (cache, checks) = Begin(big with { NeededAt = tomorrow }, small with { NeededAt = tomorrow });
        var running = checks.RunAsync(stop.Token);
        checks.SetWanted([small, big with { NeededAt = tomorrow }]);

        // The big one takes most of a second of fake time at its pace; none passes.
        await Until.TrueAsync(() => cache.IsReady(small.Sha256), "the small one");
        Assert.False(cache.IsReady(big.Sha256));
        await UntilAsync(() => cache.IsReady(big.Sha256), TimeSpan.FromMilliseconds(200), "the big one after it");
        Assert.False(running.IsFaulted);
    }

    [Fact]
    public async Task Rot_is_found_within_a_week_reported_and_out_of_use()
    {
        var media = await GivenFileAsync(1);
        var (cache, checks) = Begin(media);
        var running = checks.RunAsync(stop.Token);
        await UntilAsync(() => cache.IsReady(media.Sha256), TimeSpan.FromMilliseconds(100), "the first reading");
        await RotAsync(media);
        var began = time.GetUtcNow();
        await UntilAsync(() => lost > 0, TimeSpan.FromHours(1), "the rot found");
        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromDays(4), TimeSpan.FromDays(7));
        Assert.Equal((false, false), (cache.IsKnown(media.Sha256), File.Exists(Path.Combine(folder.Media, media.Sha256))));
        Assert.Equal([("hash_mismatch", media.Sha256)], receipts.Select(r => (r.Code, r.Id)));
        Assert.False(running.IsFaulted);
    }

    [Fact]
    public async Task Machine_that_slept_reads_everything_again()
    {
        var media = await GivenFileAsync(1);
        var (cache, checks) = Begin(media);
        var running = checks.RunAsync(stop.Token);
        await UntilAsync(() => cache.IsReady(media.Sha256), TimeSpan.FromMilliseconds(100), "the first reading");
        await RotAsync(media);
        boot.Slept += 8 * 3_600_000;
        await UntilAsync(() => lost > 0, TimeSpan.FromSeconds(1), "the rot found after waking");
        Assert.False(running.IsFaulted);
    }

    /// <summary>Follows fake time, and goes on while that stands still in a sleep.</summary>
    private sealed class SleepyBoot(FakeTimeProvider time) : IBoot
    {
        private readonly long start = time.GetTimestamp();

        public string Id => "boot-1";

        public long Slept { get; set; }

        public long MonotonicMs => 1_000 + (long)time.GetElapsedTime(start).TotalMilliseconds + Slept;
    }
}
