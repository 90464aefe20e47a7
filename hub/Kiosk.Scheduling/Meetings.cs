using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>Which meeting has the room.</summary>
public static class Meetings
{
    /// <summary>How long the room thanks its guests.</summary>
    public static readonly TimeSpan Thanks = TimeSpan.FromMinutes(10);

    /// <summary>How long after its start a meeting that was cancelled is still told at the door.</summary>
    public static readonly TimeSpan ToldCancelled = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The meeting whose mode shows at an instant: one that runs before one that is about to, before one that was cancelled, before one that is over;
    /// of those still to come the first, of the others the later start, then the id. Null when there is none.
    /// </summary>
    public static MeetingMoment? At(RoomDocument? room, DateTimeOffset now)
    {
        MeetingMoment? best = null;
        foreach (var meeting in room?.Meetings ?? [])
        {
            if (PhaseOf(meeting, now) is { } phase && (best is null || Compare(meeting, phase, best) < 0))
            {
                best = new MeetingMoment(meeting, phase);
            }
        }

        return best;
    }

    /// <summary>The phase of a meeting, or null when it does not show at this instant.</summary>
    public static MeetingPhase? PhaseOf(RoomMeeting meeting, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        if (meeting.State == MeetingState.Cancelled)
        {
            return now >= meeting.CheckInOpens && now < ToldUntil(meeting) ? MeetingPhase.Cancelled : null;
        }

        var end = EndOf(meeting);
        return now < meeting.CheckInOpens || now >= end + Thanks ? null
            : now >= end ? MeetingPhase.After : now >= meeting.Start ? MeetingPhase.During : MeetingPhase.Before;
    }

    /// <summary>The next meeting that starts after an instant, other than <paramref name="except"/>.</summary>
    public static RoomMeeting? NextAfter(RoomDocument? room, DateTimeOffset now, Guid? except = null) =>
        room?.Meetings.Where(m => m.State == MeetingState.Scheduled && m.Start > now && m.Id != except)
            .OrderBy(m => m.Start).ThenBy(m => m.Id).FirstOrDefault();

    internal static long NextChange(RoomDocument? room, DateTimeOffset now)
    {
        var next = long.MaxValue;
        foreach (var meeting in room?.Meetings ?? [])
        {
            if (meeting.State == MeetingState.Cancelled)
            {
                next = Moments.Sooner(next, meeting.CheckInOpens, now);
                next = Moments.Sooner(next, ToldUntil(meeting), now);
            }
            else
            {
                var end = EndOf(meeting);
                next = Moments.Sooner(next, meeting.CheckInOpens, now);
                next = Moments.Sooner(next, meeting.Start, now);
                next = Moments.Sooner(next, end, now);
                next = Moments.Sooner(next, end + Thanks, now);
            }
        }

        return next;
    }

    private static DateTimeOffset ToldUntil(RoomMeeting meeting) => meeting.End < meeting.Start + ToldCancelled ? meeting.End : meeting.Start + ToldCancelled;

    private static DateTimeOffset EndOf(RoomMeeting meeting) => meeting.ClosedAt ?? meeting.End;

    private static int Compare(RoomMeeting meeting, MeetingPhase phase, MeetingMoment other)
    {
        var order = Order(phase).CompareTo(Order(other.Phase));
        var earlier = meeting.Start.CompareTo(other.Meeting.Start);
        order = order != 0 ? order : phase is MeetingPhase.Before ? earlier : -earlier;
        return order != 0 ? order : other.Meeting.Id.CompareTo(meeting.Id);
    }

    private static int Order(MeetingPhase phase) => phase switch
    {
        MeetingPhase.During => 0,
        MeetingPhase.Before => 1,
        MeetingPhase.Cancelled => 2,
        _ => 3,
    };
}
