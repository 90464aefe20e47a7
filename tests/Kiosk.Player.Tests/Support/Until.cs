namespace Kiosk.Player.Tests.Support;

internal static class Until
{
    /// <summary>Polls a condition until it holds; fails with what was awaited when the time is over.</summary>
    public static Task TrueAsync(Func<bool> condition, string awaited, int seconds = 15) => TrueAsync(condition, () => awaited, seconds);

    /// <param name="awaited">What is told when the time is over; asked for then.</param>
    public static async Task TrueAsync(Func<bool> condition, Func<string> awaited, int seconds = 15)
    {
        var deadline = TimeProvider.System.GetTimestamp() + seconds * TimeProvider.System.TimestampFrequency;
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetTimestamp() < deadline, "Not within " + seconds + " s: " + awaited());
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }
}
