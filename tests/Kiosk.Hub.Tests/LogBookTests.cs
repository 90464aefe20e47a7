using Kiosk.Testing;

namespace Kiosk.Hub.Tests;

/// <summary>Tests that say "nothing was logged" are worth something only while this holds.</summary>
public class LogBookTests
{
    [Fact]
    public async Task Error_the_hub_logs_is_in_the_book()
    {
        await using var hub = await HubApplication.StartAsync();
        hub.Complain("trouble");
        Assert.Contains(hub.Log.Entries, entry => entry.Contains("trouble", StringComparison.Ordinal));
    }
}
