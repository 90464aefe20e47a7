using System.Security.Cryptography;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>
/// 现在开会: a meeting a host started at a kiosk. When the same unit's meeting of the same type has this room at that time already, because
/// another kiosk started it too or because it was scheduled while this kiosk was away, the start is joined to that one.
/// </summary>
internal static class StartMeeting
{
    /// <summary>Two kiosks of one room start "the same" meeting within this time of one another.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(30);

    /// <param name="Meeting">The meeting that runs now, tracked; null when refused.</param>
    internal sealed record Started(HostActionOutcome Outcome, Meeting? Meeting);

    public static async Task<Started> DecideAsync(
        HubDbContext db, HostActionEntry entry, Guid memberId, Guid? roomId, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var start = entry.Start!;
        var room = await db.Set<Room>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == roomId, cancellationToken);
        if (room is null || await db.Set<Meeting>().AnyAsync(meeting => meeting.Id == entry.MeetingId, cancellationToken)
            || await db.Set<MeetingAlias>().AnyAsync(alias => alias.Id == entry.MeetingId, cancellationToken))
        {
            return new Started(HostActionOutcome.WrongMeeting, null);
        }

        var units = await Standby.UnitsAsync(db, room, now, cancellationToken);
        if (!units.Any(unit => unit.Id == start.OrgUnitId) || !await HostRights.CoversAsync(db, memberId, start.OrgUnitId, cancellationToken))
        {
            return new Started(HostActionOutcome.NotHost, null);
        }

        if (await SameAsync(db, room.Id, start, at, cancellationToken) is { } same)
        {
            db.Add(new MeetingAlias { Id = entry.MeetingId, MeetingId = same.Id });
            return new Started(HostActionOutcome.Joined, same);
        }

        var types = await MeetingTypes.OfAsync(db, await MeetingTypes.RootOfAsync(db, start.OrgUnitId, cancellationToken), cancellationToken);
        // A type that was removed while the kiosk was away: the meeting took place all the same.
        var type = types.FirstOrDefault(candidate => candidate.Code == start.Type) ?? types.First(candidate => candidate.Code == "Other");
        var meeting = New(entry, start, type, room.Id, await ZoneAsync(db, room.Id, cancellationToken), at);
        AttendanceRuleSet.Apply(meeting, type.Attendance);
        db.Add(meeting);
        await AddRosterAsync(db, meeting, units.Single(unit => unit.Id == start.OrgUnitId).Path, start.Roster, cancellationToken);
        return new Started(HostActionOutcome.Applied, meeting);
    }

    private static async Task<Meeting?> SameAsync(HubDbContext db, Guid roomId, MeetingStart start, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var soon = at + Together;
        return await db.Set<Meeting>().AsTracking()
            .Where(meeting => meeting.RoomId == roomId && meeting.OrgUnitId == start.OrgUnitId && meeting.Type == start.Type && meeting.State != MeetingState.Cancelled
                && meeting.End > at && (meeting.ClosedAt == null || meeting.ClosedAt > at)
                && (meeting.CheckInOpens <= at || (meeting.Start <= soon && db.Set<HostAction>().Any(action => action.MeetingId == meeting.Id && action.Kind == HostActionKind.Start))))
            .OrderBy(meeting => meeting.Start).ThenBy(meeting => meeting.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static async Task<string> ZoneAsync(HubDbContext db, Guid roomId, CancellationToken cancellationToken) =>
        await db.Set<Displays.Display>().Where(display => display.RoomId == roomId).OrderBy(display => display.Id).Select(display => display.TimeZone).FirstAsync(cancellationToken);

    private static Meeting New(HostActionEntry entry, MeetingStart start, MeetingType type, Guid roomId, string zone, DateTimeOffset at)
    {
        var end = at.AddMinutes(start.Minutes);
        var late = at + type.StartedLateAfter;
        return new Meeting
        {
            Id = entry.MeetingId,
            Number = RandomNumberGenerator.GetInt32(1, int.MaxValue),
            OrgUnitId = start.OrgUnitId,
            RoomId = roomId,
            Type = type.Code,
            TypeName = type.OwnName,
            Title = start.Title.Trim(),
            StartLocal = MeetingTimes.Local(at, zone),
            EndLocal = MeetingTimes.Local(end, zone),
            TimeZone = zone,
            Start = at,
            End = end,
            CheckInOpens = at,
            LateAfter = late < end ? late : end,
            CheckInCloses = end,
            Points = type.Points,
            LatePoints = type.LatePoints,
            QuorumPercent = type.QuorumPercent,
            QuorumSource = type.OwnQuorumSource,
            MarksAbsent = type.MarksAbsent && !type.SignUp,
            SignUp = type.SignUp,
            MembersSession = type.MembersSession,
            Agenda = [],
            RosterChosen = false,
            RosterKinds = [.. type.Kinds],
            RosterPosts = type.Posts,
        };
    }

    /// <summary>Whom the type's rule names; of these and all others of the organisation, whom the kiosk expected when it began.</summary>
    private static async Task AddRosterAsync(HubDbContext db, Meeting meeting, string path, IReadOnlyList<Guid>? expected, CancellationToken cancellationToken)
    {
        var rule = RosterRules.Of(meeting, []);
        var roster = (await new RosterQuery(null, path, [], null, rule, null, meeting.SignUp).RunAsync(db, cancellationToken)).Value!;
        if (expected is not null)
        {
            var byRule = roster;
            var ids = expected.Distinct().ToList();
            var root = OrgUnit.PathOf(OrgUnit.IdsOf(path)[0], null);
            // Somebody who has left the unit since was expected all the same; their vote is what it is now.
            var known = await (
                from member in db.Set<Member>().AsNoTracking()
                join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
                where ids.Contains(member.Id) && unit.Path.StartsWith(root)
                select new { member.Id, member.Kind, member.Suspended, member.Status }).ToListAsync(cancellationToken);
            roster = known.ToDictionary(member => member.Id, member => byRule.TryGetValue(member.Id, out var place) ? place
                : new RosterPlace(!meeting.SignUp && Member.MayVote(member.Kind, member.Suspended, member.Status), meeting.SignUp ? RosterKind.Eligible : RosterKind.Expected));
        }

        db.AddRange(roster.OrderBy(pair => pair.Key).Select(pair => new RosterMember { MeetingId = meeting.Id, MemberId = pair.Key, Votes = pair.Value.Votes, Kind = pair.Value.Kind }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
