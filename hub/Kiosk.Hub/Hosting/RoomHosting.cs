using System.Security.Cryptography;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>What a room's kiosks need so that a host can run meetings from them, also offline: hosts, standby rosters, how each meeting was run so far.</summary>
internal sealed partial class RoomHosting(PersonalData personal, ILogger<RoomHosting> logger)
{
    internal sealed record Parts(IReadOnlyList<RoomHost> Hosts, IReadOnlyList<StandbyUnit> Standby);

    public async Task<Parts> MakeAsync(
        HubDbContext db, Room room, IReadOnlyList<Meeting> meetings, IReadOnlyList<MeetingType> types, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var units = await Standby.UnitsAsync(db, room, now, cancellationToken);
        var standby = await Standby.MakeAsync(db, units, types, cancellationToken);
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
        HubDbContext db, IReadOnlyList<Meeting> meetings, IReadOnlyList<Standby.Unit> units, CancellationToken cancellationToken)
    {
        var meetingUnits = meetings.Select(meeting => meeting.OrgUnitId).Distinct().ToList();
        var paths = await db.Set<OrgUnit>().Where(unit => meetingUnits.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Path, cancellationToken);
        var shown = meetings.Select(meeting => meeting.Id).ToList();
        var named = (await HostRights.Named(db).Where(host => shown.Contains(host.MeetingId)).ToListAsync(cancellationToken)).ToLookup(host => host.MemberId, host => host.MeetingId);
        var joint = (await HostRights.Joint(db).Where(unit => shown.Contains(unit.MeetingId)).ToListAsync(cancellationToken)).ToLookup(unit => unit.MeetingId, unit => unit.Path);
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
            List<Guid> meetingIds = [.. meetings.Where(meeting => Under(paths[meeting.OrgUnitId]) || joint[meeting.Id].Any(Under) || named[row.MemberId].Contains(meeting.Id)).Select(meeting => meeting.Id)];
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
