using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>Who may be in front of a display.</summary>
public static class Audiences
{
    /// <summary>The audience at an instant: the highest window that holds it, else the base audience.</summary>
    public static Disclosure At(DisplayDocument display, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(display);
        Disclosure? highest = null;
        foreach (var window in display.AudienceWindows)
        {
            if (window.Start <= now && now < window.End && (highest is null || window.Audience > highest))
            {
                highest = window.Audience;
            }
        }

        return highest ?? display.BaseAudience;
    }

    /// <summary>The audience that is right at any hour, for when the hour is not known.</summary>
    public static Disclosure AtAnyTime(DisplayDocument display)
    {
        ArgumentNullException.ThrowIfNull(display);
        var lowest = display.BaseAudience;
        foreach (var window in display.AudienceWindows)
        {
            lowest = window.Audience < lowest ? window.Audience : lowest;
        }

        return lowest;
    }

    internal static long NextChange(DisplayDocument display, DateTimeOffset now)
    {
        var next = long.MaxValue;
        foreach (var window in display.AudienceWindows)
        {
            next = Moments.Sooner(next, window.Start, now);
            next = Moments.Sooner(next, window.End, now);
        }

        return next;
    }
}
