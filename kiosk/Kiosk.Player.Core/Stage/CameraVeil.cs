namespace Kiosk.Player.Core.Stage;

/// <summary>While a picture of the screen is taken the renderer covers what the camera shows of people: that never leaves the place. Thread-safe.</summary>
internal sealed class CameraVeil(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private (Guid Id, TaskCompletionSource Drawn)? now;
    private int wanted;

    /// <summary>Raised when it is to be drawn or lifted.</summary>
    public event Action? Changed;

    /// <summary>Names the one that is to be drawn; null when none is.</summary>
    public Guid? Id
    {
        get
        {
            lock (gate)
            {
                return now?.Id;
            }
        }
    }

    /// <summary>False when the renderer has not said within 5 s that it stands. <see cref="Lift"/> afterwards in any case; it stands while anybody needs it.</summary>
    public async Task<bool> DrawAsync(CancellationToken cancellationToken)
    {
        Task drawn;
        lock (gate)
        {
            wanted++;
            now ??= (Guid.NewGuid(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            drawn = now.Value.Drawn.Task;
        }

        Changed?.Invoke();
        try
        {
            await drawn.WaitAsync(Patience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public void Lift()
    {
        lock (gate)
        {
            now = --wanted == 0 ? null : now;
        }

        Changed?.Invoke();
    }

    /// <summary>The renderer says that this one stands.</summary>
    public void Stands(Guid id)
    {
        lock (gate)
        {
            if (now is { } asked && asked.Id == id)
            {
                asked.Drawn.TrySetResult();
            }
        }
    }
}
