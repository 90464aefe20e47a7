using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

/// <summary>Sends what is stored, at least once. A hub that is killed in between sends it when it is back, under the same id.</summary>
internal sealed partial class AlertOutbox(
    HubWriter writer, IDbContextFactory<HubDbContext> contexts, AlertTurn turns, AlertChannels channels, AlertOutboxSignal signal, TimeProvider time, ILogger<AlertOutbox> logger) : BackgroundService
{
    /// <summary>First try and three more.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    /// <summary>Longer than any try takes; who is killed in it loses no more than this.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(15);

    private const int AtOnce = 4;

    /// <summary>Adds a message to the running transaction.</summary>
    public static void Add(HubDbContext db, Guid recipientId, AlertLetter letter, DateTimeOffset now)
    {
        db.Add(new AlertMessage
        {
            Id = Guid.CreateVersion7(now), RecipientId = recipientId, Title = letter.Title.Length > 500 ? letter.Title[..500] : letter.Title, Text = letter.Text, Items = letter.Items, CreatedAt = now, NotBefore = now,
        });
        WakeAfter(db);
    }

    /// <summary>Once a message is stored it goes out at once.</summary>
    public static void WakeAfter(HubDbContext db) => db.OnCommitted(services => services.GetRequiredService<AlertOutboxSignal>().Wake());

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

                if (await ClaimAsync(stoppingToken) is { Count: > 0 } due)
                {
                    await Task.WhenAll(due.Select(message => TryAsync(message, stoppingToken)));
                    continue;
                }
            }
#pragma warning disable CA1031 // What is stored stays stored, and is tried again.
            catch (Exception exception) when (exception.IsFault(stoppingToken))
#pragma warning restore CA1031
            {
                LogTurnFailed(exception);
            }

            await signal.WaitAsync(_idle, time, stoppingToken);
        }
    }

    // SQLite is this process's alone: whoever had a turn is gone. With PostgreSQL another hub may be at it, and the turn runs out by itself.
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync<int>(
            async (db, token) => db is PostgresHubDbContext ? 0 : await db.Set<AlertMessage>()
                .Where(message => message.SentAt == null && message.FailedAt == null && message.Failures == 0 && message.NotBefore > now)
                .ExecuteUpdateAsync(set => set.SetProperty(message => message.NotBefore, now), token),
            cancellationToken);
    }

    private static IQueryable<AlertMessage> Due(HubDbContext db, DateTimeOffset now) =>
        db.Set<AlertMessage>().Where(message => message.SentAt == null && message.FailedAt == null && message.NotBefore <= now).OrderBy(message => message.Id).Take(AtOnce);

    private async Task<IReadOnlyList<AlertMessage>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using (var reading = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await Due(reading, now).AnyAsync(cancellationToken))
            {
                return [];
            }
        }

        var claimed = await writer.WriteAsync<List<AlertMessage>>(
            async (db, token) =>
            {
                await db.TakeAlertTurnAsync(token);
                var due = await Due(db, now).ToListAsync(token);
                due.ForEach(message => message.NotBefore = now + Turn);
                return due;
            },
            cancellationToken);
        return claimed.Value ?? [];
    }

    private async Task TryAsync(AlertMessage message, CancellationToken stoppingToken)
    {
        AlertRecipient? recipient;
        await using (var db = await contexts.CreateDbContextAsync(stoppingToken))
        {
            recipient = await db.Set<AlertRecipient>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == message.RecipientId, stoppingToken);
        }

        if (recipient is null)
        {
            return;
        }

        var outcome = await channels.SendAsync(recipient, new AlertSending(message.Id, message.Title, message.Text, message.Items, message.CreatedAt), stoppingToken);
        var now = time.GetUtcNow();
        await using var turn = await turns.TakeAsync(CancellationToken.None);
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (await db.Set<AlertMessage>().SingleOrDefaultAsync(row => row.Id == message.Id && row.SentAt == null, token) is { } row)
                {
                    Note(row, outcome, now);
                    if (row.FailedAt is not null)
                    {
                        await UntellAsync(db, row, token);
                    }

                    db.SignalChanged(Topics.Alerts);
                }

                return default(Done);
            },
            CancellationToken.None);
        if (!outcome.Sent)
        {
            LogNotSent(message.Id, outcome.Code!);
        }
    }

    /// <summary>What a message that was given up told is not told: it goes into the next one.</summary>
    private static async Task UntellAsync(HubDbContext db, AlertMessage message, CancellationToken cancellationToken)
    {
        var told = db.Set<AlertTold>().Where(row => row.RecipientId == message.RecipientId);
        await told.Where(row => row.LastAt == message.CreatedAt && row.ClearedAt == null).ExecuteDeleteAsync(cancellationToken);
        await told.Where(row => row.ClearedAt == message.CreatedAt).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClearedAt, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Writes down what came of a try.</summary>
    internal static void Note(AlertMessage message, AlertOutcome outcome, DateTimeOffset now)
    {
        (message.Code, message.Answer) = (outcome.Code, outcome.Answer is { } answer ? VisibleText.Clipped(answer, AlertMessage.AnswerLength) : null);
        if (outcome.Sent)
        {
            message.SentAt = now;
        }
        else if (outcome.Final || message.Failures >= Pauses.Count)
        {
            (message.FailedAt, message.Failures) = (now, message.Failures + 1);
        }
        else
        {
            message.NotBefore = now + Pauses[message.Failures];
            message.Failures++;
        }
    }

    [LoggerMessage(5611, LogLevel.Error, "The outbox of alerts could not go on and tries again.")]
    private partial void LogTurnFailed(Exception exception);

    [LoggerMessage(5612, LogLevel.Warning, "Alert message {Id} was not sent: {Code}.")]
    private partial void LogNotSent(Guid id, string code);
}

/// <summary>Wakes the outbox after a commit.</summary>
internal sealed class AlertOutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    /// <summary>Returns when woken or after a while by the clock.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_wake.WaitAsync(idle.Token), Task.Delay(longest, time, idle.Token));
        await idle.CancelAsync();
    }

    public void Dispose() => _wake.Dispose();
}
