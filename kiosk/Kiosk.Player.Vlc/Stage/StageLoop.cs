using System.Collections.Concurrent;
using Kiosk.Player.Vlc.Link;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>The one thread that owns the screen. What is awaited on it goes on there; events of other threads are posted to it.</summary>
internal sealed class StageLoop(TimeProvider time) : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly PriorityQueue<Timer, long> timers = new();
    private StageFrame? newest;

    public TimeProvider Clock { get; } = time;

    /// <summary>Ticks of the clock.</summary>
    public long Now => Clock.GetTimestamp();

    public override void Post(SendOrPostCallback d, object? state) => Post(() => d(state));

    public void Post(Action action)
    {
        try
        {
            work.Add(action);
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // The loop has ended; nobody waits for this any more.
        }
    }

    /// <summary>Hands over the newest view; one that has not been taken yet is forgotten.</summary>
    public void Hand(StageFrame frame)
    {
        // The texts come once: an older frame that had them must not take them along.
        var texts = frame.Texts ?? Volatile.Read(ref newest)?.Texts;
        Interlocked.Exchange(ref newest, frame with { Texts = texts });
        Post(() => { });
    }

    /// <summary>Runs an action on the loop after a time; the answer keeps it from running. On the loop's thread only.</summary>
    public IDisposable After(TimeSpan delay, Action action)
    {
        var timer = new Timer(action);
        timers.Enqueue(timer, Now + (long)(delay.TotalSeconds * Clock.TimestampFrequency));
        return timer;
    }

    public Task Wait(TimeSpan delay)
    {
        var over = new TaskCompletionSource();
        After(delay, over.SetResult);
        return over.Task;
    }

    /// <summary>Runs on the calling thread until cancelled. Whatever an action throws ends it.</summary>
    /// <param name="apply">Takes the newest view.</param>
    public void Run(Action<StageFrame> apply, CancellationToken cancellationToken)
    {
        SetSynchronizationContext(this);
        while (!cancellationToken.IsCancellationRequested)
        {
            while (timers.TryPeek(out var timer, out var due) && due <= Now)
            {
                timers.Dequeue();
                timer.Run();
            }

            if (Interlocked.Exchange(ref newest, null) is { } frame)
            {
                apply(frame);
            }

            var wait = timers.TryPeek(out _, out var next) ? Math.Clamp((next - Now) * 1000 / Clock.TimestampFrequency, 0, 250) : 250;
            if (work.TryTake(out var action, (int)wait, CancellationToken.None))
            {
                action();
            }
        }
    }

    public void Dispose() => work.Dispose();

    private sealed class Timer(Action action) : IDisposable
    {
        private Action? action = action;

        public void Run() => action?.Invoke();

        public void Dispose() => action = null;
    }
}
