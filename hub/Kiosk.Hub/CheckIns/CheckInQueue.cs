using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Backup;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>
/// Gathers check-ins from phones, kiosks and hosts and commits them together, at most 128 in a transaction; one that goes wrong takes none beside it along.
/// Whoever submitted one hears of it only after the commit. While one batch commits the next gathers, so nobody waits for a timer.
/// </summary>
internal sealed partial class CheckInQueue(
    HubWriter writer, PointsRules rules, AttendanceFeeds attendance, ILogger<CheckInQueue> logger) : BackgroundService
{
    private const int BatchLimit = 128;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(4096) { SingleReader = true });

    private sealed record Waiting(CheckInEvidence Evidence, TaskCompletionSource<CheckInReply> Done);

    /// <summary>The answer, after it is committed.</summary>
    /// <exception cref="DbException">Nothing was stored; the sender keeps its record and tries again.</exception>
    public async Task<CheckInReply> SubmitAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(evidence, new TaskCompletionSource<CheckInReply>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(BatchLimit);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < BatchLimit && _waiting.Reader.TryRead(out var next))
                {
                    batch.Add(next);
                }

                await CommitAsync(batch);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub is being stopped, perhaps before it began.
        }
        finally
        {
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var left))
            {
                left.Done.TrySetCanceled(CancellationToken.None);
            }
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        // Members in id order, so that two hubs on PostgreSQL lock rows alike; one member's records stay in their order.
        var ordered = batch.OrderBy(waiting => waiting.Evidence.MemberId).ToList();
        try
        {
            // Finished even when the hub is stopping: a check-in that is half in is answered, not dropped.
            Answer(ordered, (await writer.WriteAsync<IReadOnlyList<(CheckInReply? Reply, Exception? Fault)>>(
                async (db, cancellation) => await ApplyAsync(db, ordered, cancellation), CancellationToken.None)).Value!);
        }
        catch (Exception exception) when (Collisions.Is(exception) && ordered.Count > 1)
        {
            // One of them meets the same fault every time. Alone it is found out, and the others are stored.
            foreach (var waiting in ordered)
            {
                await CommitAsync([waiting]);
            }
        }
#pragma warning disable CA1031 // Whatever went wrong with the transaction is told to everybody who waits for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Answer(ordered, ordered.Count == 1 ? [await KeepAloneAsync(ordered[0].Evidence, exception)] : [.. ordered.Select(_ => ((CheckInReply?)null, (Exception?)exception))]);
        }
    }

    private void Answer(List<Waiting> batch, IReadOnlyList<(CheckInReply? Reply, Exception? Fault)> answers)
    {
        foreach (var (waiting, (reply, fault)) in batch.Zip(answers))
        {
            if (fault is null)
            {
                waiting.Done.TrySetResult(reply!);
            }
            else
            {
                LogFailed(fault, waiting.Evidence.Id);
                waiting.Done.TrySetException(fault);
            }
        }
    }

    /// <summary>The last word on a record that failed by itself in a transaction of its own.</summary>
    private async Task<(CheckInReply? Reply, Exception? Fault)> KeepAloneAsync(CheckInEvidence evidence, Exception fault)
    {
        try
        {
            var kept = await writer.WriteAsync<(CheckInReply? Reply, Exception? Fault)>(
                async (db, cancellation) =>
                {
                    await using var statements = new Statements(db);
                    return await KeepAsync(statements, new CheckInStore(statements, rules), evidence, fault, cancellation);
                },
                CancellationToken.None);
            return kept.Value;
        }
        catch (DbException exception)
        {
            return (null, exception);
        }
    }

    private async Task<Result<IReadOnlyList<(CheckInReply? Reply, Exception? Fault)>>> ApplyAsync(
        HubDbContext db, List<Waiting> batch, CancellationToken cancellationToken)
    {
        await using var statements = new Statements(db);
        var replies = await TogetherAsync(statements, batch, cancellationToken) ?? await OneByOneAsync(statements, batch, cancellationToken);
        var fresh = batch.Zip(replies, (waiting, answer) => (waiting.Evidence.MeetingId, answer.Reply)).Where(answer => answer.Reply is { Replayed: false }).ToList();
        var rooms = replies.Select(answer => answer.Reply?.ChangedRoom).OfType<Guid>().ToHashSet();
        db.OnCommitted(_ => attendance.Touch(rooms));
        foreach (var meeting in fresh.Select(answer => answer.MeetingId).Distinct())
        {
            db.SignalChanged(Topics.Meetings, meeting);
        }

        return replies;
    }

    /// <summary>Nearly always nothing goes wrong, and one savepoint does for them all. Null when something did: nothing of it is left, and each is to be tried by itself.</summary>
    private async Task<List<(CheckInReply? Reply, Exception? Fault)>?> TogetherAsync(Statements statements, List<Waiting> batch, CancellationToken cancellationToken)
    {
        var store = new CheckInStore(statements, rules);
        var replies = new List<(CheckInReply?, Exception?)>(batch.Count);
        await statements.ExecuteAsync("SAVEPOINT check_ins", cancellationToken);
        try
        {
            foreach (var waiting in batch)
            {
                replies.Add((await store.ApplyAsync(waiting.Evidence, cancellationToken), null));
            }

            await statements.ExecuteAsync("RELEASE SAVEPOINT check_ins", cancellationToken);
            return replies;
        }
#pragma warning disable CA1031 // Whatever it was, it is met again by the record it belongs to.
        catch (Exception exception) when (!Collisions.Is(exception) && exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            await RollBackAsync(statements, "ROLLBACK TO SAVEPOINT check_ins", exception, cancellationToken);
            return null;
        }
    }

    private async Task<List<(CheckInReply? Reply, Exception? Fault)>> OneByOneAsync(Statements statements, List<Waiting> batch, CancellationToken cancellationToken)
    {
        var store = new CheckInStore(statements, rules);
        var replies = new List<(CheckInReply?, Exception?)>(batch.Count);
        foreach (var waiting in batch)
        {
            await statements.ExecuteAsync("SAVEPOINT check_in", cancellationToken);
            try
            {
                var reply = await store.ApplyAsync(waiting.Evidence, cancellationToken);
                await statements.ExecuteAsync("RELEASE SAVEPOINT check_in", cancellationToken);
                replies.Add((reply, null));
            }
#pragma warning disable CA1031 // One record that goes wrong, however it does, is one record: those beside it are stored.
            catch (Exception exception) when (!Collisions.Is(exception) && exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                await RollBackAsync(statements, "ROLLBACK TO SAVEPOINT check_in", exception, cancellationToken);
                replies.Add(await KeepAsync(statements, store, waiting.Evidence, exception, cancellationToken));
            }
        }

        return replies;
    }

    // A full disk may have taken the whole transaction back, and the savepoint with it: then it is the disk that is told of.
    private static async Task RollBackAsync(Statements statements, string sql, Exception fault, CancellationToken cancellationToken)
    {
        try
        {
            await statements.ExecuteAsync(sql, cancellationToken);
        }
        catch (DbException) when (DiskFull.Is(fault))
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    /// <summary>A record that would fail again however often it is sent gets a last answer, so that nothing behind it in a journal waits for it.</summary>
    private async Task<(CheckInReply? Reply, Exception? Fault)> KeepAsync(
        Statements statements, CheckInStore store, CheckInEvidence evidence, Exception fault, CancellationToken cancellationToken)
    {
        if (!UnusableRecords.IsOfTheRecord(fault))
        {
            return (null, fault);
        }

        await statements.ExecuteAsync("SAVEPOINT kept", cancellationToken);
        try
        {
            var reply = await store.KeepAsync(evidence, cancellationToken);
            await statements.ExecuteAsync("RELEASE SAVEPOINT kept", cancellationToken);
            LogKept(fault, evidence.Id);
            return (reply, null);
        }
        catch (DbException exception) when (!Collisions.Is(exception))
        {
            await statements.ExecuteAsync("ROLLBACK TO SAVEPOINT kept", cancellationToken);
            return (null, fault);
        }
    }

    [LoggerMessage(4101, LogLevel.Warning, "Check-in {RecordId} makes no sense; it is kept for the host and counts nowhere.")]
    private partial void LogKept(Exception exception, Guid recordId);

    [LoggerMessage(4100, LogLevel.Error, "Check-in {RecordId} could not be stored; its sender was told and keeps it.")]
    private partial void LogFailed(Exception exception, Guid recordId);
}
