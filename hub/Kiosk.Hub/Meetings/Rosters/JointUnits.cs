using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>结对共建: units that take part besides the meeting's own.</summary>
internal static class JointUnits
{
    /// <summary>Sets who is invited; units the operator hosts agree by that. Gives the paths of those that take part.</summary>
    public static async Task<Result<IReadOnlyList<string>>> SetAsync(HubDbContext db, Meeting meeting, CheckedMeeting wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = (wanted.Plan.Input.JointUnitIds ?? []).Distinct().ToList();
        var units = await db.Set<OrgUnit>().AsNoTracking().Where(unit => ids.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Path, cancellationToken);
        var root = OrgUnit.IdsOf(wanted.Path)[0];
        if (ids.Count > MeetingUnit.Most || units.Count != ids.Count
            || units.Values.Any(path => path.StartsWith(wanted.Path, StringComparison.Ordinal) || wanted.Path.StartsWith(path, StringComparison.Ordinal) || OrgUnit.IdsOf(path)[0] != root))
        {
            return MeetingsErrors.JointUnitInvalid(MeetingUnit.Most);
        }

        var stored = await db.Set<MeetingUnit>().Where(unit => unit.MeetingId == meeting.Id).ToDictionaryAsync(unit => unit.OrgUnitId, cancellationToken);
        db.RemoveRange(stored.Values.Where(unit => !ids.Contains(unit.OrgUnitId)));
        foreach (var id in ids.Where(id => !stored.ContainsKey(id)))
        {
            stored[id] = new MeetingUnit
            {
                MeetingId = meeting.Id,
                OrgUnitId = id,
                State = (wanted.HostUnits?.Contains(id) ?? false) || (wanted.Agreed?.Contains(id) ?? false) ? JointState.Accepted : JointState.Invited,
                InvitedAt = now,
            };
            db.Add(stored[id]);
        }

        return ids.Where(id => stored[id].State is JointState.Accepted).Select(id => units[id]).ToList();
    }

    /// <summary>Paths of the units that take part.</summary>
    public static async Task<IReadOnlyList<string>> PathsAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken) => await (
        from joint in db.Set<MeetingUnit>()
        join unit in db.Set<OrgUnit>() on joint.OrgUnitId equals unit.Id
        where joint.MeetingId == meetingId && joint.State == JointState.Accepted
        select unit.Path).ToListAsync(cancellationToken);
}
