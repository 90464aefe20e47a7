namespace Kiosk.Load.Faults;

/// <summary>Real time, so many times faster, with a wall clock that can be set. The monotonic clock never jumps.</summary>
internal sealed class JumpyTime(DateTimeOffset start, int speed) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();
    private long _jumpedTicks;

    public override long TimestampFrequency => System.TimestampFrequency;

    /// <summary>What passed, by the monotonic clock.</summary>
    public TimeSpan Passed => System.GetElapsedTime(_began) * speed;

    /// <summary>The time as it is, without the jumps.</summary>
    public DateTimeOffset True => start + Passed;

    public override long GetTimestamp() => _began + (System.GetTimestamp() - _began) * speed;

    public override DateTimeOffset GetUtcNow() => True + TimeSpan.FromTicks(Interlocked.Read(ref _jumpedTicks));

    /// <summary>Sets the wall clock.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumpedTicks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Slow(dueTime), Slow(period));

    private TimeSpan Slow(TimeSpan span) => span <= TimeSpan.Zero ? span : span / speed;
}
