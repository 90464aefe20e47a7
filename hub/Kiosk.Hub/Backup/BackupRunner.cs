using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kiosk.Hub.Backup;

/// <summary>Makes backups inside the hub, one at a time: daily, and when somebody asks. What came of each is kept.</summary>
internal sealed partial class BackupRunner(
    HubOptions options, HubFolders folders, HubWriter writer, IDbContextFactory<HubDbContext> contexts, TimeProvider time, ILogger<BackupRunner> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

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
        var (began, closed) = (time.GetUtcNow(), false);
        while (!stoppingToken.IsCancellationRequested && (!closed || options.Backup.Folder is not null))
        {
            try
            {
                if (!closed)
                {
                    await CloseInterruptedAsync(began, stoppingToken);
                    closed = true;
                    continue;
                }

                if (await DailyAsync(stoppingToken))
                {
                    continue;
                }
            }
#pragma warning disable CA1031 // A backup that cannot be made must not end the hub; the next look finds the same again.
            catch (Exception exception) when (exception.IsFault(stoppingToken))
#pragma warning restore CA1031
            {
                LogLookFailed(exception);
            }

            await Task.Delay(_pause, time, stoppingToken);
        }
    }

    // False: nothing could be done now, and at once would be no better.
    private async Task<bool> DailyAsync(CancellationToken stoppingToken)
    {
        var wait = await NextAsync(stoppingToken) - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            // In steps, so that a clock put right counts.
            await Task.Delay(wait < TimeSpan.FromMinutes(10) ? wait : TimeSpan.FromMinutes(10), time, stoppingToken);
            return true;
        }

        return TryBegin(stoppingToken) is { } stop && await RunAsync(daily: true, stop);
    }

    // What an earlier run of the hub left open; not one somebody asked for since.
    private async Task CloseInterruptedAsync(DateTimeOffset began, CancellationToken cancellationToken) => await writer.WriteAsync<Done>(
        async (db, token) =>
        {
            await db.Set<BackupRun>().Where(run => run.EndedAt == null && run.StartedAt <= began)
                .ExecuteUpdateAsync(set => set.SetProperty(run => run.EndedAt, run => run.StartedAt).SetProperty(run => run.Code, "interrupted"), token);
            return default(Done);
        },
        cancellationToken);

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

    // False: what came of it could not be noted.
    private async Task<bool> RunAsync(bool daily, CancellationTokenSource stop)
    {
        try
        {
            var (id, started) = (Guid.CreateVersion7(_startedAt), _startedAt);
            await AddAsync(id, started, daily);
            var (file, bytes, missing, code) = await MakeAsync(started, stop.Token);
            await EndAsync(id, file, bytes, missing, code);
            return true;
        }
#pragma warning disable CA1031 // Nobody waits for it, and the hub goes on without.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogNotNoted(failure);
            return false;
        }
        finally
        {
            lock (_sync)
            {
                _running = null;
            }

            stop.Dispose();
        }
    }

    private async Task<(string? File, long Bytes, int Missing, string? Code)> MakeAsync(DateTimeOffset started, CancellationToken cancellationToken)
    {
        string? made = null;
        var (bytes, missing) = (0L, 0);
        try
        {
            var (folder, name) = (Path.GetFullPath(options.Backup.Folder!), BackupFiles.NameFor(started, Zone));
            var manifest = await MakeBackup.RunAsync(BackupPlace.Of(options) with { DataFolder = folders.Data }, Path.Combine(folder, name), started, Tell, cancellationToken);
            (made, bytes, missing) = (name, new FileInfo(Path.Combine(folder, name)).Length, manifest.Missing.Count);
            foreach (var old in BackupSchedule.Superfluous(Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!), options.Backup.Keep))
            {
                File.Delete(Path.Combine(folder, old));
            }

            LogDone(name, bytes, missing);
            return (made, bytes, missing, null);
        }
#pragma warning disable CA1031 // Whatever it was, the administrator is told that there is no backup.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var code = failure switch
            {
                OperationCanceledException when cancellationToken.IsCancellationRequested => "cancelled",
                BackupDamagedException => "database_damaged",
                _ => DiskFull.Is(failure) ? "disk_full" : "backup_not_written",
            };
            if (code != "cancelled")
            {
                LogFailed(code, failure);
            }

            return (made, bytes, missing, made is null ? code : null);
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
                (run.EndedAt, run.File, run.Bytes, run.Missing, run.Code) = (time.GetUtcNow(), file, bytes, missing, code);
            }

            return default(Done);
        },
        CancellationToken.None);

    [LoggerMessage(5501, LogLevel.Information, "Backed up to {File}: {Bytes} bytes, {Missing} media files missing.")]
    private partial void LogDone(string file, long bytes, int missing);

    [LoggerMessage(5502, LogLevel.Error, "The backup failed: {Code}.")]
    private partial void LogFailed(string code, Exception failure);

    [LoggerMessage(5503, LogLevel.Error, "What came of a backup could not be noted.")]
    private partial void LogNotNoted(Exception failure);

    [LoggerMessage(5504, LogLevel.Error, "Whether a backup is due could not be looked up; trying again.")]
    private partial void LogLookFailed(Exception failure);
}
