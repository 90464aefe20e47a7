using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Hosting;

/// <summary>现在开会: which meetings a host can start here, whom each expects, and why another cannot be. Pure.</summary>
internal static class StartRules
{
    /// <summary>What the panel offers. A group stands by itself only for a host who cannot start a meeting of its branch.</summary>
    public static IReadOnlyList<HostUnitView> Offer(IReadOnlyList<StandbyUnit> units, IReadOnlyList<StandbyType> types) =>
    [
        .. units.Where(unit => unit.GroupOf is not { } branch || units.All(other => other.OrgUnitId != branch))
            .Select(unit => new HostUnitView(unit.OrgUnitId, unit.Name, unit.Roster.Count, TypesOf(unit, [.. units.Where(other => other.GroupOf == unit.OrgUnitId)], types)))
            .Where(unit => unit.Types.Any(type => type.Why is null)),
    ];

    /// <summary>Whom the type expects of the unit; null when it cannot be started for it.</summary>
    public static IReadOnlyList<RosterEntry>? RosterOf(StandbyUnit unit, StandbyType type)
    {
        if (unit.Rosters is null)
        {
            return unit.Roster;
        }

        if (unit.Rosters.FirstOrDefault(one => one.Types.Contains(type.Code)) is not { } roster)
        {
            return null;
        }

        var entries = (roster.Members ?? [.. Enumerable.Range(0, unit.Roster.Count)]).Where(at => at >= 0 && at < unit.Roster.Count).Select(at => unit.Roster[at]);
        return [.. type.SignUp ? entries.Select(entry => entry with { Votes = false, Kind = RosterKind.Eligible }) : entries];
    }

    /// <summary>The meeting as this kiosk goes on with it until the hub's document has it.</summary>
    public static RoomMeeting Started(Guid id, IReadOnlyList<RosterEntry> roster, StandbyType type, string title, DateTimeOffset at)
    {
        var (end, late, grace) = (at.AddMinutes(HostLimits.StartMinutes), at.AddMinutes(Math.Min(type.LateAfterMinutes, HostLimits.StartMinutes)), TimeSpan.FromSeconds(type.GraceSeconds));
        var voting = roster.Count(entry => entry.Votes);
        // A number comes with the hub's document, and with it the code for phones.
        return new RoomMeeting(
            id, 0, title, type.Code, type.Name, MeetingState.Scheduled, at, end, at, late + grace, end + grace, null, type.MembersSession, null, [], roster, voting,
            Quorum.Needed(type.QuorumPercent, voting), type.QuorumSource,
            type.ExitOpensMinutes is { } minutes ? end.AddMinutes(-minutes) : null, type.ExitOpensMinutes is null ? null : end + Meetings.Thanks, SignUp: type.SignUp, Texts: type.Texts, MarksAbsent: type.MarksAbsent);
    }

    private static List<HostTypeView> TypesOf(StandbyUnit unit, IReadOnlyList<StandbyUnit> groups, IReadOnlyList<StandbyType> types)
    {
        var views = new List<HostTypeView>();
        foreach (var type in types)
        {
            var held = type.OfGroups && unit.Rosters is not null && RosterOf(unit, type) is null
                ? groups.Select(group => (Unit: group, Roster: RosterOf(group, type))).ToList()
                : [(Unit: unit, Roster: RosterOf(unit, type))];
            List<HostStartView> starts = [.. held.Where(one => one.Roster is not null).Select(one => new HostStartView(one.Unit.OrgUnitId, one.Unit.Name, one.Roster!.Count))];
            if (starts.Count > 0)
            {
                views.Add(new HostTypeView(type.Code, type.Name, type.SignUp, starts, null));
            }
            else if (unit.GroupOf is null && !(IsGroup(unit, types) && !type.OfGroups))
            {
                views.Add(new HostTypeView(type.Code, type.Name, type.SignUp, [], type.OfGroups ? "no_groups" : type.ByPosts ? "no_posts" : "nobody"));
            }
        }

        return views;
    }

    /// <summary>A group that the document names without its branch: what only a branch can hold needs no explanation there.</summary>
    private static bool IsGroup(StandbyUnit unit, IReadOnlyList<StandbyType> types) => types.Any(type => type.OfGroups && unit.Rosters is not null && RosterOf(unit, type) is not null);
}
