using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>When something can have been done to a meeting: a desk's limits, for a kiosk whose clock is wrong steps over its own.</summary>
internal static class HostActionLimits
{
    /// <summary>Nobody hands in after a year what a host did.</summary>
    public static bool IsLongAgo(DateTimeOffset at, DateTimeOffset now) => now - at > MeetingTimes.FurthestBack;

    /// <param name="Outcome">Null when nothing stands against the action.</param>
    /// <param name="Counts">Stays among the meeting's actions: what comes later may give it its effect.</param>
    internal sealed record Verdict(HostActionOutcome? Outcome, bool Counts);

    public static async Task<Verdict> OfAsync(HubDbContext db, Meeting meeting, HostActionEntry entry, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var plan = await db.Set<MeetingPlan>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.MeetingId == meeting.Id, cancellationToken);
        var planned = plan is null || plan.WroteStart != meeting.Start || plan.WroteEnd != meeting.End ? meeting.Start : plan.Start;
        var earliest = planned - HostLimits.EarliestBegin;
        if (at < earliest && (entry.Kind is HostActionKind.Begin || at < meeting.CheckInOpens))
        {
            return new Verdict(HostActionOutcome.Invalid, false);
        }

        if (entry.Kind is not HostActionKind.Reopen || meeting is not { State: MeetingState.Closed, ClosedAt: { } closed })
        {
            return new Verdict(null, true);
        }

        if (at - closed > HostLimits.ReopenWithin)
        {
            return new Verdict(HostActionOutcome.TooLate, true);
        }

        // The room has gone on to another meeting: what the host did is kept, and two never run in one room.
        var until = entry.Until > meeting.End ? entry.Until.Value : meeting.End;
        return await db.Set<Meeting>().AnyAsync(
            other => other.RoomId == meeting.RoomId && other.Id != meeting.Id && other.State == MeetingState.Scheduled && other.Start < until && other.End > at, cancellationToken)
            ? new Verdict(HostActionOutcome.Recorded, false)
            : new Verdict(null, true);
    }
}
