using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>Who may host where: the one place that answers it.</summary>
internal static class HostRights
{
    /// <summary>With settable members, so that queries can be built upon it.</summary>
    internal sealed record Holder
    {
        public required Guid MemberId { get; init; }

        public required string Name { get; init; }

        public required string UnitPath { get; init; }
    }

    internal sealed record JointPath
    {
        public required Guid MeetingId { get; init; }

        public required string Path { get; init; }
    }

    /// <summary>书记 and 副书记 host the meetings of their unit without being marked for it.</summary>
    public static readonly int LeadingPosts = MemberPosts.Pack([MemberPost.Secretary, MemberPost.DeputySecretary]);

    /// <summary>Everybody whom their mark or their post allows to host in a unit and all under it, suspended members left out.</summary>
    public static IQueryable<Holder> Holders(HubDbContext db) =>
        from member in db.Set<Member>()
        join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
        where !member.Suspended && ((member.Posts & LeadingPosts) != 0 || db.Set<HostRight>().Any(right => right.MemberId == member.Id && right.MayHost))
        select new Holder { MemberId = member.Id, Name = member.Name, UnitPath = unit.Path };

    /// <summary>Hosts and deputies that meetings name.</summary>
    public static IQueryable<MeetingHost> Named(HubDbContext db) =>
        from host in db.Set<MeetingHost>()
        join member in db.Set<Member>() on host.MemberId equals member.Id
        where !member.Suspended
        select host;

    /// <summary>Whether the member may host whatever a unit meets for.</summary>
    public static async Task<bool> CoversAsync(HubDbContext db, Guid memberId, Guid orgUnitId, CancellationToken cancellationToken)
    {
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == orgUnitId).Select(unit => unit.Path).SingleOrDefaultAsync(cancellationToken);
        var held = await Holders(db).Where(holder => holder.MemberId == memberId).Select(holder => holder.UnitPath).SingleOrDefaultAsync(cancellationToken);
        return path is not null && held is not null && path.StartsWith(held, StringComparison.Ordinal);
    }

    /// <summary>Whether the member may host this meeting: named by it, over its unit, or over one that takes part.</summary>
    public static async Task<bool> CoversAsync(HubDbContext db, Guid memberId, Meeting meeting, CancellationToken cancellationToken) =>
        await Named(db).AnyAsync(host => host.MeetingId == meeting.Id && host.MemberId == memberId, cancellationToken)
        || await CoversAsync(db, memberId, meeting.OrgUnitId, cancellationToken)
        || await Holders(db).AnyAsync(holder => holder.MemberId == memberId && Joint(db).Any(unit => unit.MeetingId == meeting.Id && unit.Path.StartsWith(holder.UnitPath)), cancellationToken);

    /// <summary>Whether anybody may host this meeting at a kiosk: with the right to, a host PIN and a card.</summary>
    public static async Task<bool> AnyAtScreenAsync(HubDbContext db, Meeting meeting, CancellationToken cancellationToken)
    {
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == meeting.OrgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        var ready =
            from right in db.Set<HostRight>()
            join card in db.Set<MemberCard>() on right.MemberId equals card.MemberId
            where right.PinSealed != null && card.RevokedAt == null
            select right.MemberId;
        return await Named(db).AnyAsync(host => host.MeetingId == meeting.Id && ready.Contains(host.MemberId), cancellationToken)
            || await Holders(db).AnyAsync(
                holder => ready.Contains(holder.MemberId) && (path.StartsWith(holder.UnitPath) || Joint(db).Any(unit => unit.MeetingId == meeting.Id && unit.Path.StartsWith(holder.UnitPath))), cancellationToken);
    }

    /// <summary>结对共建: units that agreed to take part; their hosts may run the meeting at its room's kiosks.</summary>
    public static IQueryable<JointPath> Joint(HubDbContext db) =>
        from joint in db.Set<MeetingUnit>()
        join unit in db.Set<OrgUnit>() on joint.OrgUnitId equals unit.Id
        where joint.State == JointState.Accepted
        select new JointPath { MeetingId = joint.MeetingId, Path = unit.Path };

    /// <summary>Whether the member may host anywhere, and so has use for a host PIN.</summary>
    public static async Task<bool> AnywhereAsync(HubDbContext db, Guid memberId, CancellationToken cancellationToken) =>
        await Holders(db).AnyAsync(holder => holder.MemberId == memberId, cancellationToken)
        || await Named(db).AnyAsync(host => host.MemberId == memberId, cancellationToken);
}
