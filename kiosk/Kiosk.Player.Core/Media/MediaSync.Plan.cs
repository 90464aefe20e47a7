using Kiosk.Player.Core.Playback;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core.Media;

/// <summary>What to fetch and what to end, worked out anew whenever needs or room have changed.</summary>
internal sealed partial class MediaSync
{
    private async Task PlanAsync(CancellationToken cancellationToken)
    {
        var (workedOut, lookedAt, swept) = (0L, 0L, false);
        while (true)
        {
            try
            {
                if (TakeNeeds(time.GetElapsedTime(workedOut) >= WorkOutEvery, out var current))
                {
                    workedOut = time.GetTimestamp();
                    WorkOut(current);
                    roomChanged = true;
                    if (current is not null && !swept)
                    {
                        swept = true;
                        cache.Sweep(wanted.Select(w => w.Sha256).ToHashSet(StringComparer.Ordinal));
                    }
                }

                if (roomChanged || time.GetElapsedTime(lookedAt) >= LookAtRoomEvery)
                {
                    roomChanged = false;
                    lookedAt = time.GetTimestamp();
                    LookAtRoom();
                }
            }
            catch (Exception e) when (DiskFault.Is(e))
            {
                LogDisk(disk.Failed(e, clock.Now), e.Message);
            }

#pragma warning disable CA1031 // Whatever the hub sent must not end the fetching of everything else; what it sends next may be the cure.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogPlanBroke(e);
            }

            StopWhatMayNotRun();
            await changed.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private bool TakeNeeds(bool due, out MediaNeeds? current)
    {
        lock (gate)
        {
            var taken = needsChanged || (due && needs is not null);
            (needsChanged, current) = (false, needs);
            return taken;
        }
    }

    private void WorkOut(MediaNeeds? current)
    {
        var reading = clock.Read();
        wanted = current is null ? [] : [.. WantedList.Of(current.Documents, reading.Now, reading.State).Where(w => MediaCache.IsName(w.Sha256))];
        checks.SetWanted(wanted);
        var rules = current?.Documents.Display.Downloads;
        quota = rules?.CacheMegabytes is { } megabytes ? megabytes * 1_000_000L : options.CacheBytes;
        var cap = rules?.CapKbps * 1000L / 8;
        throttle.BytesPerSecond = cap is null || options.DownloadBytesPerSecond < cap ? options.DownloadBytesPerSecond : cap;
        cache.Touch(wanted.Select(w => w.Sha256).Concat(current?.Held ?? []), reading.Now);
    }

    private void LookAtRoom()
    {
        MediaNeeds? current;
        lock (gate)
        {
            current = needs;
        }

        var budget = Math.Min(quota, cache.CachedBytes + cache.PartBytes + cache.FreeBytes(options.KeepFreeBytes));
        var made = CachePlan.Of(wanted, current?.Held ?? [], cache.Here, budget);
        if (current is not null && cache.CachedBytes > quota)
        {
            cache.MakeRoom(0, quota, long.MinValue / 2, made.Droppable);
        }

        shortage = made.Refused.Count == 0 ? null : new CacheShortage(made.Refused.Count, made.Refused.Sum(r => r.Bytes), made.NeededBytes, budget, shortage?.Since ?? clock.Now);
        lock (gate)
        {
            plan = made;
        }

        work.Set();
    }

    /// <summary>Ends downloads nobody wants any more, those the hours end, and those a more pressing one waits for. Their parts stay.</summary>
    private void StopWhatMayNotRun()
    {
        lock (gate)
        {
            var (open, soon) = Hours();
            var places = Math.Max(1, options.ParallelDownloads);
            var first = plan.Fetch.Where(w => failures.MayTry(w.Sha256) && (open || w.NeededAt <= soon)).Take(places).ToList();
            var pressing = running.Count >= places && first.Any(w => w.NeededAt <= soon && !running.ContainsKey(w.Sha256));
            foreach (var each in running.Values)
            {
                var (sha256, isWanted) = (each.Media.Sha256, wanted.FirstOrDefault(w => w.Sha256 == each.Media.Sha256));
                if (isWanted is null || (!open && isWanted.NeededAt > soon) || (pressing && isWanted.NeededAt > soon && first.All(w => w.Sha256 != sha256)))
                {
                    _ = each.Stop.CancelAsync();
                }
            }
        }
    }
}
