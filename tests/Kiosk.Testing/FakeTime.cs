using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Testing;

internal static class FakeTime
{
    /// <summary>
    /// It is later, as if the hub had slept: timers go off once if they are due within a minute afterwards, not for every time they would have on the way.
    /// A day walked with <see cref="FakeTimeProvider.Advance"/> fires every timer of every few seconds and takes half a minute of work.
    /// </summary>
    public static void Skip(this FakeTimeProvider time, TimeSpan span)
    {
        var minute = TimeSpan.FromMinutes(1);
        time.AdjustTime(time.GetUtcNow() + span - minute);
        time.Advance(minute);
    }
}
