using System.Net;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Media;

/// <summary>Brings the wanted files here, first needed first, and reads through what an earlier run left.</summary>
internal sealed partial class MediaSync(
    PlayerOptions options, MediaCache cache, MediaDownload download, Func<string?> token, Action<Receipt> report, Func<DateTimeOffset> now, TimeProvider time, ILogger log)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Failures, long NotBefore)> failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> running = new(StringComparer.Ordinal);
    private readonly Signal news = new(time);
    private IReadOnlyList<WantedMedia> wanted = [];
    private HashSet<string> referenced = new(StringComparer.Ordinal);

    /// <summary>True while the last file could not be fetched for want of room.</summary>
    public bool CacheFull { get; private set; }

    /// <summary>Says what is needed, in order of need, and what must not be dropped.</summary>
    public void SetWanted(IReadOnlyList<WantedMedia> inOrder, IEnumerable<string> alsoReferenced)
    {
        lock (gate)
        {
            wanted = inOrder;
            referenced = [.. inOrder.Select(w => w.Sha256), .. alsoReferenced];
        }

        cache.Touch(referenced, now());
        news.Set();
    }

    /// <summary>The hub is back: what failed for its absence may be tried at once.</summary>
    public void Retry()
    {
        lock (gate)
        {
            failed.Clear();
        }

        news.Set();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var workers = Enumerable.Range(0, Math.Max(1, options.ParallelDownloads)).Select(_ => WorkAsync(cancellationToken));
        await Task.WhenAll(workers.Append(VerifyAsync(cancellationToken)));
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = NextUnverified();
            if (next is null)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
            else
            {
                await VerifyAsync(next, cancellationToken);
            }
        }
    }

    private async Task VerifyAsync(string sha256, CancellationToken cancellationToken)
    {
        try
        {
            if (!await cache.VerifyAsync(sha256, cancellationToken))
            {
                LogDamaged(sha256);
                report(new Receipt(ReceiptSubject.Media, sha256, 0, ReceiptState.Failed, "hash_mismatch", null, now()));
                news.Set();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            LogFailed(sha256, "disk_error");
            await Task.Delay(TimeSpan.FromSeconds(5), time, cancellationToken);
        }
    }

    private string? NextUnverified()
    {
        var waiting = cache.Unverified.Select(m => m.Sha256).ToHashSet(StringComparer.Ordinal);
        lock (gate)
        {
            return wanted.Select(w => w.Sha256).FirstOrDefault(waiting.Contains) ?? waiting.FirstOrDefault();
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (token() is { } bearer && TakeNext() is { } media)
            {
                try
                {
                    await FetchAsync(media, bearer, cancellationToken);
                }
                finally
                {
                    lock (gate)
                    {
                        running.Remove(media.Sha256);
                    }
                }
            }
            else
            {
                await news.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    private WantedMedia? TakeNext()
    {
        lock (gate)
        {
            var at = time.GetTimestamp();
            var next = wanted.FirstOrDefault(w =>
                !cache.IsKnown(w.Sha256) && !running.Contains(w.Sha256) && (!failed.TryGetValue(w.Sha256, out var f) || f.NotBefore <= at));
            if (next is not null)
            {
                running.Add(next.Sha256);
            }

            return next;
        }
    }

    private async Task FetchAsync(WantedMedia media, string bearer, CancellationToken cancellationToken)
    {
        HashSet<string> keep;
        lock (gate)
        {
            keep = referenced;
        }

        try
        {
            CacheFull = !cache.MakeRoom(media.Bytes, options.CacheBytes, options.KeepFreeBytes, keep);
            if (CacheFull)
            {
                Fail(media, "disk_full", null, tell: true);
                return;
            }

            var problem = await download.FetchAsync(media, cache.PartPathOf(media.Sha256), bearer, cancellationToken);
            if (problem is not null)
            {
                Fail(media, problem, null, tell: true);
                return;
            }

            cache.Adopt(media, now());
            lock (gate)
            {
                failed.Remove(media.Sha256);
            }

            report(new Receipt(ReceiptSubject.Media, media.Sha256, 0, ReceiptState.Ready, null, null, now()));
        }
        catch (HttpRequestException e)
        {
            Fail(media, e.StatusCode is null ? "unreachable" : "http_" + (int)e.StatusCode, e.Message, tell: e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            Fail(media, "disk_error", e.Message, tell: true);
        }
    }

    private void Fail(WantedMedia media, string code, string? detail, bool tell)
    {
        LogFailed(media.Sha256, code);
        lock (gate)
        {
            var failures = failed.GetValueOrDefault(media.Sha256).Failures + 1;
            var wait = TimeSpan.FromSeconds(Math.Min(600, 2 * Math.Pow(2, failures)));
            failed[media.Sha256] = (failures, time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency));
        }

        if (tell)
        {
            report(new Receipt(ReceiptSubject.Media, media.Sha256, 0, ReceiptState.Failed, code, detail, now()));
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "Media {Sha256} could not be fetched: {Code}")]
    private partial void LogFailed(string sha256, string code);

    [LoggerMessage(2002, LogLevel.Warning, "Media {Sha256} was damaged on disk and is fetched again")]
    private partial void LogDamaged(string sha256);
}
