namespace Kiosk.Scheduling;

internal static class Moments
{
    /// <summary>The sooner of <paramref name="known"/> (UTC ticks) and a moment, if that lies ahead.</summary>
    public static long Sooner(long known, DateTimeOffset moment, DateTimeOffset now) =>
        moment > now && moment.UtcTicks < known ? moment.UtcTicks : known;
}
