using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>Which notices run at an instant.</summary>
internal static class Notices
{
    public static bool Runs(NoticeItem notice, DateTimeOffset now, Disclosure audience) =>
        notice.Start <= now && now < notice.Expiry && notice.Disclosure <= audience;

    /// <summary>Urgency, then the newest start, then the newest id.</summary>
    public static int Compare(NoticeItem a, NoticeItem b)
    {
        var order = b.Urgency.CompareTo(a.Urgency);
        order = order != 0 ? order : b.Start.CompareTo(a.Start);
        return order != 0 ? order : b.Id.CompareTo(a.Id);
    }

    public static long NextChange(NoticeItem[] notices, DateTimeOffset now)
    {
        var next = long.MaxValue;
        foreach (var notice in notices)
        {
            next = Moments.Sooner(next, notice.Start, now);
            next = Moments.Sooner(next, notice.Expiry, now);
        }

        return next;
    }

    public static NoticeItem? First(NoticeItem[] notices, NoticeKind kind, DateTimeOffset now, Disclosure audience)
    {
        NoticeItem? best = null;
        foreach (var notice in notices)
        {
            if (notice.Kind == kind && Runs(notice, now, audience) && (best is null || Compare(notice, best) < 0))
            {
                best = notice;
            }
        }

        return best;
    }

    public static IReadOnlyList<NoticeItem> All(NoticeItem[] notices, NoticeKind kind, DateTimeOffset now, Disclosure audience)
    {
        List<NoticeItem>? all = null;
        foreach (var notice in notices)
        {
            if (notice.Kind == kind && Runs(notice, now, audience))
            {
                (all ??= []).Add(notice);
            }
        }

        all?.Sort(Compare);
        return all ?? (IReadOnlyList<NoticeItem>)[];
    }
}
