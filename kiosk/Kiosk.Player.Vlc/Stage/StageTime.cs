using System.Globalization;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>The player's corrected time, carried on by a monotonic clock: a wrong clock of the machine shows nowhere.</summary>
internal sealed class StageTime
{
    private readonly DateTimeOffset start;
    private readonly long at;
    private readonly TimeProvider clock;

    private StageTime(DateTimeOffset start, bool known, TimeProvider clock) => (this.start, IsKnown, at, this.clock) = (start, known, clock.GetTimestamp(), clock);

    public DateTimeOffset Now => start + clock.GetElapsedTime(at);

    /// <summary>A player that has not heard the time since its power was cut only guesses it: then no clock is shown rather than a wrong one.</summary>
    public bool IsKnown { get; }

    public static StageTime Of(StageView view, long ageMs, TimeProvider clock) => new(view.Now.AddMilliseconds(ageMs), !view.TimeUnknown, clock);

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Local;

    public static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(language);
}
