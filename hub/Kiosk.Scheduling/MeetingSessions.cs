using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>Which part of an evening is on.</summary>
public static class MeetingSessions
{
    /// <summary>
    /// The session of the agenda point that was chosen last, else the one the host stepped to, else the one whose time it is.
    /// Null for a meeting of one kind.
    /// </summary>
    public static SessionMoment? At(RoomMeeting meeting, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return At(meeting.Sessions, meeting.Run is { } run ? MeetingRuns.Fold(run) : null, now);
    }

    /// <inheritdoc cref="At(RoomMeeting, DateTimeOffset)"/>
    public static SessionMoment? At(IReadOnlyList<RoomSession>? sessions, RunState? state, DateTimeOffset now)
    {
        if (sessions is not { Count: > 1 })
        {
            return null;
        }

        var byPoint = state?.Point is { } point ? IndexOf(sessions, s => s.AgendaFrom <= point && point < s.AgendaFrom + s.AgendaCount) : null;
        var index = byPoint ?? (state?.Session is { } said ? Math.Min(said, sessions.Count - 1) : Math.Max(0, sessions.Count(s => s.Start <= now) - 1));
        return new SessionMoment(index, sessions[index], byPoint is null ? null : state!.Point - sessions[index].AgendaFrom);
    }

    private static int? IndexOf(IReadOnlyList<RoomSession> sessions, Func<RoomSession, bool> match)
    {
        for (var at = 0; at < sessions.Count; at++)
        {
            if (match(sessions[at]))
            {
                return at;
            }
        }

        return null;
    }
}

/// <param name="Index">From 0.</param>
/// <param name="Point">Index of the current point within the session's own agenda; null before its first.</param>
public sealed record SessionMoment(int Index, RoomSession Session, int? Point);
