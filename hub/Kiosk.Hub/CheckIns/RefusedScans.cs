using System.Collections.Concurrent;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>Counts refused display codes in memory and writes them down every few seconds: a flood of forged codes must not become a flood of writes.</summary>
internal sealed partial class RefusedScans(HubWriter writer, TimeProvider time, ILogger<RefusedScans> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(Guid MeetingId, string Reason), int> _counts = new();

    public void Count(Guid meetingId, string reason) => _counts.AddOrUpdate((meetingId, reason), 1, (_, count) => count + 1);

    /// <summary>GET /api/meetings/{id}/refused-scans.</summary>
    public static async Task<Results<Ok<IReadOnlyList<RefusedScanCount>>, ProblemHttpResult>> ListAsync(
        Guid id, OperatorAccess access, HubDbContext db, RefusedScans scans, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        await scans.WriteAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<RefusedScanCount>>(await db.Set<RefusedScan>().Where(scan => scan.MeetingId == id)
            .OrderBy(scan => scan.Reason).Select(scan => new RefusedScanCount(scan.Reason, scan.Count, scan.LastAt)).ToListAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Counted again below, and written with the next.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var taken = new List<((Guid MeetingId, string Reason) Key, int Count)>();
        foreach (var key in _counts.Keys)
        {
            if (_counts.TryRemove(key, out var count))
            {
                taken.Add((key, count));
            }
        }

        if (taken.Count == 0)
        {
            return;
        }

        try
        {
            var minute = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds() / 60 * 60).ToUnixTimeMilliseconds();
            await writer.WriteAsync<Done>(
                async (db, cancellation) =>
                {
                    foreach (var ((meetingId, reason), count) in taken.OrderBy(one => one.Key.MeetingId).ThenBy(one => one.Key.Reason, StringComparer.Ordinal))
                    {
                        await db.Database.ExecuteSqlAsync(
                            $"""
                            INSERT INTO "RefusedScans" ("MeetingId", "Reason", "Count", "LastAt") VALUES ({meetingId}, {reason}, {count}, {minute})
                            ON CONFLICT ("MeetingId", "Reason") DO UPDATE SET "Count" = "RefusedScans"."Count" + excluded."Count", "LastAt" = excluded."LastAt"
                            """,
                            cancellation);
                        db.SignalChanged(Topics.Meetings, meetingId);
                    }

                    return default(Done);
                },
                cancellationToken);
        }
        catch
        {
            taken.ForEach(one => _counts.AddOrUpdate(one.Key, one.Count, (_, count) => count + one.Count));
            throw;
        }
    }

    [LoggerMessage(4101, LogLevel.Error, "Refused codes could not be counted; trying again.")]
    private partial void LogFailed(Exception exception);
}
