using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>Brings a meeting to what its actions say, inside a <see cref="HubWriter"/> transaction.</summary>
internal sealed class MeetingRunner(RoomFeeds rooms)
{
    /// <summary>Stores the action and brings the meeting up to date; every screen of the room follows.</summary>
    public async Task<RunState> AddAsync(HubDbContext db, Meeting meeting, HostAction action, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.TakeFeedTurnAsync(cancellationToken);
        // Before the action: an edit that nobody has noticed yet came first.
        var plan = await PlanAsync(db, meeting, now, cancellationToken);
        db.Add(action);
        await db.SaveChangesAsync(cancellationToken);
        var state = MeetingRuns.Fold(plan.Start, plan.End, plan.EditedAt, await RoomHosting.ActionsAsync(db, meeting.Id, cancellationToken));
        if (meeting.State is not MeetingState.Cancelled)
        {
            Write(meeting, plan, state);
        }

        db.SignalChanged(Topics.Meetings, meeting.Id);
        await rooms.PublishAsync(db, [meeting.RoomId], now, cancellationToken);
        return state;
    }

    /// <summary>Notices meetings whose times were edited since they were last written from the actions: the edit is the plan from now on.</summary>
    public static async Task NoticeEditsAsync(HubDbContext db, IReadOnlyList<Guid> meetingIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var edited = await (
            from plan in db.Set<MeetingPlan>().AsTracking()
            join meeting in db.Set<Meeting>() on plan.MeetingId equals meeting.Id
            where meetingIds.Contains(plan.MeetingId) && (meeting.Start != plan.WroteStart || meeting.End != plan.WroteEnd)
            select new { plan, meeting.Start, meeting.End }).ToListAsync(cancellationToken);
        foreach (var one in edited)
        {
            (one.plan.Start, one.plan.WroteStart, one.plan.End, one.plan.WroteEnd, one.plan.EditedAt) = (one.Start, one.Start, one.End, one.End, now);
        }

        if (edited.Count > 0)
        {
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static async Task<MeetingPlan> PlanAsync(HubDbContext db, Meeting meeting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Set<MeetingPlan>().AsTracking().SingleOrDefaultAsync(candidate => candidate.MeetingId == meeting.Id, cancellationToken) is not { } plan)
        {
            plan = new MeetingPlan { MeetingId = meeting.Id, Start = meeting.Start, End = meeting.End, WroteStart = meeting.Start, WroteEnd = meeting.End };
            db.Add(plan);
        }
        else if (plan.WroteStart != meeting.Start || plan.WroteEnd != meeting.End)
        {
            (plan.Start, plan.End, plan.EditedAt) = (meeting.Start, meeting.End, now);
        }

        return plan;
    }

    private static void Write(Meeting meeting, MeetingPlan plan, RunState state)
    {
        meeting.CheckInCloses = MeetingRuns.ClosesOf(meeting.CheckInCloses, meeting.End, state.End);
        (meeting.Start, meeting.End) = (state.Start, state.End);
        (meeting.StartLocal, meeting.EndLocal) = (MeetingTimes.Local(state.Start, meeting.TimeZone), MeetingTimes.Local(state.End, meeting.TimeZone));
        meeting.CheckInOpens = state.Start < meeting.CheckInOpens ? state.Start : meeting.CheckInOpens;
        meeting.State = state.ClosedAt is null ? MeetingState.Scheduled : MeetingState.Closed;
        meeting.ClosedAt = state.ClosedAt;
        meeting.Revision++;
        (plan.WroteStart, plan.WroteEnd) = (state.Start, state.End);
    }
}
