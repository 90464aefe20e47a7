using System.Globalization;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Phone;

internal static class PhoneText
{
    private static readonly ResourceText Text = new(typeof(PhoneText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);

    /// <summary>Day, weekday and time where the meeting is; with the year when it is another.</summary>
    public static string When(DateTimeOffset at, string timeZone, DateTimeOffset now)
    {
        var local = MeetingTimes.Local(at, timeZone);
        return Get(local.Year == MeetingTimes.Local(now, timeZone).Year ? "when" : "when_year", local, local.ToString("ddd", CultureInfo.CurrentCulture));
    }

    public static string Day(DateTimeOffset at, string timeZone) => MeetingTimes.Local(at, timeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at, string timeZone) => MeetingTimes.Local(at, timeZone).ToString("HH:mm", CultureInfo.InvariantCulture);
}
