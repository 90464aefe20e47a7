using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>Who would be on a roster.</summary>
/// <param name="Votes">Of the meeting's own unit, or chosen by name, and with a vote.</param>
internal readonly record struct RosterPlace(bool Votes, RosterKind Kind);

/// <param name="MeetingId">Whoever is on its roster may stay named, also when they have moved to another unit since.</param>
/// <param name="Path">Of the meeting's unit.</param>
/// <param name="JointPaths">Of units that agreed to take part; their members have no vote here.</param>
/// <param name="HostUnits">Units whose members may be named; null: whoever exists.</param>
/// <param name="Chosen">By name instead of by rule.</param>
internal sealed record RosterQuery(
    Guid? MeetingId, string Path, IReadOnlyList<string> JointPaths, IReadOnlyList<Guid>? HostUnits, RosterRule Rule, IReadOnlyList<Guid>? Chosen, bool SignUp)
{
    public const int MostMembers = 20_000;

    private sealed record Known(Guid Id, bool MayVote);

    public async Task<Result<Dictionary<Guid, RosterPlace>>> RunAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid>[] names = [Rule.Added ?? [], Rule.Removed ?? [], Rule.Observers ?? []];
        if (names.Any(list => list.Count > RosterRules.MostNames))
        {
            return MeetingsErrors.RosterNames(RosterRules.MostNames);
        }

        if (Chosen is { } listed && listed.Distinct().Count() is 0 or > MostMembers)
        {
            return MeetingsErrors.RosterEmpty();
        }

        var named = await NamedAsync(db, [.. (Chosen ?? []).Concat(names[0]).Concat(names[2]).Distinct()], cancellationToken);
        if (named is null)
        {
            return MeetingsErrors.RosterUnknown();
        }

        var wanted = new Dictionary<Guid, RosterPlace>();
        if (Chosen is null)
        {
            var byRule = SignUp ? RosterKind.Eligible : RosterKind.Expected;
            foreach (var path in JointPaths.Prepend(Path))
            {
                foreach (var member in await ByRuleAsync(db, path, cancellationToken))
                {
                    wanted.TryAdd(member.Id, new(member.MayVote && path == Path && !SignUp, byRule));
                }
            }
        }

        foreach (var id in (Chosen ?? []).Concat(names[0]))
        {
            wanted[id] = new(named[id] && !SignUp, RosterKind.Expected);
        }

        foreach (var id in names[1])
        {
            wanted.Remove(id);
        }

        foreach (var id in names[2])
        {
            wanted[id] = new(false, RosterKind.Observer);
        }

        return wanted;
    }

    /// <summary>Everybody of a unit and what is under it, its groups included.</summary>
    public static IQueryable<Member> Under(HubDbContext db, string path) => Of(db, path).Where(member => !member.Suspended);

    /// <summary>The same, suspended members included.</summary>
    public static IQueryable<Member> Of(HubDbContext db, string path) => db.Set<Member>().AsNoTracking().Where(member => db.Set<OrgUnit>().Any(unit => (unit.Id == member.OrgUnitId || unit.Id == member.GroupUnitId) && unit.Path.StartsWith(path)));

    private async Task<Dictionary<Guid, bool>?> NamedAsync(HubDbContext db, List<Guid> ids, CancellationToken cancellationToken)
    {
        var everybody = HostUnits is null;
        var units = HostUnits ?? [];
        var found = await db.Set<Member>().AsNoTracking().Where(member => ids.Contains(member.Id)
                && (everybody || units.Contains(member.OrgUnitId)
                    || db.Set<RosterMember>().IgnoreQueryFilters().Any(entry => entry.MeetingId == MeetingId && entry.MemberId == member.Id)))
            .ToDictionaryAsync(member => member.Id, member => Member.MayVote(member.Kind, member.Suspended, member.Status), cancellationToken);
        return found.Count == ids.Count ? found : null;
    }

    private async Task<List<Known>> ByRuleAsync(HubDbContext db, string path, CancellationToken cancellationToken)
    {
        var members = Under(db, path);
        if (Rule.Kinds is { Count: > 0 } kinds)
        {
            members = members.Where(member => kinds.Contains(member.Kind));
        }

        var posts = MemberPosts.Pack(Rule.Posts);
        if (posts != 0)
        {
            members = members.Where(member => (member.Posts & posts) != 0);
        }

        var found = await members.OrderBy(member => member.Id).Take(MostMembers).Select(member => new { member.Id, member.Kind, member.Suspended, member.Status }).ToListAsync(cancellationToken);
        return [.. found.Select(member => new Known(member.Id, Member.MayVote(member.Kind, member.Suspended, member.Status)))];
    }
}
