using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>POST /api/meetings/roster-preview: how many would be expected.</summary>
internal static class PreviewRoster
{
    private const int MostNames = 30;

    public static async Task<Results<Ok<RosterPreview>, ProblemHttpResult>> HandleAsync(
        RosterPreviewInput input, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Host, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == input.OrgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        var types = await MeetingTypes.OfAsync(db, OrgUnit.IdsOf(path)[0], cancellationToken);
        var rule = input.Roster ?? RosterRules.OfType(types.FirstOrDefault(type => type.Code == input.Type));
        var units = await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken);
        var mine = units.Value ?? [];
        // Of another host's branch nothing is counted before they agreed.
        var agreed = await (
            from unit in db.Set<MeetingUnit>()
            join meeting in db.Set<Meeting>() on unit.MeetingId equals meeting.Id
            where meeting.Id == input.MeetingId && meeting.OrgUnitId == input.OrgUnitId && unit.State == JointState.Accepted
            select unit.OrgUnitId).ToListAsync(cancellationToken);
        var joint = (input.JointUnitIds ?? []).Take(MeetingUnit.Most).Where(id => mine.Contains(id) || agreed.Contains(id)).ToList();
        var paths = await db.Set<OrgUnit>().Where(unit => joint.Contains(unit.Id)).Select(unit => unit.Path).ToListAsync(cancellationToken);
        var chosen = input.RosterMemberIds is { Count: 0 } ? null : input.RosterMemberIds;
        var query = new RosterQuery(null, path, paths, mine, rule, chosen, SignUp: false);
        if (input.RosterMemberIds is { Count: 0 })
        {
            return TypedResults.Ok(new RosterPreview(0, 0, rule.Observers?.Count ?? 0, []));
        }

        var wanted = await query.RunAsync(db, cancellationToken);
        if (!wanted.IsOk)
        {
            return Problems.From(wanted.Error);
        }

        var expected = wanted.Value.Where(pair => pair.Value.Kind is RosterKind.Expected).Select(pair => pair.Key).ToList();
        var names = await db.Set<Member>().Where(member => expected.Contains(member.Id)).OrderBy(member => member.Initials).ThenBy(member => member.Id)
            .Select(member => member.Name).Take(MostNames).ToListAsync(cancellationToken);
        return TypedResults.Ok(new RosterPreview(
            expected.Count, wanted.Value.Values.Count(place => place.Votes), wanted.Value.Values.Count(place => place.Kind is RosterKind.Observer), names));
    }
}
