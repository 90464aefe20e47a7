namespace Kiosk.Player.Core.Tests.Fakes;

/// <summary>A machine whose wall clock is wrong by so much; everything else runs as it does.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    private long leap;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref leap);

    /// <summary>So much time passes at once, without any timer.</summary>
    public void Leap(TimeSpan time) => Interlocked.Add(ref leap, (long)(time.TotalSeconds * TimestampFrequency));
}
