namespace Kiosk.Player.Core.Hosting;

/// <summary>Wrong host PINs in a row, kept over a restart so that pulling the plug gives no new tries.</summary>
internal sealed record PinTries(int Failures, DateTimeOffset? LockedUntil)
{
    public static PinTries None { get; } = new(0, null);
}

/// <summary>How long wrong host PINs lock a member out of this kiosk. Pure.</summary>
internal static class PinLock
{
    /// <summary>Tries before the first lock.</summary>
    public const int Free = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static bool IsLocked(PinTries tries, DateTimeOffset now) => tries.LockedUntil > now;

    /// <summary>Counts a try before it is looked at: from the third on each locks twice as long as the one before.</summary>
    public static PinTries Counted(PinTries tries, DateTimeOffset now)
    {
        var failures = tries.Failures + 1;
        var doublings = Math.Min(failures - Free, 10);
        return new PinTries(failures, doublings < 0 ? null : now + Shorter(First * Math.Pow(2, doublings), Longest));
    }

    /// <summary>Tries that are left before the next lock.</summary>
    public static int Left(PinTries tries) => Math.Max(0, Free - tries.Failures);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
