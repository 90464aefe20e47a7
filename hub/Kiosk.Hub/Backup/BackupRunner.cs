using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kiosk.Hub.Backup;

/// <summary>Makes backups inside the hub, one at a time: daily, and when somebody asks. What came of each is kept.</summary>
internal sealed partial class BackupRunner(
    HubOptions options, HubFolders folders, HubWriter writer, IDbContextFactory<HubDbContext> contexts, TimeProvider time, ILogger<BackupRunner> logger) : BackgroundService
{
    private readonly Lock _sync = new();
    private CancellationTokenSource? _running;
    private DateTimeOffset _startedAt;
    private BackupProgress _progress;

    /// <summary>When the one at work began and how far it is; null when none is.</summary>
    public (DateTimeOffset StartedAt, BackupProgress Progress)? Running
    {
        get
        {
            lock (_sync)
            {
                return _running is null ? null : (_startedAt, _progress);
            }
        }
    }

    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[options.TimeZone];

    /// <summary>Starts one now; it goes on when whoever asked has gone.</summary>
    public Result<Done> Start()
    {
        if (options.Backup.Folder is null)
        {
            return new Conflict("backup_not_set", BackupText.Get("backup_not_set"));
        }

        if (TryBegin(CancellationToken.None) is not { } stop)
        {
            return new Conflict("backup_running", BackupText.Get("backup_running"));
        }

        _ = Task.Run(() => RunAsync(daily: false, stop), CancellationToken.None);
        return default(Done);
    }

    /// <summary>Stops the one at work; nothing of it remains.</summary>
    public void Cancel()
    {
        lock (_sync)
        {
            _running?.Cancel();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                await db.Set<BackupRun>().Where(run => run.EndedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(run => run.EndedAt, run => run.StartedAt).SetProperty(run => run.Code, "interrupted"), token);
                return default(Done);
            },
            stoppingToken);
        while (options.Backup.Folder is not null && !stoppingToken.IsCancellationRequested)
        {
            var wait = await NextAsync(stoppingToken) - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                // In steps, so that a clock put right counts.
                await Task.Delay(wait < TimeSpan.FromMinutes(10) ? wait : TimeSpan.FromMinutes(10), time, stoppingToken);
                continue;
            }

            if (TryBegin(stoppingToken) is { } stop)
            {
                await RunAsync(daily: true, stop);
            }
            else
            {
                await Task.Delay(TimeSpan.FromMinutes(1), time, stoppingToken);
            }
        }
    }

    public async Task<DateTimeOffset> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var good = await LastGoodAsync(db, cancellationToken);
        var tried = await db.Set<BackupRun>().MaxAsync(run => (DateTimeOffset?)run.StartedAt, cancellationToken);
        return BackupSchedule.Next(time.GetUtcNow(), good, tried, options.Backup.At, Zone);
    }

    public static Task<DateTimeOffset?> LastGoodAsync(HubDbContext db, CancellationToken cancellationToken) =>
        db.Set<BackupRun>().Where(run => run.File != null).MaxAsync(run => (DateTimeOffset?)run.StartedAt, cancellationToken);

    private CancellationTokenSource? TryBegin(CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            if (_running is not null)
            {
                return null;
            }

            (_startedAt, _progress) = (time.GetUtcNow(), default);
            return _running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        }
    }

    private async Task RunAsync(bool daily, CancellationTokenSource stop)
    {
        var (id, started, folder) = (Guid.CreateVersion7(_startedAt), _startedAt, Path.GetFullPath(options.Backup.Folder!));
        var name = BackupFiles.NameFor(started, Zone);
        var (file, bytes, missing, code) = ((string?)null, 0L, 0, (string?)null);
        try
        {
            await AddAsync(id, started, daily);
            var manifest = await MakeBackup.RunAsync(BackupPlace.Of(options) with { DataFolder = folders.Data }, Path.Combine(folder, name), started, Tell, stop.Token);
            (file, bytes, missing) = (name, new FileInfo(Path.Combine(folder, name)).Length, manifest.Missing.Count);
            foreach (var old in BackupSchedule.Superfluous(Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!), options.Backup.Keep))
            {
                File.Delete(Path.Combine(folder, old));
            }

            LogDone(name, bytes, missing);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or UnauthorizedAccessException or SqliteException or Npgsql.NpgsqlException or BackupDamagedException)
        {
            code = failure switch
            {
                OperationCanceledException => "cancelled",
                BackupDamagedException => "database_damaged",
                _ => DiskFull.Is(failure) ? "disk_full" : "backup_not_written",
            };
            if (code != "cancelled")
            {
                LogFailed(code, failure);
            }
        }
        finally
        {
            await EndAsync(id, file, bytes, missing, code);
            lock (_sync)
            {
                _running = null;
            }

            stop.Dispose();
        }
    }

    private void Tell(BackupProgress progress)
    {
        lock (_sync)
        {
            _progress = progress;
        }
    }

    private async Task AddAsync(Guid id, DateTimeOffset started, bool daily) => await writer.WriteAsync<Done>(
        async (db, token) =>
        {
            var forgotten = await db.Set<BackupRun>().OrderByDescending(run => run.StartedAt).Skip(BackupRun.Kept - 1).Select(run => run.Id).ToListAsync(token);
            // The newest good one is always remembered: it says how much would be lost.
            var good = await db.Set<BackupRun>().Where(run => run.File != null).OrderByDescending(run => run.StartedAt).Select(run => (Guid?)run.Id).FirstOrDefaultAsync(token);
            await db.Set<BackupRun>().Where(run => forgotten.Contains(run.Id) && run.Id != good).ExecuteDeleteAsync(token);
            db.Add(new BackupRun { Id = id, StartedAt = started, Daily = daily });
            return default(Done);
        },
        CancellationToken.None);

    private async Task EndAsync(Guid id, string? file, long bytes, int missing, string? code) => await writer.WriteAsync<Done>(
        async (db, token) =>
        {
            if (await db.Set<BackupRun>().SingleOrDefaultAsync(run => run.Id == id, token) is { } run)
            {
                (run.EndedAt, run.File, run.Bytes, run.Missing, run.Code) = (time.GetUtcNow(), file, bytes, missing, file is null ? code ?? "backup_not_written" : null);
            }

            return default(Done);
        },
        CancellationToken.None);

    [LoggerMessage(5501, LogLevel.Information, "Backed up to {File}: {Bytes} bytes, {Missing} media files missing.")]
    private partial void LogDone(string file, long bytes, int missing);

    [LoggerMessage(5502, LogLevel.Error, "The backup failed: {Code}.")]
    private partial void LogFailed(string code, Exception failure);
}
