using System.Threading.Channels;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Data;

/// <summary>Stores what many displays send at once in one transaction: ten thousand of them answer a notice, or come back after a restart, within seconds.</summary>
/// <param name="rows">From so many rows on a transaction takes no more.</param>
internal abstract partial class GroupedWrites<T>(HubWriter writer, int rows, ILogger logger) : BackgroundService
{
    private readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(4_096);

    private sealed record Item(Guid DisplayId, IReadOnlyList<T> Rows)
    {
        public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Stores rows of several displays inside a write.</summary>
    protected abstract Task StoreAsync(HubDbContext db, List<(Guid DisplayId, T Row)> rows, CancellationToken cancellationToken);

    /// <summary>Returns once they are committed; throws what kept them from it.</summary>
    protected async Task SubmitAsync(Guid displayId, IReadOnlyList<T> sent, CancellationToken cancellationToken)
    {
        if (sent.Count == 0)
        {
            return;
        }

        var item = new Item(displayId, sent);
        await _waiting.Writer.WriteAsync(item, cancellationToken);
        await item.Stored.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Item>();
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            for (var taken = 0; taken < rows && _waiting.Reader.TryRead(out var item); taken += item.Rows.Count)
            {
                batch.Add(item);
            }

            try
            {
                await writer.WriteAsync<Done>(
                    async (db, cancellation) =>
                    {
                        await StoreAsync(db, [.. batch.SelectMany(item => item.Rows.Select(row => (item.DisplayId, row)))], cancellation);
                        return new Done();
                    },
                    stoppingToken);
                batch.ForEach(item => item.Stored.TrySetResult());
            }
            catch (Exception exception) when (exception.IsFault(stoppingToken))
            {
                LogStoreFailed(exception);
                batch.ForEach(item => item.Stored.TrySetException(exception));
            }
            catch (OperationCanceledException)
            {
                batch.ForEach(item => item.Stored.TrySetCanceled(stoppingToken));
                throw;
            }
        }
    }

    [LoggerMessage(3102, LogLevel.Error, "What displays sent could not be stored; they send it again.")]
    private partial void LogStoreFailed(Exception exception);
}
