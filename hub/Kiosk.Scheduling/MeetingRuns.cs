using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;

namespace Kiosk.Scheduling;

/// <summary>
/// What a meeting has come to by what its hosts did: a pure function of the plan and the set of actions, so that hub and kiosks agree
/// whatever reached them first. Actions count in the order of their instants, then ids: the later word wins, the furthest extension stays,
/// a close ends the meeting and only a reopening within 15 minutes takes it back.
/// </summary>
public static class MeetingRuns
{
    public static RunState Fold(DateTimeOffset plannedStart, DateTimeOffset plannedEnd, DateTimeOffset? plannedAt, IEnumerable<RunAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        var state = new RunState(plannedStart, plannedEnd, null, null, null, null, [], []);
        List<NumberedCount> counts = [];
        List<Guid> withoutEffect = [];
        foreach (var action in actions.DistinctBy(a => a.Id).OrderBy(a => a.At).ThenBy(a => a.Id))
        {
            if (Step(state, action, plannedStart, plannedAt, counts) is { } next)
            {
                state = next;
            }
            else
            {
                withoutEffect.Add(action.Id);
            }
        }

        return state with { Counts = counts, WithoutEffect = withoutEffect };
    }

    /// <summary>The meeting as it is with these actions beside those its document knows.</summary>
    public static RoomMeeting Apply(RoomMeeting meeting, IReadOnlyCollection<RunAction> more)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(more);
        var known = meeting.Run?.Actions ?? [];
        var news = more.Where(a => known.All(k => k.Id != a.Id)).ToList();
        if (news.Count == 0 || meeting.State == MeetingState.Cancelled)
        {
            return meeting;
        }

        var run = meeting.Run ?? new MeetingRun(meeting.Start, meeting.End, null, [], []);
        var all = run with { Actions = [.. known, .. news] };
        var state = Fold(all);
        // The window to leave in goes with the end, also offline.
        var moved = Over(state.End, state.ClosedAt) - Over(meeting.End, meeting.ClosedAt);
        return meeting with
        {
            ExitOpens = meeting.ExitOpens + moved,
            ExitCloses = meeting.ExitCloses + moved,
            Start = state.Start,
            End = state.End,
            CheckInOpens = state.Start < meeting.CheckInOpens ? state.Start : meeting.CheckInOpens,
            CheckInCloses = ClosesOf(meeting.CheckInCloses, meeting.End, state.End),
            State = state.ClosedAt is null ? MeetingState.Scheduled : MeetingState.Closed,
            ClosedAt = state.ClosedAt,
            Run = all,
        };
    }

    /// <summary>When check-in closes after the end has moved: a window to the end or beyond goes with it, one that closes so long after the start stays.</summary>
    public static DateTimeOffset ClosesOf(DateTimeOffset closes, DateTimeOffset end, DateTimeOffset newEnd) => closes < end ? closes : closes + (newEnd - end);

    public static RunState Fold(MeetingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Fold(run.PlannedStart, run.PlannedEnd, run.PlannedAt, run.Actions);
    }

    private static DateTimeOffset Over(DateTimeOffset end, DateTimeOffset? closedAt) => closedAt < end ? closedAt.Value : end;

    private static RunState? Step(RunState state, RunAction action, DateTimeOffset plannedStart, DateTimeOffset? plannedAt, List<NumberedCount> counts)
    {
        switch (action.Kind)
        {
            case HostActionKind.Start:
                return state;
            case HostActionKind.Begin:
                // Hours before is a clock that was wrong, not a beginning.
                return action.At < state.Start && state.ClosedAt is null && plannedStart - action.At <= HostLimits.EarliestBegin ? state with { Start = action.At } : null;
            case HostActionKind.Extend:
                return state.ClosedAt is null && Counts(action, plannedAt) ? Longer(state, action.Until) : null;
            case HostActionKind.Agenda:
                return state.ClosedAt is null && action.Point is >= 0 ? state with { Point = action.Point } : null;
            case HostActionKind.Session:
                return state.ClosedAt is null && action.Point is >= 0 ? state with { Session = action.Point, Point = null } : null;
            case HostActionKind.Count when action.Count is { } count:
                // Also one taken elsewhere after the close belongs into the minutes.
                counts.Add(new NumberedCount(counts.Count + 1, action.At, count));
                return state.ClosedAt is null ? state with { Frozen = counts[^1] } : null;
            case HostActionKind.CountEnd:
                return state.Frozen is null ? null : state with { Frozen = null };
            case HostActionKind.TakeOver:
                return state.ClosedAt is null ? state with { Leads = action.By } : null;
            case HostActionKind.Close:
                return state.ClosedAt is null ? state with { ClosedAt = action.At, Frozen = null } : null;
            case HostActionKind.Reopen:
                return state.ClosedAt is { } closed && action.At - closed <= HostLimits.ReopenWithin
                    ? Longer(state with { ClosedAt = null }, Counts(action, plannedAt) ? action.Until : null) ?? state with { ClosedAt = null }
                    : null;
            default:
                return null;
        }
    }

    /// <summary>An end set by an edit is not moved again by what was done before it.</summary>
    private static bool Counts(RunAction action, DateTimeOffset? plannedAt) => plannedAt is null || action.At >= plannedAt;

    private static RunState? Longer(RunState state, DateTimeOffset? until)
    {
        var longest = state.Start + HostLimits.LongestMeeting;
        return until is { } end && (end < longest ? end : longest) is var most && most > state.End ? state with { End = most } : null;
    }
}
