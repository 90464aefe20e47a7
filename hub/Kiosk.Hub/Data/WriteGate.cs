using System.Threading.Channels;

namespace Kiosk.Hub.Data;

/// <summary>
/// One first-in-first-out gate before SQLite's single writer: without it batches made ordinary writes wait 600 ms at p99.
/// Re-entrant within one asynchronous flow, so that Identity's own saves may happen inside a write.
/// </summary>
internal sealed class WriteGate(bool enabled)
{
    private readonly Channel<bool> _turn = CreateTurn();
    private readonly AsyncLocal<Holder?> _held = new();

    private sealed class Holder
    {
        public bool Active { get; set; } = true;
    }

    /// <summary>Whether this asynchronous flow holds the gate.</summary>
    public bool IsHeld => !enabled || _held.Value is { Active: true };

    /// <summary>Waits for the turn, runs the work and passes the turn on.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (IsHeld)
        {
            return await work();
        }

        await _turn.Reader.ReadAsync(cancellationToken);
        var holder = new Holder();
        _held.Value = holder;
        try
        {
            return await work();
        }
        finally
        {
            holder.Active = false;
            _turn.Writer.TryWrite(true);
        }
    }

    // A channel's waiting readers are served in order; SemaphoreSlim promises no order.
    private static Channel<bool> CreateTurn()
    {
        var channel = Channel.CreateUnbounded<bool>(new UnboundedChannelOptions { AllowSynchronousContinuations = false });
        channel.Writer.TryWrite(true);
        return channel;
    }
}
