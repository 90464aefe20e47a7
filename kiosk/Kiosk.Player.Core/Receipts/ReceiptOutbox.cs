using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core.Receipts;

/// <summary>Receipts on their way to the hub: stored first, sent in order, kept until acknowledged. Thread-safe.</summary>
internal sealed class ReceiptOutbox(DocumentStore store, TimeProvider time)
{
    private const int MostKept = 20_000;

    private readonly Lock gate = new();
    private readonly List<Receipt> fresh = [];
    private readonly Signal news = new(time);

    public void Add(Receipt receipt)
    {
        lock (gate)
        {
            fresh.Add(receipt);
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

    /// <summary>Sends everything that is stored.</summary>
    public async Task SendAsync(IHubLink link, CancellationToken cancellationToken)
    {
        Store();
        while (store.Receipts(ReceiptBatch.Limit) is { Count: > 0 } batch)
        {
            await link.AcknowledgeAsync(new ReceiptBatch([.. batch.Select(b => b.Receipt)]), cancellationToken);
            store.DropReceipts(batch[^1].Id);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            fresh.Clear();
        }
    }
}
