using System.Globalization;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>The player's corrected time, carried on by a monotonic clock: a wrong clock of the machine shows nowhere.</summary>
internal sealed class StageTime
{
    private readonly DateTimeOffset start;
    private readonly long at;
    private readonly TimeProvider clock;

    private StageTime(DateTimeOffset start, TimeProvider clock) => (this.start, at, this.clock) = (start, clock.GetTimestamp(), clock);

    public DateTimeOffset Now => start + clock.GetElapsedTime(at);

    /// <summary>A player that has never heard the time counts from 1970: then no clock is shown rather than a wrong one.</summary>
    public bool IsKnown => Now.Year >= 2020;

    public static StageTime Of(DateTimeOffset now, long ageMs, TimeProvider clock) => new(now.AddMilliseconds(ageMs), clock);

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Local;

    public static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(language);
}
