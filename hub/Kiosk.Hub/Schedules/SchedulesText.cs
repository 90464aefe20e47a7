using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Schedules;

internal static class SchedulesText
{
    private static readonly ResourceText Text = new(typeof(SchedulesText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
