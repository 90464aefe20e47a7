using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>GET /api/host-events: what hosts did at kiosks and desks, what was refused included.</summary>
internal static class ListHostEvents
{
    private static readonly HostActionOutcome[] _fine = [HostActionOutcome.Applied, HostActionOutcome.Joined, HostActionOutcome.Recorded];

    public static async Task<Results<Ok<Page<HostEventView>>, ProblemHttpResult>> HandleAsync(
        Guid? orgUnitId, Guid? meetingId, Guid? displayId, bool? refused, [AsParameters] Paging paging, OperatorAccess access, HubDbContext db, HubOptions options,
        CancellationToken cancellationToken)
    {
        var hosted = await access.UnitIdsAsync(OperatorRole.Host, orgUnitId, cancellationToken);
        if (!hosted.IsOk)
        {
            return Problems.From(hosted.Error);
        }

        var units = hosted.Value;
        var actions =
            from action in db.Set<HostAction>().AsNoTracking()
            // What a kiosk named may have become another meeting, or none.
            join other in db.Set<MeetingAlias>() on action.Named equals other.Id into aliases
            from alias in aliases.DefaultIfEmpty()
            let about = action.MeetingId ?? (alias == null ? action.Named : alias.MeetingId)
            join named in db.Set<Meeting>() on about equals named.Id into meetings
            from meeting in meetings.DefaultIfEmpty()
            join place in db.Set<Display>().IgnoreQueryFilters() on action.DisplayId equals place.Id into displays
            from display in displays.DefaultIfEmpty()
            join who in db.Set<Member>() on action.MemberId equals who.Id into members
            from member in members.DefaultIfEmpty()
            where (meeting != null && units.Contains(meeting.OrgUnitId)) || (display != null && units.Contains(display.OrgUnitId)) || (member != null && units.Contains(member.OrgUnitId))
            select new { Action = action, Meeting = meeting, Display = display, Member = member };
        if (meetingId is { } only)
        {
            actions = actions.Where(row => row.Meeting != null && row.Meeting.Id == only);
        }

        if (displayId is { } where)
        {
            actions = actions.Where(row => row.Action.DisplayId == where);
        }

        if (refused is true)
        {
            actions = actions.Where(row => !_fine.Contains(row.Action.Outcome) || row.Action.Kind == HostActionKind.PinLocked);
        }

        var total = await actions.CountAsync(cancellationToken);
        var found = await actions.OrderByDescending(row => row.Action.At).ThenByDescending(row => row.Action.Id).Skip(paging.From).Take(paging.Size).ToListAsync(cancellationToken);
        var withoutEffect = await WithoutEffectAsync(db, [.. found.Select(row => row.Action.MeetingId).OfType<Guid>().Distinct()], cancellationToken);
        return TypedResults.Ok(new Page<HostEventView>(
            [.. found.Select(row =>
            {
                var ours = row.Meeting is { } meeting && units.Contains(meeting.OrgUnitId);
                // Who hosted our meeting is no secret to us; somebody of another unit who failed to is.
                var open = row.Member is null || units.Contains(row.Member.OrgUnitId) || (ours && row.Action.MeetingId is not null);
                var outcome = HostActionRules.Shown(row.Action, withoutEffect);
                return new HostEventView(
                    row.Action.Id, row.Action.Kind, outcome, row.Action.At, row.Action.ReceivedAt,
                    row.Member is { } member ? open ? member.Name : NameMask.Mask(member.Name) : row.Action.By, row.Action.DisplayId, row.Display?.Name,
                    ours ? row.Meeting!.Id : null, ours ? row.Meeting!.Title : null, row.Display?.TimeZone ?? row.Meeting?.TimeZone ?? options.TimeZone,
                    row.Action.Kind is HostActionKind.PinLocked || !_fine.Contains(outcome));
            })],
            total));
    }

    // As the meeting's own page works it out.
    private static async Task<HashSet<Guid>> WithoutEffectAsync(HubDbContext db, IReadOnlyList<Guid> meetingIds, CancellationToken cancellationToken) =>
        [.. (await RoomHosting.RunsAsync(db, meetingIds, cancellationToken)).Values.SelectMany(run => MeetingRuns.Fold(run).WithoutEffect)];
}
