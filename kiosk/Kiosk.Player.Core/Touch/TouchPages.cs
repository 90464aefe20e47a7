using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Stage;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Touch;

/// <summary>Makes the touch pages' part of the view. Pure.</summary>
internal static class TouchPages
{
    private const int MostMeetings = 6;
    private const int MostNotices = 20;

    /// <param name="notice">Makes a notice with the files that are here.</param>
    public static TouchView? Of(TouchVisit? visit, TouchRoom room, PlayerDocuments? documents, Disclosure audience, DateTimeOffset now, Func<NoticeItem, NoticeView> notice)
    {
        if (visit is null || documents is null)
        {
            return null;
        }

        var notices = Running(documents, audience, now).Select(notice).ToList();
        return new TouchView(
            visit.Id, visit.Page, visit.EndsAt, visit.IsPersonal, room.MayPractise, Today(documents, now), notices,
            notices.Any(n => n.Id == visit.Notice) ? visit.Notice : null, visit.Own, visit.Practice?.View());
    }

    private static IEnumerable<NoticeItem> Running(PlayerDocuments documents, Disclosure audience, DateTimeOffset now) =>
        documents.Notices.Where(n => n.Start <= now && now < n.Expiry && n.Disclosure <= audience)
            .OrderByDescending(n => n.Urgency).ThenByDescending(n => n.Start).ThenByDescending(n => n.Id).Take(MostNotices);

    /// <summary>Meetings that have part in the local day, also those that are over.</summary>
    private static IReadOnlyList<TouchMeeting> Today(PlayerDocuments documents, DateTimeOffset now)
    {
        var zone = documents.Display.TimeZone;
        var today = Zones.ToLocal(now, zone).Date;
        return
        [
            .. (documents.Room?.Meetings ?? [])
                .Where(m => Zones.ToLocal(m.Start, zone).Date == today || (m.Start <= now && now < m.End))
                .OrderBy(m => m.Start).ThenBy(m => m.Id).Take(MostMeetings)
                .Select(m => new TouchMeeting(
                    m.Id, m.Title, m.TypeName, m.HostName, m.Start, m.End, m.CheckInOpens, MeetingViews.IsCheckInOpen(m, now),
                    m.State is MeetingState.Closed || now >= m.End, m.State is MeetingState.Cancelled, m.CancelReason)),
        ];
    }
}
