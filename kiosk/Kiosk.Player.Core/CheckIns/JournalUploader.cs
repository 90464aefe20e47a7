using System.Collections.Concurrent;
using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Links;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>Uploads the journal while there is a link: oldest first, in batches, again and again until the hub has answered for each record.</summary>
internal sealed class JournalUploader(CheckInJournal journal, PlayerClock clock, Func<string?> epoch, TimeProvider time, ActionUploader? actions = null) : IUploader
{
    private static readonly TimeSpan IdleLook = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(5);

    private readonly Signal news = new(time);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<CheckInResult>> waiters = new();

    /// <summary>Raised for each record the hub has answered.</summary>
    public event Action<CheckInEntry, CheckInResult>? Answered;

    /// <summary>The hub's answer to a record that is about to be appended; <see cref="Kick"/> afterwards.</summary>
    public Task<CheckInResult> Expect(Guid id) =>
        waiters.GetOrAdd(id, _ => new TaskCompletionSource<CheckInResult>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void NoLongerExpect(Guid id) => waiters.TryRemove(id, out _);

    /// <summary>There is something new to send.</summary>
    public void Kick() => news.Set();

    public async Task RunAsync(IHubLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (epoch() is { } current)
            {
                try
                {
                    journal.Correct(clock);
                    journal.Reoffer(current, clock.Now);
                    await DrainAsync(link, current, cancellationToken);
                }
                catch (Exception e) when (e is HubException or SqliteException)
                {
                    // A full disk, here or of the hub, ends no connection: what is on screen stays fresh, and the records, all on the disk, go when there is room.
                    await Task.Delay(Unanswered, time, cancellationToken);
                    continue;
                }
            }

            await news.WaitAsync(IdleLook, cancellationToken);
        }
    }

    private async Task DrainAsync(IHubLink link, string current, CancellationToken cancellationToken)
    {
        while (true)
        {
            // A meeting that was started here must be known before its check-ins come.
            await (actions?.DrainAsync(link, current, cancellationToken) ?? Task.CompletedTask);
            if (journal.Offer(CheckInBatch.Limit, actions is null ? null : actions.Holds) is not { Count: > 0 } batch)
            {
                return;
            }

            var reply = await link.UploadCheckInsAsync(new CheckInBatch(batch), cancellationToken);
            var byId = batch.ToDictionary(e => e.Id);
            var answered = reply.Results.Where(r => byId.ContainsKey(r.Id)).ToList();
            journal.Acknowledge([.. answered.Select(r => r.Id)], current, clock.Now);
            foreach (var result in answered)
            {
                Answered?.Invoke(byId[result.Id], result);
                if (waiters.TryRemove(result.Id, out var waiter))
                {
                    waiter.TrySetResult(result);
                }
            }

            if (answered.Count == 0)
            {
                await Task.Delay(Unanswered, time, cancellationToken);
                return;
            }
        }
    }
}
