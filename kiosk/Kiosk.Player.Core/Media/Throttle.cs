namespace Kiosk.Player.Core.Media;

/// <summary>One allowance of bytes a second for all downloads together.</summary>
internal sealed class Throttle(long? bytesPerSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private long freeAt = time.GetTimestamp();

    /// <summary>Waits until these bytes are within the allowance.</summary>
    public Task SpendAsync(int bytes, CancellationToken cancellationToken)
    {
        if (bytesPerSecond is not { } limit)
        {
            return Task.CompletedTask;
        }

        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetTimestamp();
            freeAt = Math.Max(freeAt, now) + (long)(bytes * (double)time.TimestampFrequency / limit);
            wait = time.GetElapsedTime(now, freeAt);
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}
