using System.Globalization;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>What the host does about leave: /api/meetings/{id}/leave.</summary>
internal static class LeaveEndpoints
{
    private const int MostRows = 500;
    private const int MostText = 200;

    public static void MapLeave(this RouteGroupBuilder meetings)
    {
        meetings.MapGet("/{id:guid}/leave", ListAsync);
        meetings.MapPost("/{id:guid}/leave", EnterAsync);
        meetings.MapPost("/{id:guid}/leave/{memberId:guid}/decision", DecideAsync);
    }

    /// <param name="orgUnitId">Only of members of this unit and those under it.</param>
    private static async Task<Results<Ok<IReadOnlyList<LeaveView>>, ProblemHttpResult>> ListAsync(
        Guid id, Guid? orgUnitId, int? skip, int? take, OperatorAccess access, HubDbContext db, PersonalData personal, HttpResponse response, CancellationToken cancellationToken)
    {
        var (only, error) = await ReadersAsync(id, access, db, cancellationToken);
        if (error is not null)
        {
            return Problems.From(error);
        }

        // No unit of that id: nobody is in it.
        var under = orgUnitId is null ? "/" : await db.Set<OrgUnit>().Where(unit => unit.Id == orgUnitId).Select(unit => unit.Path).SingleOrDefaultAsync(cancellationToken) ?? "-";
        var rows =
            from request in LeaveRequest.OnRoster(db).AsNoTracking()
            join member in db.Set<Member>() on request.MemberId equals member.Id
            join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
            where request.MeetingId == id && (only == null || only.Contains(member.OrgUnitId)) && unit.Path.StartsWith(under)
            orderby request.State == LeaveState.Requested descending, request.RequestedAt, member.Id
            select new { Request = request, member.Name, member.Number, member.OrgUnitId, unit.Path };
        response.Headers["X-Total-Count"] = (await rows.CountAsync(cancellationToken)).ToString(CultureInfo.InvariantCulture);
        var found = await rows.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? MostRows, 1, MostRows)).ToListAsync(cancellationToken);
        // Of the member's own unit, not the meeting's: at a joint meeting the branch that holds it is not who is told why somebody is ill.
        var secretaryOf = new HashSet<Guid>();
        foreach (var unit in found.Select(row => row.OrgUnitId).Distinct())
        {
            if (await access.HoldsAsync(OperatorRole.Secretary, unit, cancellationToken))
            {
                secretaryOf.Add(unit);
            }
        }

        var joint = await JointUnits.PathsAsync(db, id, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<LeaveView>>([.. found.Select(row =>
        {
            var (kind, reason) = LeaveWhy.Open(personal, row.Request);
            var open = secretaryOf.Contains(row.OrgUnitId) || kind is LeaveKind.Official;
            return new LeaveView(
                row.Request.MemberId, row.Name, row.Number, open ? kind : null,
                // Personal and sick look alike to everybody else: that one of them is hidden would tell which.
                open ? reason : "",
                row.Request.State, row.Request.RequestedAt, row.Request.DecidedAt, row.Request.DecidedBy, row.Request.Note, row.Request.Revision,
                row.Request.IsDecidedByAnother(access.Name) && !secretaryOf.Contains(row.OrgUnitId) && joint.Any(path => row.Path.StartsWith(path, StringComparison.Ordinal)));
        })]);
    }

    /// <summary>
    /// Who hosts the meeting reads and decides all leave. The secretary of a branch that takes part reads and decides that of its own members; everything else of the
    /// meeting stays closed to them. The units are those whose members' leave is theirs; null for all.
    /// </summary>
    private static async Task<(IReadOnlyList<Guid>? Only, Error? Error)> ReadersAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is not { } error)
        {
            return (null, null);
        }

        var joint = await JointUnits.PathsAsync(db, id, cancellationToken);
        if (joint.Count == 0)
        {
            return (null, error);
        }

        List<Guid> own = [];
        foreach (var unit in await db.Set<OrgUnit>().Select(unit => new { unit.Id, unit.Path }).ToListAsync(cancellationToken))
        {
            if (joint.Any(path => unit.Path.StartsWith(path, StringComparison.Ordinal)) && await access.HoldsAsync(OperatorRole.Secretary, unit.Id, cancellationToken))
            {
                own.Add(unit.Id);
            }
        }

        return own.Count > 0 ? (own, null) : (null, error);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EnterAsync(
        Guid id, LeaveInput input, OperatorAccess access, HubDbContext db, AskLeave leave, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        return new Validation().Text(input.Reason, "reason", MostText, optional: true, lines: true).Error() is { } invalid
            ? Problems.From(invalid)
            : (await leave.RequestAsync(
                id, input.MemberId, input.Kind, input.Reason, new AskLeave.Host(access.Name, await IsForeignAsync(db, access, id, input.MemberId, cancellationToken)), cancellationToken)).ToHttp();
    }

    /// <summary>A member of a branch that takes part, whose secretary the operator is not: what is decided for them stays with their branch.</summary>
    private static async Task<bool> IsForeignAsync(HubDbContext db, OperatorAccess access, Guid meetingId, Guid memberId, CancellationToken cancellationToken)
    {
        var own = await (
            from member in db.Set<Member>()
            join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
            where member.Id == memberId
            select new { unit.Id, unit.Path }).SingleOrDefaultAsync(cancellationToken);
        return own is not null
            && (await JointUnits.PathsAsync(db, meetingId, cancellationToken)).Any(path => own.Path.StartsWith(path, StringComparison.Ordinal))
            && !await access.HoldsAsync(OperatorRole.Secretary, own.Id, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(
        Guid id, Guid memberId, LeaveDecision input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (only, error) = await ReadersAsync(id, access, db, cancellationToken);
        if (error is not null)
        {
            return Problems.From(error);
        }

        if (only is not null && !await db.Set<Member>().AnyAsync(member => member.Id == memberId && only.Contains(member.OrgUnitId), cancellationToken))
        {
            return Problems.From(MeetingsErrors.LeaveUnknown());
        }

        if (new Validation().Text(input.Note, "note", MostText, optional: true, lines: true).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (now, by, foreign) = (time.GetUtcNow(), access.Name, await IsForeignAsync(db, access, id, memberId, cancellationToken));
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var request = await LeaveRequest.OnRoster(database).SingleOrDefaultAsync(row => row.MeetingId == id && row.MemberId == memberId, cancellation);
                var wanted = input.Approve ? LeaveState.Approved : LeaveState.Declined;
                switch (request)
                {
                    case null:
                        return MeetingsErrors.LeaveUnknown();
                    case { State: LeaveState.Withdrawn }:
                        return MeetingsErrors.LeaveWithdrawn();
                    case var same when same.State == wanted:
                        return default(Done);
                    case var theirs when foreign && theirs.IsDecidedByAnother(by):
                        return MeetingsErrors.LeaveOfPartner(theirs.DecidedBy!);
                    case var other when other.Revision != input.Revision:
                        return SharedErrors.RevisionChanged();
                    default:
                        (request.State, request.DecidedAt, request.DecidedBy) = (wanted, now, by);
                        request.Note = string.IsNullOrWhiteSpace(input.Note) ? null : input.Note.Trim();
                        request.Revision++;
                        database.SignalChanged(Topics.Meetings, id);
                        return default(Done);
                }
            },
            cancellationToken);
        return result.ToHttp();
    }
}
