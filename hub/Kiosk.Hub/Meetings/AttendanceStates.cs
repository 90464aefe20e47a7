using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Meetings;

/// <summary>
/// What a member's attendance is called. Only arrivals are stored; leave and absence follow from what is known now, so that a check-in that
/// reaches the hub late, or a leave approved afterwards, never has to take an "absent" back.
/// </summary>
internal static class AttendanceStates
{
    /// <param name="came">Present or Late once the member has come, else Pending or null.</param>
    /// <param name="madeUp">Null when the member has handed nothing in.</param>
    public static AttendanceState Of(AttendanceState? came, LeaveState? leave, Meeting meeting, DateTimeOffset now, MakeUpState? madeUp = null) =>
        came is AttendanceState.Present or AttendanceState.Late ? came.Value
        : madeUp is MakeUpState.Approved ? AttendanceState.MakeUp
        : leave is LeaveState.Approved ? AttendanceState.Leave
        : IsOver(meeting, now) && meeting.MarksAbsent ? AttendanceState.Absent
        : AttendanceState.Pending;

    private static bool IsOver(Meeting meeting, DateTimeOffset now) =>
        meeting.State is MeetingState.Closed || (meeting.State is MeetingState.Scheduled && now >= meeting.End);
}
