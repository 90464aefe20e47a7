using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core.Clocks;

/// <summary>
/// The corrected clock. Once compared with the hub it runs on the monotonic clock from there, so a jump of the wall clock
/// changes nothing. After a reboot without a hub the wall clock of that moment is believed (Holdover) only if it was right before and has not
/// gone behind the high-water mark, and time runs on the monotonic clock from there, too; else the state is Unknown and time creeps on from
/// the mark. Thread-safe.
/// </summary>
internal sealed class PlayerClock
{
    private static readonly TimeSpan LongestAway = TimeSpan.FromDays(400);
    private const long WallWasRightMs = 5 * 60_000;

    private readonly TimeProvider time;
    private readonly IBoot boot;
    private readonly Lock gate = new();
    private readonly DateTimeOffset startBase;
    private readonly long startMs;
    private readonly bool trustWall;
    private (DateTimeOffset HubTime, long AtMs)? anchor;
    private DateTimeOffset highWater;
    private ClockMark? mark;
    private bool comparedNow;

    public PlayerClock(TimeProvider time, IBoot boot, ClockMark? mark)
    {
        this.time = time;
        this.boot = boot;
        this.mark = mark;
        startMs = boot.MonotonicMs;
        highWater = mark?.HighWater ?? DateTimeOffset.UnixEpoch;
        startBase = highWater;
        if (mark is not null && mark.BootId == boot.Id && mark.MonotonicMs <= startMs)
        {
            anchor = (mark.HubTime, mark.MonotonicMs);
        }
        else if (mark is not null)
        {
            var wall = time.GetUtcNow();
            trustWall = Math.Abs(mark.OffsetMs) < WallWasRightMs && wall >= mark.HighWater && wall - mark.HighWater < LongestAway;
            startBase = trustWall ? wall : startBase;
        }
    }

    public string BootId => boot.Id;

    public long MonotonicMs => boot.MonotonicMs;

    /// <summary>Stands still while the machine sleeps. For lengths only, of this process.</summary>
    public long AwakeMs => (long)time.GetElapsedTime(0).TotalMilliseconds;

    public DateTimeOffset Now => Read().Now;

    /// <summary>Wall clock minus hub clock, as far as known.</summary>
    public long OffsetMs
    {
        get
        {
            var now = Now;
            lock (gate)
            {
                return anchor is null && mark is null ? 0 : (long)(time.GetUtcNow() - now).TotalMilliseconds;
            }
        }
    }

    public ClockReading Read()
    {
        lock (gate)
        {
            var (now, state) = anchor is { } a
                ? (a.HubTime.AddMilliseconds(boot.MonotonicMs - a.AtMs), comparedNow ? ClockState.Synced : ClockState.Holdover)
                : (startBase.AddMilliseconds(boot.MonotonicMs - startMs), trustWall ? ClockState.Holdover : ClockState.Unknown);
            highWater = now > highWater ? now : highWater;
            return new ClockReading(now, state);
        }
    }

    /// <summary>Takes a comparison: hub time at a monotonic instant.</summary>
    public void Synchronise(DateTimeOffset hubTime, long atMonotonicMs)
    {
        lock (gate)
        {
            anchor = (hubTime, atMonotonicMs);
            comparedNow = true;
            var now = hubTime.AddMilliseconds(boot.MonotonicMs - atMonotonicMs);

            // The hub is right even when it says earlier than we believed.
            highWater = now;
            mark = new ClockMark(now, boot.Id, atMonotonicMs, hubTime, (long)(time.GetUtcNow() - now).TotalMilliseconds);
        }
    }

    /// <summary>The link is gone: time runs on by itself.</summary>
    public void Release()
    {
        lock (gate)
        {
            comparedNow = false;
        }
    }

    /// <summary>Corrected time of an earlier instant of this boot; null when nothing was compared in this boot.</summary>
    public DateTimeOffset? Correct(string bootId, long monotonicMs)
    {
        lock (gate)
        {
            return bootId == boot.Id && anchor is { } a ? a.HubTime.AddMilliseconds(monotonicMs - a.AtMs) : null;
        }
    }

    /// <summary>What to remember, or null before the first comparison ever.</summary>
    public ClockMark? Mark()
    {
        _ = Read();
        lock (gate)
        {
            return mark is null ? null : mark with { HighWater = highWater };
        }
    }
}
