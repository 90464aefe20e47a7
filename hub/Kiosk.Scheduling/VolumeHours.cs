using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>How loud a display is: its own volume, but for weekly wall-clock times in its zone.</summary>
public static class VolumeHours
{
    /// <summary>0–100. Of overlapping times the quietest counts: somebody asked for quiet.</summary>
    public static int At(DisplayDocument display, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(display);
        return display.VolumeHours is not { Count: > 0 } hours
            ? display.VolumePercent
            : WeeklyTimes.Spans(hours, Read, display.TimeZone, now).Where(span => span.Start <= now && now < span.End)
                .Select(span => (int?)span.Time.Percent).Min() ?? display.VolumePercent;
    }

    private static (int Day, string Start, string End) Read(VolumeTime time) => (time.Day, time.Start, time.End);
}
