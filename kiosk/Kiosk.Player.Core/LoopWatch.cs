namespace Kiosk.Player.Core;

/// <summary>Whether a loop still turns: it says at every turn how long it may rest, and is stuck when it is long overdue. Thread-safe.</summary>
public sealed class LoopWatch(TimeProvider time)
{
    /// <summary>How much later than it said a loop may turn: a slow disk and a busy machine are no hang.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private long due = long.MaxValue;

    /// <summary>True when the next turn is overdue. A loop that has not begun is not.</summary>
    public bool IsStuck => time.GetTimestamp() > Interlocked.Read(ref due);

    /// <param name="rest">What the loop waits for at most until it turns again.</param>
    public void Turn(TimeSpan rest) =>
        Interlocked.Exchange(ref due, time.GetTimestamp() + (long)((rest + Grace).TotalSeconds * time.TimestampFrequency));
}
