using System.Net;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Storage;
using Kiosk.Scheduling;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Media;

/// <summary>
/// Brings the wanted files here, first needed first, within cap, hours and room. What is needed is worked out here, away from the stage:
/// the stage only says that something has changed.
/// </summary>
internal sealed partial class MediaSync : IDisposable
{
    /// <summary>Outside the download hours only what is needed so soon is fetched.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    private static readonly TimeSpan WorkOutEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookAtRoomEvery = TimeSpan.FromSeconds(10);

    private readonly PlayerOptions options;
    private readonly MediaCache cache;
    private readonly MediaDownload download;
    private readonly Throttle throttle;
    private readonly Func<string?> token;
    private readonly Action<Receipt> report;
    private readonly PlayerClock clock;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly DiskFault disk;
    private readonly MediaChecks checks;
    private readonly Lock gate = new();
    private readonly FetchFailures failures;
    private readonly Dictionary<string, Fetching> running = new(StringComparer.Ordinal);
    private readonly Signal changed;
    private readonly Signal work;
    private MediaNeeds? needs;
    private bool needsChanged;
    private volatile bool roomChanged = true;
    private IReadOnlyList<WantedMedia> wanted = [];
    private CachePlan plan = CachePlan.Empty;
    private long quota;
    private CacheShortage? shortage;

    private sealed record Fetching(WantedMedia Media, CancellationTokenSource Stop);

    public MediaSync(
        PlayerOptions options, MediaCache cache, IHubTransport transport, Func<string?> token, Action<Receipt> report, PlayerClock clock, DiskFault disk, TimeProvider time, ILogger log)
    {
        (this.options, this.cache, this.token, this.report, this.clock, this.disk, this.time, this.log) = (options, cache, token, report, clock, disk, time, log);
        throttle = new Throttle(options.DownloadBytesPerSecond, time);
        download = new MediaDownload(transport, throttle, time);
        failures = new FetchFailures(time);
        (changed, work) = (new Signal(time), new Signal(time));
        quota = options.CacheBytes;
        checks = new MediaChecks(cache, clock, report, () => changed.Set(), time, log);
        cache.Changed += OnCacheChanged;
    }

    /// <summary>What is needed soon and has no room; null while everything fits.</summary>
    public CacheShortage? Shortage => shortage;

    /// <summary>When the download hours begin, while nothing but them keeps what is missing from being fetched; else null.</summary>
    public DateTimeOffset? WaitsUntil()
    {
        lock (gate)
        {
            var (open, soon) = Hours();
            return open || running.Count > 0 || plan.Fetch.Count == 0 || plan.Refused.Count > 0 || plan.Fetch.Any(w => w.NeededAt <= soon)
                ? null
                : DownloadHours.NextOpening(needs!.Documents.Display, clock.Read().Now);
        }
    }

    /// <summary>Says that what is needed may have changed; null: nothing is.</summary>
    public void Need(MediaNeeds? now)
    {
        lock (gate)
        {
            if (now?.Audience != needs?.Audience)
            {
                failures.Forgive(); // the hub gives each audience its own
            }

            (needs, needsChanged) = (now, true);
        }

        changed.Set();
    }

    /// <summary>A renderer could not show this file.</summary>
    public void Suspect(string sha256) => checks.Suspect(sha256);

    /// <summary>The hub is back: what failed for its absence may be tried at once.</summary>
    public void Retry()
    {
        lock (gate)
        {
            failures.Forgive();
        }

        work.Set();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var workers = Enumerable.Range(0, Math.Max(1, options.ParallelDownloads)).Select(_ => WorkAsync(cancellationToken));
        await Task.WhenAll([PlanAsync(cancellationToken), checks.RunAsync(cancellationToken), .. workers]);
    }

    public void Dispose() => cache.Changed -= OnCacheChanged;

    private void OnCacheChanged()
    {
        roomChanged = true;
        changed.Set();
    }

    /// <summary>Whether everything may be fetched now; if not, what is needed until then may. Without a clock to trust the hour is unknown.</summary>
    private (bool Open, DateTimeOffset Soon) Hours()
    {
        var reading = clock.Read();
        return (needs is not { } current || reading.State == ClockState.Unknown || DownloadHours.IsOpen(current.Documents.Display, reading.Now), reading.Now + Soon);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (token() is { } bearer && TakeNext(cancellationToken) is { } next)
            {
                try
                {
                    await FetchAsync(next, bearer, cancellationToken);
                }
                finally
                {
                    lock (gate)
                    {
                        running.Remove(next.Media.Sha256);
                        next.Stop.Dispose();
                    }
                }
            }
            else
            {
                await work.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    private Fetching? TakeNext(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var (open, soon) = Hours();
            var next = plan.Fetch.FirstOrDefault(w =>
                (open || w.NeededAt <= soon) && !running.ContainsKey(w.Sha256) && !cache.IsKnown(w.Sha256) && failures.MayTry(w.Sha256));
            return next is null ? null : running[next.Sha256] = new Fetching(next, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));
        }
    }

    private async Task FetchAsync(Fetching fetching, string bearer, CancellationToken cancellationToken)
    {
        var media = fetching.Media;
        try
        {
            cache.TakeUp(media);
            if (!MakeRoom(media))
            {
                Fail(media, DiskFault.Full, null, tell: true);
                return;
            }

            var problem = await download.FetchAsync(media, cache.PartPathOf(media.Sha256), bearer, fetching.Stop.Token);
            if (problem is not null)
            {
                Fail(media, problem, null, tell: true);
                return;
            }

            cache.Adopt(media, clock.Now);
            disk.Well();
            lock (gate)
            {
                failures.Fetched(media.Sha256);
            }

            report(new Receipt(ReceiptSubject.Media, media.Sha256, 0, ReceiptState.Ready, null, null, clock.Now));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogPaused(media.Sha256);
        }
        catch (HttpRequestException e)
        {
            var refused = e as MediaRefusedException;
            var code = refused?.Code ?? (e.StatusCode is null ? "unreachable" : "http_" + (int)e.StatusCode);
            Fail(media, code, e.Message, tell: code is "size_mismatch" || e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Gone, refused?.RetryAfter);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Fail(media, disk.Failed(e, clock.Now), e.Message, tell: true);
        }
    }

    private bool MakeRoom(WantedMedia media)
    {
        IReadOnlyList<string> droppable;
        long quotaTakes, diskTakes;
        lock (gate)
        {
            droppable = plan.Droppable;
            quotaTakes = running.Values.Sum(r => r.Media.Bytes);
            diskTakes = running.Values.Sum(r => Math.Max(0, r.Media.Bytes - PartLength(r.Media)));
        }

        return cache.MakeRoom(diskTakes, quota - (quotaTakes - diskTakes), options.KeepFreeBytes, droppable);
    }

    private long PartLength(WantedMedia media) => new FileInfo(cache.PartPathOf(media.Sha256)) is { Exists: true } part ? part.Length : 0;

    private void Fail(WantedMedia media, string code, string? detail, bool tell, TimeSpan? retryAfter = null)
    {
        LogFailed(media.Sha256, code);
        lock (gate)
        {
            failures.Failed(media.Sha256, code, retryAfter);
        }

        if (tell)
        {
            report(new Receipt(ReceiptSubject.Media, media.Sha256, 0, ReceiptState.Failed, code, detail, clock.Now));
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "Media {Sha256} could not be fetched: {Code}")]
    private partial void LogFailed(string sha256, string code);

    [LoggerMessage(2005, LogLevel.Information, "Media {Sha256} is fetched on later")]
    private partial void LogPaused(string sha256);

    [LoggerMessage(2007, LogLevel.Error, "What to fetch could not be worked out; it is tried again with what comes next")]
    private partial void LogPlanBroke(Exception fault);

    [LoggerMessage(2006, LogLevel.Error, "The media cache cannot be kept: {Code} {Reason}")]
    private partial void LogDisk(string code, string reason);
}
