using System.Globalization;
using Kiosk.Hub.Meetings;

namespace Kiosk.Hub.Printing;

/// <summary>The time of a meeting as it is printed: as planned, and when the host closed it before.</summary>
internal static class PrintedWhen
{
    public static string Of(Meeting meeting)
    {
        var (start, end) = (meeting.StartLocal, meeting.EndLocal);
        var span = string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd HH:mm} – {(end.Date == start.Date ? end.ToString("HH:mm", CultureInfo.InvariantCulture) : end.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture))}");
        // One that nobody closes is closed by the hub some time after its end.
        return meeting.ClosedAt is { } closed && closed < meeting.End
            ? span + PrintText.Get("ended_at", MeetingTimes.Local(closed, meeting.TimeZone).ToString("HH:mm", CultureInfo.InvariantCulture))
            : span;
    }
}
