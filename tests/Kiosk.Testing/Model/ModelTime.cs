namespace Kiosk.Testing.Model;

/// <summary>The evening's clock: stands still until it is moved, back too for the next evening; timers run by the machine's, since nothing here waits for one.</summary>
internal sealed class ModelTime : TimeProvider
{
    private long _ticks = Evening.UtcTicks;

    /// <summary>Ten in the evening where the meetings are: the second one runs past midnight.</summary>
    public static DateTimeOffset Evening { get; } = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
