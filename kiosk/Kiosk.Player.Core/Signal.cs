namespace Kiosk.Player.Core;

/// <summary>Wakes one waiter; set twice before anybody waits, it wakes once.</summary>
internal sealed class Signal(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource pending = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set()
    {
        lock (gate)
        {
            pending.TrySetResult();
        }
    }

    /// <summary>Waits until set, but no longer than <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task waiting;
        lock (gate)
        {
            waiting = pending.Task;
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(waiting, Task.Delay(atMost, time, done.Token));
        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (pending.Task.IsCompleted)
            {
                pending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
