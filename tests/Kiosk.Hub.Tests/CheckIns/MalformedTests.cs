using Kiosk.Testing.Malformed;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>Bad input at its source: the verification itself, of the hub and of the kiosk.</summary>
public sealed class MalformedTests
{
    [Fact]
    public void Of_a_hundred_thousand_malformed_codes_and_cards_none_is_accepted_and_none_breaks_anything()
    {
        var seed = Random.Shared.Next();
        var report = MalformedRun.Run(110_000, seed);

        Assert.True(report.Accepted.Count == 0, $"seed {seed}: {string.Join('\n', report.Accepted.Take(5))}");
        Assert.True(report.Faults.Count == 0, $"seed {seed}: {string.Join('\n', report.Faults.Take(5))}");
        Assert.True(report.Generated >= 100_000, $"{report.Generated}");
        // Every way was tried often, and what is good was still taken.
        Assert.Equal(2 * (Forger.Ways.Count + 7), report.ByKind.Count);
        Assert.All(report.ByKind, kind => Assert.True(kind.Value > 200, $"{kind.Key}: {kind.Value}"));
        Assert.Equal((110, 0), (report.GoodTaken, report.GoodRefused));
    }
}
