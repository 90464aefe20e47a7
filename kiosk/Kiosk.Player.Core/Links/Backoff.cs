namespace Kiosk.Player.Core.Links;

/// <summary>When to try again: the first retry anywhere in 15 s, then full jitter up to 60 s, so that ten thousand displays do not come back at once.</summary>
internal static class Backoff
{
    /// <param name="attempt">1 for the first retry.</param>
    /// <param name="random">In [0, 1).</param>
    public static TimeSpan Delay(int attempt, double random)
    {
        var ceiling = attempt <= 1 ? 15 : Math.Min(60, 15 * Math.Pow(2, attempt - 1));
        return TimeSpan.FromSeconds(ceiling * random);
    }
}
