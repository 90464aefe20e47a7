namespace Kiosk.Player.Core.Media;

/// <summary>One allowance of bytes a second for all who share it; it can be changed while they wait. Thread-safe.</summary>
internal sealed class Throttle(long? bytesPerSecond, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long? limit = bytesPerSecond;
    private long settledAt = time.GetTimestamp();
    private double asked;
    private double allowed;

    /// <summary>Bytes a second for all together; null: no limit.</summary>
    public long? BytesPerSecond
    {
        get
        {
            lock (gate)
            {
                return limit;
            }
        }

        set
        {
            lock (gate)
            {
                Settle();
                limit = value;
            }
        }
    }

    /// <summary>How much to take in one go: an eighth of a second's worth, so that the line is used evenly.</summary>
    public int Portion(int most) => BytesPerSecond is { } some ? (int)Math.Clamp(some / 8, Math.Min(2_048, most), most) : most;

    /// <summary>Waits until these bytes are within the allowance. Who asks first is served first.</summary>
    public async ValueTask SpendAsync(int bytes, CancellationToken cancellationToken)
    {
        double mine;
        lock (gate)
        {
            Settle();
            mine = asked += bytes;
        }

        while (Wait(mine) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < LookAgain ? wait : LookAgain, time, cancellationToken);
        }
    }

    private TimeSpan Wait(double mine)
    {
        lock (gate)
        {
            Settle();
            return limit is { } rate && mine > allowed ? TimeSpan.FromSeconds((mine - allowed) / rate) + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero;
        }
    }

    /// <summary>An allowance not used is gone: nothing is saved up for a burst.</summary>
    private void Settle()
    {
        var elapsed = time.GetElapsedTime(settledAt).TotalSeconds;
        settledAt = time.GetTimestamp();
        allowed = limit is { } rate ? Math.Min(asked, allowed + elapsed * rate) : asked;
    }
}
