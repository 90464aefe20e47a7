using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Jobs;

/// <summary>Runs jobs one at a time: preparing media takes every core there is.</summary>
internal sealed partial class JobWorker(
    IServiceProvider services, HubWriter writer, IDbContextFactory<HubDbContext> contexts, DatabaseOptions database, JobSignal signal, TimeProvider clock, ILogger<JobWorker> log)
    : BackgroundService
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private readonly Guid _owner = Guid.NewGuid();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var recovered = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!recovered)
                {
                    await RecoverAsync(stoppingToken);
                    recovered = true;
                }

                if (await ClaimAsync(stoppingToken) is { } job)
                {
                    await RunAsync(job, stoppingToken);
                    continue;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogWorkerFault(exception);
            }

            await IdleAsync(stoppingToken);
        }
    }

    /// <summary>Ended jobs are kept for thirty days.</summary>
    public static Task<int> RemoveOldAsync(HubDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = now - Kept;
        return db.Set<Job>().Where(job => job.EndedAt != null && job.EndedAt < old).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task IdleAsync(CancellationToken stoppingToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(signal.WaitAsync(idle.Token), Task.Delay(IdlePoll, clock, idle.Token));
        await idle.CancelAsync();
    }

    // SQLite belongs to this process alone: whoever held a lease is gone. With PostgreSQL the lease runs out by itself.
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (!database.IsPostgres)
                {
                    await db.Set<Job>().Where(job => job.State == JobState.Running)
                        .ExecuteUpdateAsync(set => set.SetProperty(job => job.State, JobState.Pending).SetProperty(job => job.LeaseOwner, (Guid?)null), token);
                }

                return default(Done);
            },
            cancellationToken);
    }

    private async Task<Job?> ClaimAsync(CancellationToken cancellationToken)
    {
        // Looked up outside the write gate: an idle worker must not queue before check-ins.
        var now = clock.GetUtcNow();
        await using (var reading = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await Due(reading, now).AnyAsync(cancellationToken))
            {
                return null;
            }
        }

        var claimed = await writer.WriteAsync<List<Job>>(
            async (db, token) =>
            {
                var jobs = await Due(db, now).OrderBy(job => job.CreatedAt).ThenBy(job => job.Id).Take(1).ToListAsync(token);
                foreach (var job in jobs)
                {
                    (job.State, job.LeaseOwner, job.LeaseUntil, job.Attempts) = (JobState.Running, _owner, now + Lease, job.Attempts + 1);
                }

                return jobs;
            },
            cancellationToken);
        return claimed.Value?.FirstOrDefault();
    }

    private static IQueryable<Job> Due(HubDbContext db, DateTimeOffset now) => db.Set<Job>()
        .Where(job => (job.State == JobState.Pending && job.NotBefore <= now) || (job.State == JobState.Running && job.LeaseUntil < now));

    private async Task RunAsync(Job job, CancellationToken stoppingToken)
    {
        var handler = services.GetRequiredKeyedService<IJobHandler>(job.Kind);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var renewal = RenewAsync(job.Id, running);
        Exception? failure = null;
        try
        {
            if (job.Attempts <= MaxAttempts)
            {
                await handler.RunAsync(job.SubjectId, running.Token);
            }
            else
            {
                await handler.GiveUpAsync(job.SubjectId, null, running.Token);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            await ReleaseAsync(job.Id);
            throw;
        }
        catch (Exception exception)
        {
            failure = exception;
            LogJobFault(job.Kind, job.SubjectId, job.Attempts, exception);
            if (job.Attempts >= MaxAttempts || exception is IOException { HResult: DiskFullUnix or DiskFullWindows })
            {
                await handler.GiveUpAsync(job.SubjectId, exception, running.Token);
                job.Attempts = MaxAttempts;
            }
        }
        finally
        {
            await running.CancelAsync();
            await renewal;
        }

        await EndAsync(job, failure, stoppingToken);
    }

    private const int DiskFullUnix = 28;
    private const int DiskFullWindows = unchecked((int)0x80070070);

    // A hub that is stopped in order is no failed attempt, and the next need not wait for the lease.
    private async Task ReleaseAsync(Guid jobId) =>
        await writer.WriteAsync<int>(
            async (db, token) => await db.Set<Job>().Where(job => job.Id == jobId && job.LeaseOwner == _owner && job.State == JobState.Running)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(job => job.State, JobState.Pending).SetProperty(job => job.LeaseOwner, (Guid?)null)
                        .SetProperty(job => job.Attempts, job => job.Attempts - 1),
                    token),
            CancellationToken.None);

    private async Task EndAsync(Job job, Exception? failure, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var again = failure is not null && job.Attempts < MaxAttempts;
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                // Only while the lease is ours: another hub may have taken over.
                if (await db.Set<Job>().SingleOrDefaultAsync(row => row.Id == job.Id && row.LeaseOwner == _owner, token) is { } row)
                {
                    row.State = failure is null ? JobState.Done : again ? JobState.Pending : JobState.Failed;
                    row.NotBefore = again ? now + TimeSpan.FromSeconds(5 * Math.Pow(3, row.Attempts - 1)) : row.NotBefore;
                    row.EndedAt = again ? null : now;
                    (row.LeaseOwner, row.LeaseUntil) = (null, null);
                    row.Error = failure?.Message is { Length: > 2000 } text ? text[..2000] : failure?.Message;
                }

                return default(Done);
            },
            cancellationToken);
    }

    private async Task RenewAsync(Guid jobId, CancellationTokenSource running)
    {
        try
        {
            using var timer = new PeriodicTimer(Renewal, clock);
            while (await timer.WaitForNextTickAsync(running.Token))
            {
                var until = clock.GetUtcNow() + Lease;
                var kept = await writer.WriteAsync<int>(
                    async (db, token) => await db.Set<Job>().Where(job => job.Id == jobId && job.LeaseOwner == _owner && job.State == JobState.Running)
                        .ExecuteUpdateAsync(set => set.SetProperty(job => job.LeaseUntil, until), token),
                    running.Token);
                if (kept.Value == 0)
                {
                    await running.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The job has ended.
        }
        catch (Exception exception)
        {
            LogWorkerFault(exception);
        }
    }

    [LoggerMessage(5101, LogLevel.Warning, "Job {Kind} of {Subject} failed on attempt {Attempt}.")]
    private partial void LogJobFault(string kind, Guid subject, int attempt, Exception exception);

    [LoggerMessage(5102, LogLevel.Error, "The job worker could not go on and tries again.")]
    private partial void LogWorkerFault(Exception exception);
}
