using System.Diagnostics;

namespace Kiosk.Player.Core.Tests.Fakes;

internal static class Until
{
    /// <summary>Polls a condition; fails after ten seconds.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), "Waited in vain: " + what);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
