using System.Buffers.Binary;
using System.Globalization;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Backup;

/// <summary>How the hub is backed up, told to an administrator.</summary>
internal sealed class BackupViews(HubDbContext db, BackupRunner runner, HubOptions options, TimeProvider time)
{
    public async Task<BackupOverview> DescribeAsync(CancellationToken cancellationToken)
    {
        var runs = await db.Set<BackupRun>().OrderByDescending(run => run.StartedAt).Take(BackupRun.Kept).ToListAsync(cancellationToken);
        var running = runner.Running;
        return new BackupOverview(
            options.Backup.Folder is { } folder ? Path.GetFullPath(folder) : null,
            options.Backup.At.ToString("HH:mm", CultureInfo.InvariantCulture),
            options.Backup.Keep,
            options.Backup.Folder is null || running is not null ? null : await runner.NextAsync(cancellationToken),
            await BackupRunner.LastGoodAsync(db, cancellationToken),
            running is { } now ? new BackupRunning(now.StartedAt, now.Progress.Total > 0 ? (int)Math.Min(100, 100 * now.Progress.Bytes / now.Progress.Total) : null) : null,
            [.. runs.Where(run => run.EndedAt is not null).Select(run => new BackupRunSummary(
                run.Id, run.StartedAt, run.EndedAt, run.Daily, run.File, run.Bytes, run.Missing, run.Code, run.Code is { } code ? BackupText.Get(code) : null))],
            await AttentionAsync(cancellationToken));
    }

    /// <summary>What a person should do about backups, or null. A hub of a few days, or one with demo content, has nothing to lose yet.</summary>
    public async Task<BackupAttention?> AttentionAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var root = await db.Set<OrgUnit>().Where(unit => unit.ParentId == null).Select(unit => (Guid?)unit.Id).FirstOrDefaultAsync(cancellationToken);
        if (options.Demo || root is not { } first || now - BornAt(first) < BackupSchedule.Old)
        {
            return null;
        }

        var good = await BackupRunner.LastGoodAsync(db, cancellationToken);
        return options.Backup.Folder is null ? new BackupAttention("backup_not_set", BackupText.Get("backup_not_set"), null)
            : good is null ? new BackupAttention("backup_old", BackupText.Get("backup_none"), null)
            : now - good.Value > BackupSchedule.Old ? new BackupAttention("backup_old", BackupText.Get("backup_old", (int)(now - good.Value).TotalDays), good)
            : null;
    }

    // A version 7 id begins with its instant.
    private static DateTimeOffset BornAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }
}
