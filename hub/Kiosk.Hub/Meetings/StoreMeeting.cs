using System.Security.Cryptography;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>Writes a checked meeting, inside a <see cref="HubWriter"/> transaction; the caller publishes the rooms it changed.</summary>
internal static class StoreMeeting
{
    /// <summary>Further apart, somebody did not come to this meeting.</summary>
    private static readonly TimeSpan SameEvening = TimeSpan.FromHours(12);

    /// <param name="rooms">The rooms whose displays have to be told are added here.</param>
    /// <param name="freeRoom">Refuses when the room is taken.</param>
    public static async Task<Result<Meeting>> WriteAsync(
        HubDbContext db, Guid? id, CheckedMeeting wanted, HashSet<Guid> rooms, bool freeRoom, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Before the room is looked at: two meetings saved at once must not both find it free.
        await db.TakeFeedTurnAsync(cancellationToken);
        var (input, times) = (wanted.Plan.Input, wanted.Plan.Times);
        if (freeRoom && await ClashAsync(db, input.RoomId, id, times.Start, times.End, cancellationToken) is { } taken)
        {
            return MeetingsErrors.RoomTaken(taken);
        }

        rooms.Add(input.RoomId);
        Meeting meeting;
        if (id is null)
        {
            meeting = New(wanted.Plan, now);
            db.Add(meeting);
        }
        else
        {
            meeting = await db.Set<Meeting>().SingleAsync(candidate => candidate.Id == id, cancellationToken);
            if (meeting.State is not MeetingState.Scheduled)
            {
                return MeetingsErrors.NotOpen();
            }

            if (input.Revision is { } revision && revision != meeting.Revision)
            {
                return SharedErrors.RevisionChanged();
            }

            if (await LeavesBehindAsync(db, meeting, times, cancellationToken))
            {
                return MeetingsErrors.HasAttendance();
            }

            rooms.Add(meeting.RoomId);
            meeting.Revision++;
        }

        // What counts for those who have come is not changed by an edit of the meeting.
        if (id is null || now < meeting.CheckInOpens)
        {
            AttendanceRuleSet.Apply(meeting, input.Attendance ?? wanted.Plan.Type.Attendance);
        }

        Apply(meeting, wanted.Plan);
        await SessionsAsync(db, meeting, wanted.Plan, cancellationToken);
        var joint = await JointUnits.SetAsync(db, meeting, wanted, now, cancellationToken);
        if (!joint.IsOk)
        {
            return joint.Error;
        }

        if (await HostsAsync(db, meeting, wanted, cancellationToken) is { } hostError)
        {
            return hostError;
        }

        if (await SaveRoster.ApplyAsync(db, meeting, wanted, joint.Value, now, cancellationToken) is { } rosterError)
        {
            return rosterError;
        }

        db.SignalChanged(Topics.Meetings, meeting.Id);
        return meeting;
    }

    /// <summary>Title of another meeting in the room at that time, or null.</summary>
    public static Task<string?> ClashAsync(HubDbContext db, Guid roomId, Guid? id, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken) =>
        db.Set<Meeting>().Where(other => other.RoomId == roomId && other.Id != id && other.State == MeetingState.Scheduled && other.Start < end && other.End > start)
            .Select(other => (string?)other.Title).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Whether somebody has come who cannot have come to a meeting at these times. An evening may shift by hours; to another day goes another meeting.</summary>
    private static async Task<bool> LeavesBehindAsync(HubDbContext db, Meeting meeting, MeetingTimes times, CancellationToken cancellationToken)
    {
        if (meeting.Start == times.Start && meeting.End == times.End)
        {
            return false;
        }

        var (earliest, latest) = (times.Start - SameEvening, times.End + SameEvening);
        return await db.Set<Attendance>().AnyAsync(
            row => row.MeetingId == meeting.Id && row.State != AttendanceState.Pending && (row.At < earliest || row.At > latest), cancellationToken);
    }

    private static Meeting New(PlannedMeeting plan, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Number = RandomNumberGenerator.GetInt32(1, int.MaxValue),
        OrgUnitId = plan.Input.OrgUnitId,
        RoomId = plan.Input.RoomId,
        Type = plan.Type.Code,
        Title = plan.Input.Title,
        StartLocal = plan.Input.StartLocal,
        EndLocal = plan.Input.EndLocal,
        TimeZone = plan.Input.TimeZone,
        Start = plan.Times.Start,
        End = plan.Times.End,
        CheckInOpens = plan.Times.CheckInOpens,
        LateAfter = plan.Times.LateAfter,
        CheckInCloses = plan.Times.CheckInCloses,
        Points = plan.Rules.Points,
        LatePoints = plan.Rules.LatePoints,
        QuorumPercent = plan.Rules.QuorumPercent,
        MembersSession = plan.Rules.MembersSession,
        Agenda = [],
        RosterChosen = false,
    };

    private static void Apply(Meeting meeting, PlannedMeeting plan)
    {
        var (input, times, rules) = (plan.Input, plan.Times, plan.Rules);
        (meeting.OrgUnitId, meeting.RoomId, meeting.Title) = (input.OrgUnitId, input.RoomId, input.Title.Trim());
        (meeting.Type, meeting.TypeName) = (plan.Type.Code, plan.Type.OwnName);
        (meeting.StartLocal, meeting.EndLocal, meeting.TimeZone) = (PlannedMeeting.Whole(input.StartLocal), PlannedMeeting.Whole(input.EndLocal), input.TimeZone);
        (meeting.Start, meeting.End) = (times.Start, times.End);
        (meeting.CheckInOpens, meeting.LateAfter, meeting.CheckInCloses) = (times.CheckInOpens, times.LateAfter, times.CheckInCloses);
        (meeting.Points, meeting.LatePoints) = (rules.Points, rules.LatePoints);
        (meeting.QuorumPercent, meeting.QuorumType, meeting.QuorumSource) = (rules.QuorumPercent, rules.QuorumType, rules.QuorumSource);
        (meeting.MarksAbsent, meeting.SignUp) = (rules.MarksAbsent, rules.SignUp);
        meeting.MembersSession = input.MembersSession ?? rules.MembersSession;
        meeting.HostName = string.IsNullOrWhiteSpace(input.HostName) ? null : input.HostName.Trim();
        meeting.Agenda = [.. plan.Agenda];
    }

    private static async Task SessionsAsync(HubDbContext db, Meeting meeting, PlannedMeeting plan, CancellationToken cancellationToken)
    {
        var stored = await db.Set<MeetingSession>().Where(session => session.MeetingId == meeting.Id).ToListAsync(cancellationToken);
        db.RemoveRange(stored.Where(session => session.Position >= plan.Sessions.Count));
        foreach (var (at, planned) in plan.Sessions.Index())
        {
            var session = stored.FirstOrDefault(each => each.Position == at);
            if (session is null)
            {
                session = new MeetingSession { MeetingId = meeting.Id, Position = at, Type = "", Title = "", StartLocal = default, Start = default, Agenda = [] };
                db.Add(session);
            }

            (session.Type, session.TypeName, session.Title) = (planned.Type.Code, planned.Type.OwnName, planned.Title);
            (session.StartLocal, session.Start, session.Agenda) = (planned.StartLocal, planned.Start, [.. planned.Agenda]);
        }
    }

    private static async Task<Error?> HostsAsync(HubDbContext db, Meeting meeting, CheckedMeeting wanted, CancellationToken cancellationToken)
    {
        var ids = (wanted.Plan.Input.HostMemberIds ?? []).Distinct().ToList();
        if (ids.Count > MeetingHost.MostDeputies + 1)
        {
            return MeetingsErrors.HostsTooMany(MeetingHost.MostDeputies);
        }

        var stored = await db.Set<MeetingHost>().Where(host => host.MeetingId == meeting.Id).ToDictionaryAsync(host => host.MemberId, cancellationToken);
        var fresh = ids.Where(id => !stored.ContainsKey(id)).ToList();
        var known = await db.Set<Member>().Where(member => fresh.Contains(member.Id) && !member.Suspended).Select(member => new { member.Id, member.OrgUnitId }).ToListAsync(cancellationToken);
        if (wanted.HostUnits is not { } units)
        {
            // Made by time: who has left since is left out.
            ids.RemoveAll(id => fresh.Contains(id) && known.All(member => member.Id != id));
        }
        else if (known.Count(member => units.Contains(member.OrgUnitId)) != fresh.Count)
        {
            return MeetingsErrors.HostUnknown();
        }

        db.RemoveRange(stored.Values.Where(host => !ids.Contains(host.MemberId)));
        foreach (var (position, id) in ids.Index())
        {
            if (stored.TryGetValue(id, out var host))
            {
                host.Position = position;
            }
            else
            {
                db.Add(new MeetingHost { MeetingId = meeting.Id, MemberId = id, Position = position });
            }
        }

        return null;
    }
}
