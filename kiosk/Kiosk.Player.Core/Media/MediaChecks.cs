using System.Collections.Concurrent;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Media;

/// <summary>
/// Reads files through: after a start what shows first comes first, at full speed; then, slowly and for ever, each file at least weekly and
/// after the machine slept. What has changed is out of use at once, reported, and fetched again.
/// </summary>
internal sealed partial class MediaChecks(MediaCache cache, PlayerClock clock, Action<Receipt> report, Action lost, TimeProvider time, ILogger log)
{
    private const long SoonRate = 48L << 20;
    private const long SlowRate = 4L << 20;
    private const long SleptMs = 60_000;

    /// <summary>Less than a week, so that a large cache is through within it.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(5);

    private static readonly TimeSpan GlanceEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);
    private static readonly TimeSpan PatienceForNeeds = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Signal news = new(time);
    private readonly Throttle pace = new(null, time);
    private readonly HashSet<string> suspects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> later = new(StringComparer.Ordinal);
    private IReadOnlyList<WantedMedia>? wanted;
    private (string Sha256, CancellationTokenSource Stop)? reading;

    /// <summary>Says what is needed, in order of need; what is being read gives way to what is needed sooner.</summary>
    public void SetWanted(IReadOnlyList<WantedMedia> inOrder)
    {
        lock (gate)
        {
            wanted = inOrder;
            if (reading is { } r && Next() is { } next && next.Sha256 != r.Sha256)
            {
                _ = r.Stop.CancelAsync();
            }
        }

        news.Set();
    }

    /// <summary>A renderer could not show this file: perhaps the file is to blame.</summary>
    public void Suspect(string sha256)
    {
        lock (gate)
        {
            if (cache.IsReady(sha256))
            {
                suspects.Add(sha256);
            }
        }

        news.Set();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A large file nobody waits for must not be begun before it is known what shows first.
        await news.WaitAsync(PatienceForNeeds, cancellationToken);
        var (glancedAt, drift) = (time.GetTimestamp(), Drift());
        while (!cancellationToken.IsCancellationRequested)
        {
            if (Drift() - drift > SleptMs)
            {
                LogWoke();
                cache.DoubtAll();
            }

            drift = Drift();
            if (time.GetElapsedTime(glancedAt) >= GlanceEvery)
            {
                glancedAt = time.GetTimestamp();
                cache.Glance().ToList().ForEach(Lost);
            }

            if (Begin(cancellationToken) is { } next)
            {
                await ReadAsync(next.Sha256, next.Rate, cancellationToken);
            }
            else
            {
                await news.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    /// <summary>Milliseconds the machine has slept since it started, with a constant added.</summary>
    private long Drift() => clock.MonotonicMs - (long)(time.GetTimestamp() / (time.TimestampFrequency / 1000.0));

    private (string Sha256, long? Rate)? Begin(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Next() is not { } next)
            {
                return null;
            }

            suspects.Remove(next.Sha256);
            reading = (next.Sha256, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));
            return next;
        }
    }

    private (string Sha256, long? Rate)? Next()
    {
        var (now, soon) = (time.GetTimestamp(), clock.Now + Soon);
        bool MayRead(string sha256) => !later.TryGetValue(sha256, out var until) || until <= now;
        if (suspects.FirstOrDefault(MayRead) is { } suspect)
        {
            return (suspect, null);
        }

        var unread = cache.Unverified.Select(m => m.Sha256).Where(MayRead).ToHashSet(StringComparer.Ordinal);
        if (unread.Count > 0)
        {
            return wanted?.FirstOrDefault(w => unread.Contains(w.Sha256)) is { } first
                ? (first.Sha256, first.NeededAt <= soon ? null : SoonRate)
                : (unread.First(), SlowRate);
        }

        return cache.Stalest(Age) is { } stale && MayRead(stale) ? (stale, SlowRate) : null;
    }

    private async Task ReadAsync(string sha256, long? rate, CancellationToken cancellationToken)
    {
        pace.BytesPerSecond = rate;
        try
        {
            switch (await cache.VerifyAsync(sha256, reading!.Value.Stop.Token, pace))
            {
                case Verdict.Lost:
                    Lost(sha256);
                    break;
                case Verdict.Later:
                    LogUnreadable(sha256);
                    later[sha256] = time.GetTimestamp() + (long)(TryLater.TotalSeconds * time.TimestampFrequency);
                    break;
                default:
                    later.TryRemove(sha256, out _);
                    break;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Something is needed sooner; what a renderer failed on stays suspected.
            if (rate is null)
            {
                Suspect(sha256);
            }
        }
        finally
        {
            lock (gate)
            {
                reading?.Stop.Dispose();
                reading = null;
            }
        }
    }

    private void Lost(string sha256)
    {
        LogDamaged(sha256);
        report(new Receipt(ReceiptSubject.Media, sha256, 0, ReceiptState.Failed, "hash_mismatch", null, clock.Now));
        lost();
    }

    [LoggerMessage(2002, LogLevel.Warning, "Media {Sha256} was damaged on disk and is fetched again")]
    private partial void LogDamaged(string sha256);

    [LoggerMessage(2003, LogLevel.Warning, "Media {Sha256} cannot be read for now")]
    private partial void LogUnreadable(string sha256);

    [LoggerMessage(2004, LogLevel.Information, "The machine slept; every file is read through again")]
    private partial void LogWoke();
}
