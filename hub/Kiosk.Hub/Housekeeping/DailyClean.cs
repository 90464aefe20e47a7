using Kiosk.Contracts.Devices;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Commands;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Jobs;
using Kiosk.Hub.Media;
using Kiosk.Hub.Members;
using Kiosk.Hub.Plays;
using Kiosk.Hub.Schedules;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Housekeeping;

/// <summary>Once a day, and at start: what has run out leaves the feeds and the database. Each step is a short transaction of its own.</summary>
internal sealed partial class DailyClean(HubWriter writer, IDbContextFactory<HubDbContext> contexts, FairPlayOptions fairPlay, TimeProvider time, ILogger<DailyClean> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private const int ScopesAtOnce = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await CleanAsync(time.GetUtcNow(), stoppingToken);
            }
#pragma warning disable CA1031 // The next day finds the same again.
            catch (Exception exception) when (exception.IsFault(stoppingToken))
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Everything that has run out at this instant.</summary>
    public async Task CleanAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var events = await SweepSchedulesAsync(now, cancellationToken);
        var documents = await RemoveAsync(
            async (db, token) =>
            {
                await db.TakeFeedTurnAsync(token);
                return await db.Set<FeedDocument>().Where(document => !db.Set<FeedReference>().Any(reference => reference.Sha256 == document.Sha256)).ExecuteDeleteAsync(token);
            },
            cancellationToken);
        var sessions = await RemoveAsync((db, token) => db.Set<MemberDevice>().Where(device => device.ExpiresAt <= now).ExecuteDeleteAsync(token), cancellationToken);
        var unused = now - OperatorSessions.Lifetime - OperatorSessions.SeenInterval;
        sessions += await RemoveAsync((db, token) => db.Set<OperatorSession>().Where(session => session.LastSeenAt <= unused).ExecuteDeleteAsync(token), cancellationToken);
        sessions += await RemoveAsync((db, token) => db.Set<UsedProof>().Where(proof => proof.ExpiresAt <= now).ExecuteDeleteAsync(token), cancellationToken);
        var forgotten = now - (Pin.LockTime > OperatorAccounts.LockoutTime ? Pin.LockTime : OperatorAccounts.LockoutTime);
        sessions += await RemoveAsync((db, token) => db.Set<UnknownName>().Where(name => name.At <= forgotten).ExecuteDeleteAsync(token), cancellationToken);
        // A claimed or expired code is known for a day longer, so that whoever types it learns why it does not work.
        var yesterday = now - TimeSpan.FromDays(1);
        var pairings = await RemoveAsync((db, token) => db.Set<Pairing>().Where(pairing => pairing.ExpiresAt <= yesterday).ExecuteDeleteAsync(token), cancellationToken);
        var links = await RemoveAsync((db, token) => db.Set<Enrolment>().Where(enrolment => enrolment.ExpiresAt <= now).ExecuteDeleteAsync(token), cancellationToken)
            + await RemoveAsync((db, token) => db.Set<SetUpLink>().Where(link => link.ExpiresAt <= now).ExecuteDeleteAsync(token), cancellationToken);
        var jobs = await RemoveAsync((db, token) => JobWorker.RemoveOldAsync(db, now, token), cancellationToken);
        var photos = await RemoveAsync((db, token) => UnnamedEvidence.RemoveAsync(db, yesterday, token), cancellationToken);
        var traced = now - TimeSpan.FromDays(fairPlay.RetentionDays);
        var traces = await RemoveAsync((db, token) => db.Set<PhoneTrace>().Where(trace => trace.At <= traced).ExecuteDeleteAsync(token), cancellationToken);
        var shown = now - PlayIntake.Kept;
        var plays = await RemoveAsync((db, token) => db.Set<Play>().Where(play => play.At <= shown).ExecuteDeleteAsync(token), cancellationToken);
        // What became of a notice is asked for later; of a file and of a feed only while it matters.
        var told = now - TimeSpan.FromDays(30);
        await RemoveAsync(
            (db, token) => db.Set<DeviceReceipt>()
                .Where(receipt => receipt.ReceivedAt <= shown || (receipt.Subject != ReceiptSubject.Notice && receipt.ReceivedAt <= told)).ExecuteDeleteAsync(token),
            cancellationToken);
        await RemoveAsync((db, token) => OldCommands.RemoveAsync(db, now, token), cancellationToken);
        if (events + documents + sessions + pairings + links + jobs + photos + traces + plays > 0)
        {
            LogCleaned(events, documents, sessions, pairings, links, jobs, photos, traces, plays);
        }
    }

    // One-off events that ended long ago leave the feeds; the calendar keeps them.
    private async Task<int> SweepSchedulesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<string> scopes;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var ended = ScheduleFeeds.LongOverBefore(now);
            scopes = await db.Set<CalendarEvent>().Where(entry => entry.RecurrenceRule == null && entry.EndLocal < ended).Select(entry => entry.Scope).Distinct().ToListAsync(cancellationToken);
        }

        foreach (var some in scopes.Order(StringComparer.Ordinal).Chunk(ScopesAtOnce))
        {
            await writer.WriteAsync<Done>(
                async (db, token) =>
                {
                    await ScheduleFeeds.RebuildAsync(db, some, now, token);
                    return default(Done);
                },
                cancellationToken);
        }

        return scopes.Count;
    }

    private async Task<int> RemoveAsync(Func<HubDbContext, CancellationToken, Task<int>> remove, CancellationToken cancellationToken) =>
        (await writer.WriteAsync<int>(async (db, token) => await remove(db, token), cancellationToken)).Value;

    [LoggerMessage(5401, LogLevel.Information, "Cleaned: schedules of {Scopes} targets, {Documents} documents, {Sessions} sessions, {Pairings} pairings, {Links} links, {Jobs} jobs, {Photos} photos nobody named, {Traces} traces of phones, {Plays} old records of plays.")]
    private partial void LogCleaned(int scopes, int documents, int sessions, int pairings, int links, int jobs, int photos, int traces, int plays);

    [LoggerMessage(5402, LogLevel.Error, "The daily clean-up failed; it is tried again tomorrow.")]
    private partial void LogFailed(Exception exception);
}
