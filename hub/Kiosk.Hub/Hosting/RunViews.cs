using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>How a meeting is run, as the admin sees it.</summary>
internal static class RunViews
{
    private const int MostShown = 200;

    public static async Task<MeetingRunView> OfAsync(HubDbContext db, Guid meetingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(candidate => candidate.Id == meetingId, cancellationToken);
        var run = (await RoomHosting.RunsAsync(db, [meetingId], cancellationToken)).GetValueOrDefault(meetingId);
        var state = run is null ? null : MeetingRuns.Fold(run);
        var withoutEffect = state?.WithoutEffect.ToHashSet() ?? [];
        var aliases = run?.Joined ?? [];
        var rows = await (
            from action in db.Set<HostAction>().AsNoTracking()
            join member in db.Set<Member>() on action.MemberId equals member.Id into members
            from member in members.DefaultIfEmpty()
            where action.MeetingId == meetingId || (action.MeetingId == null && (action.Named == meetingId || aliases.Contains(action.Named)))
            orderby action.At descending, action.Id descending
            select new { Action = action, Name = member == null ? null : member.Name }).Take(MostShown).ToListAsync(cancellationToken);
        var displayIds = rows.Select(row => row.Action.DisplayId).OfType<Guid>().Distinct().ToList();
        var displays = await db.Set<Display>().IgnoreQueryFilters().Where(display => displayIds.Contains(display.Id)).ToDictionaryAsync(display => display.Id, display => display.Name, cancellationToken);
        return new MeetingRunView(
            meetingId,
            meeting.State,
            meeting.Start,
            meeting.End,
            run?.PlannedEnd ?? meeting.End,
            state?.Point,
            state?.Leads is null ? null : await LeaderAsync(db, meetingId, cancellationToken) ?? state.Leads,
            meeting.State is MeetingState.Scheduled && state?.Frozen is { } frozen ? View(frozen) : null,
            [.. (state?.Counts ?? []).Select(View)],
            [.. rows.Select(row => new HostActionView(
                row.Action.Id, row.Action.Kind, HostActionRules.Shown(row.Action, withoutEffect), row.Action.At, row.Action.ReceivedAt,
                row.Name ?? row.Action.By ?? "", row.Action.DisplayId is { } display ? displays.GetValueOrDefault(display) : null, row.Action.Until, row.Action.Point, row.Action.Count))],
            meeting is { State: MeetingState.Closed, ClosedAt: { } closed } && now - closed <= HostLimits.ReopenWithin ? closed + HostLimits.ReopenWithin : null,
            await SessionAsync(db, meeting, state, now, cancellationToken),
            meeting.State is MeetingState.Closed ? meeting.ClosedAt : null);
    }

    /// <summary>Whoever took over last, by full name: who reads this sees the members, too. Screens and phones have the masked one.</summary>
    private static Task<string?> LeaderAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken) => (
        from action in db.Set<HostAction>()
        join member in db.Set<Member>() on action.MemberId equals member.Id
        where action.MeetingId == meetingId && action.Kind == HostActionKind.TakeOver && action.Outcome == HostActionOutcome.Applied
        orderby action.At descending, action.Id descending
        select member.Name).FirstOrDefaultAsync(cancellationToken);

    // As the room's screens say it.
    private static async Task<int?> SessionAsync(HubDbContext db, Meeting meeting, RunState? state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sessions = await db.Set<MeetingSession>().AsNoTracking().Where(session => session.MeetingId == meeting.Id).OrderBy(session => session.Position).ToListAsync(cancellationToken);
        List<RoomSession> parts = [.. MeetingViews.SessionsOf(meeting, sessions).Index().Select(part =>
            new RoomSession(part.Item.Type, "", "", part.Item.Start, part.Item.End, sessions.Take(part.Index).Sum(before => before.Agenda.Count), part.Item.Agenda.Count))];
        return MeetingSessions.At(parts, state, now)?.Index;
    }

    /// <summary>Who is there now, as a count of voters.</summary>
    public static async Task<VoteCount> CountAsync(HubDbContext db, Meeting meeting, CancellationToken cancellationToken)
    {
        // 列席 are counted apart, here as on the wall.
        var roster = db.Set<RosterMember>().Where(entry => entry.MeetingId == meeting.Id && entry.Kind == RosterKind.Expected);
        var present = roster.Where(entry => db.Set<Attendance>().Any(attendance =>
            attendance.MeetingId == meeting.Id && attendance.MemberId == entry.MemberId && attendance.State != AttendanceState.Pending));
        var voting = await roster.CountAsync(entry => entry.Votes, cancellationToken);
        return new VoteCount(
            await roster.CountAsync(cancellationToken), await present.CountAsync(cancellationToken), voting, await present.CountAsync(entry => entry.Votes, cancellationToken),
            Quorum.Needed(meeting.QuorumPercent, voting));
    }

    private static VoteCountView View(NumberedCount count) => new(count.Number, count.At, count.Count);
}
