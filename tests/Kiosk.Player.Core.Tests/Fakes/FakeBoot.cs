using Kiosk.Player.Core.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Fakes;

/// <summary>A boot whose monotonic clock follows fake time.</summary>
internal sealed class FakeBoot(FakeTimeProvider time, string id = "boot-1") : IBoot
{
    private readonly long start = time.GetTimestamp();

    public string Id { get; } = id;

    /// <summary>Of it the program sees nothing pass.</summary>
    public TimeSpan Slept { get; set; }

    public long MonotonicMs => 1_000 + (long)Slept.TotalMilliseconds + (long)time.GetElapsedTime(start).TotalMilliseconds;
}
