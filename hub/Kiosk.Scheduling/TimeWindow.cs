namespace Kiosk.Scheduling;

/// <summary>Time cut into windows of 16 days; an index is built for a window when it is first asked for.</summary>
internal static class TimeWindow
{
    private const long Length = 16 * TimeSpan.TicksPerDay;

    public static long Of(long utcTicks) => utcTicks / Length;

    public static (long From, long Until) Bounds(long number) => (number * Length, (number + 1) * Length);
}
