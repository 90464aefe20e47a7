using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>For which units a meeting nobody scheduled may be started in a room, and whom each type expects of them: by the very rules of a meeting made at a desk.</summary>
internal static class Standby
{
    /// <summary>A room's kiosks know the rosters of at most so many units, and of none with more members.</summary>
    public const int MostUnits = 12;

    public const int MostGroups = 24;

    public const int MostMembers = 600;

    /// <summary>A unit that met in the room within this time uses it.</summary>
    public static readonly TimeSpan UsesRoom = TimeSpan.FromDays(120);

    internal sealed record Unit(Guid Id, string Name, string Path, OrgUnitKind Kind, Guid? ParentId);

    private sealed record Known(Guid Id, string Name, PersonKind Kind, int Posts, bool Votes);

    /// <summary>The room's own unit, those right under it, those that met here lately, and the groups of all of them.</summary>
    public static async Task<IReadOnlyList<Unit>> UnitsAsync(HubDbContext db, Room room, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - UsesRoom;
        var units = await db.Set<OrgUnit>().AsNoTracking()
            .Where(unit => unit.Id == room.OrgUnitId || (unit.Kind != OrgUnitKind.Group && unit.ParentId == room.OrgUnitId)
                || db.Set<Meeting>().Any(meeting => meeting.RoomId == room.Id && meeting.OrgUnitId == unit.Id && meeting.End > since && unit.Kind != OrgUnitKind.Group))
            .OrderBy(unit => unit.Id == room.OrgUnitId ? 0 : 1).ThenBy(unit => unit.Depth).ThenBy(unit => unit.Name).ThenBy(unit => unit.Id)
            .Take(MostUnits).Select(unit => new Unit(unit.Id, unit.Name, unit.Path, unit.Kind, unit.ParentId)).ToListAsync(cancellationToken);
        var ids = units.Select(unit => (Guid?)unit.Id).ToList();
        var groups = await db.Set<OrgUnit>().AsNoTracking()
            .Where(unit => unit.Kind == OrgUnitKind.Group && unit.Id != room.OrgUnitId && (ids.Contains(unit.ParentId)
                || db.Set<Meeting>().Any(meeting => meeting.RoomId == room.Id && meeting.OrgUnitId == unit.Id && meeting.End > since)))
            .OrderBy(unit => unit.Depth).ThenBy(unit => unit.Name).ThenBy(unit => unit.Id)
            .Take(MostGroups).Select(unit => new Unit(unit.Id, unit.Name, unit.Path, unit.Kind, unit.ParentId)).ToListAsync(cancellationToken);
        return [.. units, .. groups];
    }

    public static async Task<IReadOnlyList<StandbyUnit>> MakeAsync(
        HubDbContext db, IReadOnlyList<Unit> units, IReadOnlyList<MeetingType> types, CancellationToken cancellationToken)
    {
        var standby = new List<StandbyUnit>();
        foreach (var unit in units)
        {
            var rows = await RosterQuery.Under(db, unit.Path).OrderBy(member => member.Id).Take(MostMembers + 1)
                .Select(member => new { member.Id, member.Name, member.Kind, member.Suspended, member.Status, member.Posts }).ToListAsync(cancellationToken);
            if (rows.Count is 0 or > MostMembers)
            {
                continue;
            }

            List<Known> members = [.. rows.Select(row => new Known(row.Id, row.Name, row.Kind, row.Posts, Member.MayVote(row.Kind, row.Suspended, row.Status)))];
            standby.Add(new StandbyUnit(
                unit.Id, unit.Name, [.. members.Select(member => new RosterEntry(member.Id, NameMask.Mask(member.Name), member.Votes))],
                RostersOf(unit.Kind, members, types), unit.Kind is OrgUnitKind.Group && units.Any(other => other.Id == unit.ParentId) ? unit.ParentId : null));
        }

        return standby;
    }

    /// <summary>Whether a unit of this kind holds meetings of the type: 党小组会 is its group's, and a group decides nothing that needs a quorum or a committee.</summary>
    public static bool Holds(OrgUnitKind kind, MeetingType type) => kind is OrgUnitKind.Group ? type.Posts == 0 && type.QuorumPercent is null : !type.OfGroups;

    // Types with the same people share one list: a room's document is read by a weak link.
    private static List<StandbyRoster> RostersOf(OrgUnitKind kind, List<Known> members, IReadOnlyList<MeetingType> types) =>
    [
        .. types.Where(type => Holds(kind, type))
            .Select(type => (type.Code, Members: Enumerable.Range(0, members.Count).Where(at => RosterRules.Expects(type, members[at].Kind, members[at].Posts)).ToList()))
            .Where(one => one.Members.Count > 0).GroupBy(one => string.Join(',', one.Members))
            .Select(same => new StandbyRoster([.. same.Select(one => one.Code)], same.First().Members.Count == members.Count ? null : same.First().Members)),
    ];
}
