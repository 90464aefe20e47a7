namespace Kiosk.Player.Core.Tests.Fakes;

/// <summary>A machine whose wall clock is wrong by so much; everything else runs as it does.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
