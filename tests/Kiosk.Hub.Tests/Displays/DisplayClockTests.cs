using Kiosk.Hub.Displays;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Displays;

public class DisplayClockTests
{
    [Fact]
    public async Task Database_away_when_the_next_boundary_is_looked_up_does_not_end_the_hub()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        await using var hub = await HubApplication.StartAsync(time);
        await hub.TamperAsync($"""ALTER TABLE "Displays" RENAME TO "DisplaysAway" """);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return hub.Log.Entries.Count(entry => entry.Contains(nameof(DisplayClock), StringComparison.Ordinal)) > 3;
            },
            TestContext.Current.CancellationToken);
        await hub.TamperAsync($"""ALTER TABLE "DisplaysAway" RENAME TO "Displays" """);
        using var admin = await hub.SignInAsync();
        Assert.True(admin.Info.SignedIn);
    }
}
