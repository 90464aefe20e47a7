using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>GET /api/meetings, /api/meetings/{id}.</summary>
internal static class ListMeetings
{
    public static async Task<Results<Ok<Page<MeetingSummary>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, DateTimeOffset? from, DateTimeOffset? to, [AsParameters] Paging paging, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Host, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        var meetings = db.Set<Meeting>().AsNoTracking().Where(meeting => ids.Contains(meeting.OrgUnitId));
        if (from is { } earliest)
        {
            meetings = meetings.Where(meeting => meeting.End > earliest);
        }

        if (to is { } latest)
        {
            meetings = meetings.Where(meeting => meeting.Start < latest);
        }

        var total = await meetings.CountAsync(cancellationToken);
        var rows = await MeetingViews.Rows(db, meetings.OrderBy(meeting => meeting.Start).ThenBy(meeting => meeting.Id).Skip(paging.From).Take(paging.Size))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<MeetingSummary>(
            [.. rows.OrderBy(row => row.Meeting.Start).ThenBy(row => row.Meeting.Id).Select(MeetingViews.Summary)], total));
    }

    public static async Task<Results<Ok<MeetingDetail>, ProblemHttpResult>> GetAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken) =>
        await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error
            ? Problems.From(error)
            : TypedResults.Ok((await MeetingViews.DetailAsync(db, id, cancellationToken))!);
}
