using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Hosting;

/// <summary>Lays what was done at this kiosk over what the hub says about the room. Pure.</summary>
internal static class RoomOverlay
{
    public static RoomDocument? Lay(DisplayDocument display, RoomDocument? room, IReadOnlyList<ActionRecord> actions)
    {
        if (actions.Count == 0 || display.RoomId is not { } roomId)
        {
            return room;
        }

        var known = room is { } held && held.RoomId == roomId ? held : new RoomDocument(roomId, display.RoomName ?? "", []);
        var started = actions.Where(a => a.Entry.Kind == HostActionKind.Start && a.Started is not null && !known.Meetings.Any(m => Is(m, a.Entry.MeetingId)))
            .DistinctBy(a => a.Entry.MeetingId).Select(Meeting);
        return known with
        {
            Meetings = [.. known.Meetings.Concat(started).Select(m => MeetingRuns.Apply(m, [.. actions.Where(a => Is(m, a.Entry.MeetingId)).Select(a => a.ToRun(joined: m.Id != a.Entry.MeetingId))]))
                .OrderBy(m => m.Start).ThenBy(m => m.Id)],
        };
    }

    /// <summary>Whether the meeting goes by this id, its own or one a kiosk gave it.</summary>
    public static bool Is(RoomMeeting meeting, Guid id) => meeting.Id == id || (meeting.Run?.Joined.Contains(id) ?? false);

    /// <summary>The instant may have been corrected since the start was pressed.</summary>
    private static RoomMeeting Meeting(ActionRecord action)
    {
        var meeting = action.Started!;
        var moved = action.Entry.ObservedAt - meeting.Start;
        return meeting with
        {
            Start = meeting.Start + moved,
            CheckInOpens = meeting.CheckInOpens + moved,
            LateAfter = meeting.LateAfter + moved,
            CheckInCloses = meeting.CheckInCloses + moved,
            End = meeting.End + moved,
            ExitOpens = meeting.ExitOpens + moved,
            ExitCloses = meeting.ExitCloses + moved,
        };
    }
}
