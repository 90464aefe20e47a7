using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;
using MeetingPhase = Kiosk.Scheduling.MeetingPhase;

namespace Kiosk.Player.Core.Hosting;

/// <summary>What a host may do in this room at an instant. Pure.</summary>
internal static class HostRules
{
    /// <summary>The meeting the host can run now: one that runs, else one about to start, else one that can still be reopened.</summary>
    /// <param name="startedHere">Units of meetings started at this kiosk, by id, that no document names yet.</param>
    public static RoomMeeting? MeetingOf(RoomHost host, RoomDocument? room, IReadOnlyDictionary<Guid, Guid> startedHere, DateTimeOffset now) =>
        (room?.Meetings ?? []).Where(m => MayRun(host, m, startedHere) && m.State != MeetingState.Cancelled)
            .Select(m => (Meeting: m, Order: OrderOf(m, now))).Where(c => c.Order is not null)
            .OrderBy(c => c.Order).ThenBy(c => (c.Meeting.Start - now).Duration()).ThenBy(c => c.Meeting.Id).Select(c => c.Meeting).FirstOrDefault();

    /// <summary>Units for which the host can start a meeting: none while a meeting has the room.</summary>
    public static IReadOnlyList<StandbyUnit> UnitsOf(RoomHost host, RoomDocument? room, DateTimeOffset now) =>
        (room?.Meetings ?? []).Any(m => Meetings.PhaseOf(m, now) is MeetingPhase.Before or MeetingPhase.During)
            ? []
            : [.. (room?.Standby ?? []).Where(unit => host.UnitIds.Contains(unit.OrgUnitId))];

    public static bool IsRunning(RoomMeeting meeting, DateTimeOffset now) => meeting.State == MeetingState.Scheduled && meeting.Start <= now && now < meeting.End;

    public static DateTimeOffset? ReopenUntil(RoomMeeting meeting, DateTimeOffset now) =>
        meeting is { State: MeetingState.Closed, ClosedAt: { } closed } && now - closed <= HostLimits.ReopenWithin ? closed + HostLimits.ReopenWithin : null;

    /// <summary>The action a command stands for, or the code of its refusal.</summary>
    public static (HostActionEntry? Action, string? Refusal) Decide(HostCommand command, RoomMeeting meeting, VoteCount count, HostActionEntry draft, DateTimeOffset now)
    {
        var running = IsRunning(meeting, now);
        switch (command.Kind)
        {
            case HostCommandKind.Begin:
                return !running && meeting.State == MeetingState.Scheduled && now < meeting.Start ? (draft with { Kind = HostActionKind.Begin }, null) : (null, null);
            case HostCommandKind.Extend when meeting.State == MeetingState.Scheduled && now >= meeting.CheckInOpens && command.Number is 15 or 30:
                var until = (meeting.End > now ? meeting.End : now).AddMinutes(command.Number.Value);
                return until - meeting.Start > HostLimits.LongestMeeting ? (null, "too_long") : (draft with { Kind = HostActionKind.Extend, Until = until }, null);
            case HostCommandKind.Agenda when running && command.Number is { } point:
                var part = MeetingSessions.At(meeting, now)?.Session;
                return point >= 0 && point < (part?.AgendaCount ?? meeting.Agenda.Count)
                    ? (draft with { Kind = HostActionKind.Agenda, Point = point + (part?.AgendaFrom ?? 0) }, null)
                    : (null, "not_now");
            case HostCommandKind.Session when running && MeetingSessions.At(meeting, now) is { } on && command.Number is { } to && to >= 0 && to < meeting.Sessions!.Count && to != on.Index:
                return (draft with { Kind = HostActionKind.Session, Point = to }, null);
            case HostCommandKind.Count when running:
                return (draft with { Kind = HostActionKind.Count, Count = count }, null);
            case HostCommandKind.CountEnd when meeting.Run is { } run && MeetingRuns.Fold(run).Frozen is not null:
                return (draft with { Kind = HostActionKind.CountEnd }, null);
            case HostCommandKind.TakeOver when meeting.State == MeetingState.Scheduled:
                return (draft with { Kind = HostActionKind.TakeOver }, null);
            case HostCommandKind.Close when running:
                return (draft with { Kind = HostActionKind.Close }, null);
            case HostCommandKind.Reopen:
                return ReopenUntil(meeting, now) is null
                    ? (null, meeting.State == MeetingState.Closed ? "reopen_too_late" : null)
                    : (draft with { Kind = HostActionKind.Reopen, Until = meeting.End > now ? null : now + HostLimits.ReopenWithin }, null);
            default:
                return (null, "not_now");
        }
    }

    private static bool MayRun(RoomHost host, RoomMeeting meeting, IReadOnlyDictionary<Guid, Guid> startedHere) =>
        host.MeetingIds.Contains(meeting.Id) || (startedHere.TryGetValue(meeting.Id, out var unit) && host.UnitIds.Contains(unit));

    private static int? OrderOf(RoomMeeting meeting, DateTimeOffset now) =>
        IsRunning(meeting, now) ? 0
        : meeting.State == MeetingState.Scheduled && now < meeting.Start && meeting.Start - now <= HostLimits.EarliestBegin ? 1
        : ReopenUntil(meeting, now) is not null ? 2
        : Meetings.PhaseOf(meeting, now) is MeetingPhase.After ? 3
        : null;
}
