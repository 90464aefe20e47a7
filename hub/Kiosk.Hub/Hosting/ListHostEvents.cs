using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>GET /api/host-events: what needs a look, of the units the operator hosts.</summary>
internal static class ListHostEvents
{
    private const int Most = 200;

    public static async Task<Results<Ok<IReadOnlyList<HostEventView>>, ProblemHttpResult>> HandleAsync(
        int? skip, int? take, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value!;
        var rows = await (
            from action in db.Set<HostAction>().AsNoTracking()
            join member in db.Set<Member>() on action.MemberId equals member.Id
            where action.MeetingId == null && ids.Contains(member.OrgUnitId)
            orderby action.ReceivedAt descending, action.Id descending
            select new { Action = action, member.Name }).Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? 50, 1, Most)).ToListAsync(cancellationToken);
        var displayIds = rows.Select(row => row.Action.DisplayId).OfType<Guid>().Distinct().ToList();
        var displays = await db.Set<Display>().IgnoreQueryFilters().Where(display => displayIds.Contains(display.Id)).ToDictionaryAsync(display => display.Id, display => display.Name, cancellationToken);
        var named = rows.Select(row => row.Action.Named).Where(id => id != Guid.Empty).Distinct().ToList();
        var titles = await db.Set<Meetings.Meeting>().Where(meeting => named.Contains(meeting.Id) && ids.Contains(meeting.OrgUnitId)).ToDictionaryAsync(meeting => meeting.Id, meeting => meeting.Title, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<HostEventView>>([.. rows.Select(row => new HostEventView(
            row.Action.Id, row.Action.Kind, row.Action.Outcome, row.Action.At, row.Name,
            row.Action.DisplayId is { } display ? displays.GetValueOrDefault(display) : null, titles.GetValueOrDefault(row.Action.Named)))]);
    }
}
