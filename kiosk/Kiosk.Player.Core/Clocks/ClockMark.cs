namespace Kiosk.Player.Core.Clocks;

/// <summary>What is remembered of time across restarts.</summary>
/// <param name="HighWater">Latest corrected time seen; the true time is never earlier.</param>
/// <param name="BootId">Boot in which the clock was last compared with the hub.</param>
/// <param name="MonotonicMs">Monotonic time of that comparison.</param>
/// <param name="HubTime">Hub time of that comparison.</param>
/// <param name="OffsetMs">Wall clock minus hub clock then.</param>
internal sealed record ClockMark(DateTimeOffset HighWater, string BootId, long MonotonicMs, DateTimeOffset HubTime, long OffsetMs);
