using System.Security.Cryptography;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>What a room's kiosks need so that a host can run meetings from them, also offline: hosts, standby rosters, how each meeting was run so far.</summary>
internal sealed partial class RoomHosting(PersonalData personal, ILogger<RoomHosting> logger)
{
    /// <summary>A room's kiosks know the rosters of at most so many units, and of none with more members.</summary>
    public const int MostUnits = 12;

    public const int MostMembers = 600;

    /// <summary>A unit that met in the room within this time uses it.</summary>
    public static readonly TimeSpan UsesRoom = TimeSpan.FromDays(120);

    internal sealed record Parts(IReadOnlyList<RoomHost> Hosts, IReadOnlyList<StandbyUnit> Standby);

    /// <summary>Units for which a meeting may be started here: the room's own, those right under it, those that met here lately.</summary>
    public static async Task<IReadOnlyList<(Guid Id, string Name, string Path)>> UnitsAsync(HubDbContext db, Room room, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - UsesRoom;
        var units = await db.Set<OrgUnit>().AsNoTracking()
            .Where(unit => unit.Id == room.OrgUnitId || unit.ParentId == room.OrgUnitId
                || db.Set<Meeting>().Any(meeting => meeting.RoomId == room.Id && meeting.OrgUnitId == unit.Id && meeting.End > since))
            .OrderBy(unit => unit.Id == room.OrgUnitId ? 0 : 1).ThenBy(unit => unit.Depth).ThenBy(unit => unit.Name).ThenBy(unit => unit.Id)
            .Take(MostUnits).Select(unit => new { unit.Id, unit.Name, unit.Path }).ToListAsync(cancellationToken);
        return [.. units.Select(unit => (unit.Id, unit.Name, unit.Path))];
    }

    /// <summary>Everybody a meeting of the unit expects.</summary>
    public static IQueryable<Member> RosterOf(HubDbContext db, string unitPath) =>
        from member in db.Set<Member>().AsNoTracking()
        join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
        where unit.Path.StartsWith(unitPath) && !member.Suspended
        select member;

    public async Task<Parts> MakeAsync(HubDbContext db, Room room, IReadOnlyList<Meeting> meetings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var units = await UnitsAsync(db, room, now, cancellationToken);
        var standby = new List<StandbyUnit>();
        foreach (var unit in units)
        {
            var roster = await RosterOf(db, unit.Path).OrderBy(member => member.Id).Take(MostMembers + 1)
                .Select(member => new { member.Id, member.Name, member.Kind, member.Suspended, member.Status }).ToListAsync(cancellationToken);
            if (roster.Count is > 0 and <= MostMembers)
            {
                standby.Add(new StandbyUnit(
                    unit.Id, unit.Name, [.. roster.Select(member => new RosterEntry(member.Id, NameMask.Mask(member.Name), Member.MayVote(member.Kind, member.Suspended, member.Status)))]));
            }
        }

        return new Parts(await HostsAsync(db, meetings, [.. units.Where(unit => standby.Any(one => one.OrgUnitId == unit.Id))], cancellationToken), standby);
    }

    /// <summary>How the meetings were run so far, by id; only those about which anything was done.</summary>
    public static async Task<Dictionary<Guid, MeetingRun>> RunsAsync(HubDbContext db, IReadOnlyList<Guid> meetingIds, CancellationToken cancellationToken)
    {
        var plans = await db.Set<MeetingPlan>().AsNoTracking().Where(plan => meetingIds.Contains(plan.MeetingId)).ToListAsync(cancellationToken);
        var aliases = (await db.Set<MeetingAlias>().AsNoTracking().Where(alias => meetingIds.Contains(alias.MeetingId)).OrderBy(alias => alias.Id).ToListAsync(cancellationToken))
            .ToLookup(alias => alias.MeetingId, alias => alias.Id);
        var runs = new Dictionary<Guid, MeetingRun>();
        foreach (var plan in plans)
        {
            runs[plan.MeetingId] = new MeetingRun(
                plan.Start, plan.End, plan.EditedAt, await ActionsAsync(db, plan.MeetingId, cancellationToken), [.. aliases[plan.MeetingId]]);
        }

        return runs;
    }

    /// <summary>The actions that count for a meeting, in order.</summary>
    public static async Task<IReadOnlyList<RunAction>> ActionsAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken)
    {
        var rows = await (
            from action in db.Set<HostAction>().AsNoTracking()
            join member in db.Set<Member>() on action.MemberId equals member.Id into members
            from member in members.DefaultIfEmpty()
            where action.MeetingId == meetingId
            orderby action.At, action.Id
            select new { Action = action, Name = member == null ? null : member.Name }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new RunAction(
            row.Action.Id,
            // A start that was joined to a meeting is a beginning of that one.
            row.Action.Outcome is HostActionOutcome.Joined ? HostActionKind.Begin : row.Action.Kind,
            row.Action.At,
            NameMask.Mask(row.Name ?? row.Action.By ?? ""),
            row.Action.Until,
            row.Action.Point,
            row.Action.Count))];
    }

    private async Task<IReadOnlyList<RoomHost>> HostsAsync(
        HubDbContext db, IReadOnlyList<Meeting> meetings, IReadOnlyList<(Guid Id, string Name, string Path)> units, CancellationToken cancellationToken)
    {
        var meetingUnits = meetings.Select(meeting => meeting.OrgUnitId).Distinct().ToList();
        var paths = await db.Set<OrgUnit>().Where(unit => meetingUnits.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Path, cancellationToken);
        var shown = meetings.Select(meeting => meeting.Id).ToList();
        var named = (await HostRights.Named(db).Where(host => shown.Contains(host.MeetingId)).ToListAsync(cancellationToken)).ToLookup(host => host.MemberId, host => host.MeetingId);
        var held = await HostRights.Holders(db).ToDictionaryAsync(holder => holder.MemberId, holder => holder.UnitPath, cancellationToken);
        var rows = await (
            from right in db.Set<HostRight>()
            join member in db.Set<Member>() on right.MemberId equals member.Id
            join card in db.Set<MemberCard>() on right.MemberId equals card.MemberId
            where right.PinSealed != null && card.RevokedAt == null
            orderby right.MemberId
            select new { right.MemberId, member.Name, right.PinSalt, right.PinRounds, right.PinSealed, card.Serial, card.IssuedAt }).ToListAsync(cancellationToken);
        var hosts = new List<RoomHost>();
        foreach (var row in rows)
        {
            var over = held.GetValueOrDefault(row.MemberId);
            bool Under(string path) => over is not null && path.StartsWith(over, StringComparison.Ordinal);
            List<Guid> unitIds = [.. units.Where(unit => Under(unit.Path)).Select(unit => unit.Id)];
            List<Guid> meetingIds = [.. meetings.Where(meeting => Under(paths[meeting.OrgUnitId]) || named[row.MemberId].Contains(meeting.Id)).Select(meeting => meeting.Id)];
            if (unitIds.Count + meetingIds.Count == 0)
            {
                continue;
            }

            try
            {
                var check = HostPinCheck.Bind(Convert.FromBase64String(personal.Decrypt(row.PinSealed!, row.MemberId)), row.MemberId, (uint)row.Serial, row.IssuedAt);
                hosts.Add(new RoomHost(row.MemberId, NameMask.Mask(row.Name), unitIds, meetingIds, Convert.ToBase64String(row.PinSalt!), row.PinRounds, Convert.ToBase64String(check)));
            }
            catch (CryptographicException exception)
            {
                LogUnreadable(exception, row.MemberId); // the room's meetings must not fail with it
            }
        }

        return hosts;
    }

    [LoggerMessage(4201, LogLevel.Error, "The host PIN of member {MemberId} cannot be read; it has to be set again.")]
    private partial void LogUnreadable(Exception exception, Guid memberId);
}
