using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Receipts;

/// <summary>
/// Receipts on their way to the hub: stored first, sent in order, kept until acknowledged; while a full disk takes none they are sent from memory. Thread-safe.
/// </summary>
internal sealed class ReceiptOutbox(DocumentStore store, TimeProvider time)
{
    private const int MostKept = 20_000;

    private readonly Lock gate = new();
    private readonly List<Receipt> fresh = [];
    private readonly Signal news = new(time);
    /// <summary>Up to here the hub has confirmed, while what is confirmed cannot be dropped.</summary>
    private long acknowledged;

    public void Add(Receipt receipt)
    {
        lock (gate)
        {
            fresh.Add(receipt);
            if (fresh.Count > MostKept)
            {
                fresh.RemoveAt(0);
            }
        }

        news.Set();
    }

    /// <summary>Waits until there may be something to send.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => news.WaitAsync(atMost, cancellationToken);

    /// <summary>Writes what has come in; a full disk must not stop the screen, so it may throw and be called again.</summary>
    public void Store()
    {
        lock (gate)
        {
            if (fresh.Count > 0)
            {
                store.AddReceipts(fresh);
                store.TrimReceipts(MostKept);
                fresh.Clear();
            }
        }
    }

    /// <summary>Sends everything there is.</summary>
    public async Task SendAsync(IHubLink link, CancellationToken cancellationToken)
    {
        var stored = Try(Store);
        while (store.Receipts(ReceiptBatch.Limit, acknowledged) is { Count: > 0 } batch)
        {
            if (batch.Select(each => each.Receipt).OfType<Receipt>().ToArray() is { Length: > 0 } sound)
            {
                await link.AcknowledgeAsync(new ReceiptBatch(sound), cancellationToken);
            }

            acknowledged = batch[^1].Id;
        }

        // Even dropping takes room: what stays is passed over, and after a restart sent once more.
        if (Try(() => store.DropReceipts(acknowledged)))
        {
            acknowledged = 0;
        }

        while (!stored && Oldest() is { Length: > 0 } unstored)
        {
            await link.AcknowledgeAsync(new ReceiptBatch(unstored), cancellationToken);
            lock (gate)
            {
                fresh.RemoveAll(unstored.Contains);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            fresh.Clear();
            acknowledged = 0;
        }
    }

    private static bool Try(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private Receipt[] Oldest()
    {
        lock (gate)
        {
            return [.. fresh.Take(ReceiptBatch.Limit)];
        }
    }
}
