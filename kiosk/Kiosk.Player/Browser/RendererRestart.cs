using Kiosk.Player.Core.Commands;

namespace Kiosk.Player.Browser;

/// <summary>Between who asks for a new browser and the supervisor that starts it.</summary>
internal sealed class RendererRestart(TimeProvider time) : IRendererControl
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Queue<long> broken = new();
    private TaskCompletionSource? asked;
    private bool taken;

    public string? Version { get; set; }

    public int BrokenLately
    {
        get
        {
            lock (gate)
            {
                while (broken.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Lately)
                {
                    broken.Dequeue();
                }

                return broken.Count;
            }
        }
    }

    /// <summary>For the supervisor: it has to be started again, and nobody asked for that.</summary>
    public void Broke()
    {
        lock (gate)
        {
            broken.Enqueue(time.GetTimestamp());
        }
    }

    public async Task<bool> RestartAsync(CancellationToken cancellationToken)
    {
        Task back;
        lock (gate)
        {
            if (asked is null)
            {
                (asked, taken) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
            }

            back = asked.Task;
        }

        try
        {
            await back.WaitAsync(Patience, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>For the supervisor: whether to end the browser now.</summary>
    public bool Take()
    {
        lock (gate)
        {
            var now = asked is not null && !taken;
            taken = taken || now;
            return now;
        }
    }

    /// <summary>For the supervisor: the page makes frames.</summary>
    public void Up()
    {
        lock (gate)
        {
            if (taken)
            {
                asked?.TrySetResult();
                (asked, taken) = (null, false);
            }
        }
    }
}
