namespace Kiosk.EndToEnd.Tests.Support;

internal static class Until
{
    /// <summary>Polls until the probe gives a value; fails with what was awaited when the time is over.</summary>
    public static Task<T> GotAsync<T>(Func<Task<T?>> probe, string awaited, int seconds = 30)
        where T : class => GotAsync(probe, () => awaited, seconds);

    /// <inheritdoc cref="GotAsync{T}(Func{Task{T}}, string, int)"/>
    public static async Task<T> GotAsync<T>(Func<Task<T?>> probe, Func<string> awaited, int seconds)
        where T : class
    {
        var deadline = TimeProvider.System.GetTimestamp() + (seconds * TimeProvider.System.TimestampFrequency);
        while (true)
        {
            if (await probe() is { } value)
            {
                return value;
            }

            Assert.True(TimeProvider.System.GetTimestamp() < deadline, $"Not within {seconds} s: {awaited()}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> condition, string awaited, int seconds = 30) =>
        GotAsync(async () => await condition() ? "" : null, awaited, seconds);
}
