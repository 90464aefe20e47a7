using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>结对共建: GET /api/meeting-invitations, POST …/{meetingId}/{orgUnitId}/accept and /decline; GET /api/joint-units for who may be invited.</summary>
internal static class Invitations
{
    private const int MostShown = 100;

    public static async Task<Results<Ok<IReadOnlyList<MeetingInvitation>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, OperatorAccess access, HubDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Host, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var (ids, now) = (units.Value, time.GetUtcNow());
        var rows = await (
            from joint in db.Set<MeetingUnit>().AsNoTracking()
            join meeting in db.Set<Meeting>() on joint.MeetingId equals meeting.Id
            join invited in db.Set<OrgUnit>() on joint.OrgUnitId equals invited.Id
            join host in db.Set<OrgUnit>() on meeting.OrgUnitId equals host.Id
            join room in db.Set<Room>() on meeting.RoomId equals room.Id
            // Between units of the same operator there is nobody to ask.
            where ids.Contains(joint.OrgUnitId) && !ids.Contains(meeting.OrgUnitId) && meeting.End > now
            orderby meeting.Start, meeting.Id
            select new { Joint = joint, Meeting = meeting, Invited = invited.Name, Host = host.Name, Room = room.Name }).Take(MostShown).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MeetingInvitation>>([.. rows.Select(row => new MeetingInvitation(
            row.Meeting.Id, row.Joint.OrgUnitId, row.Invited, row.Meeting.Title, MeetingType.NameOf(row.Meeting.Type, row.Meeting.TypeName), row.Host, row.Room,
            row.Meeting.Start, row.Meeting.End, row.Meeting.TimeZone, row.Joint.State, row.Meeting.State))]);
    }

    /// <summary>Other units of the organisation, by name; only names.</summary>
    public static async Task<Results<Ok<IReadOnlyList<JointUnit>>, ProblemHttpResult>> UnitsAsync(
        Guid orgUnitId, string? search, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Host, orgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == orgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        // Who hosts both has nobody to ask: such a unit takes part at once.
        var hosted = await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken);
        var mine = hosted.IsOk ? hosted.Value : [];
        var above = OrgUnit.IdsOf(path);
        var root = OrgUnit.PathOf(above[0], null);
        var found = await db.Set<OrgUnit>().AsNoTracking()
            .Where(unit => unit.Path.StartsWith(root) && !unit.Path.StartsWith(path) && !above.Contains(unit.Id) && unit.Kind != OrgUnitKind.Group).WithName(db.Database, unit => unit.Name, search)
            .OrderBy(unit => unit.Name).ThenBy(unit => unit.Id).Take(MostShown).Select(unit => new JointUnit(unit.Id, unit.Name, mine.Contains(unit.Id) ? JointState.Accepted : JointState.Invited)).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<JointUnit>>(found);
    }

    public static Task<Results<NoContent, ProblemHttpResult>> AcceptAsync(
        Guid meetingId, Guid orgUnitId, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken) =>
        DecideAsync(meetingId, orgUnitId, JointState.Accepted, access, db, writer, rooms, time.GetUtcNow(), cancellationToken);

    public static Task<Results<NoContent, ProblemHttpResult>> DeclineAsync(
        Guid meetingId, Guid orgUnitId, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken) =>
        DecideAsync(meetingId, orgUnitId, JointState.Declined, access, db, writer, rooms, time.GetUtcNow(), cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(
        Guid meetingId, Guid orgUnitId, JointState state, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Host, orgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var by = access.Name;
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await database.TakeFeedTurnAsync(cancellation);
                var joint = await database.Set<MeetingUnit>().SingleOrDefaultAsync(row => row.MeetingId == meetingId && row.OrgUnitId == orgUnitId, cancellation);
                if (joint is null)
                {
                    return MeetingsErrors.InvitationUnknown();
                }

                var meeting = await database.Set<Meeting>().SingleAsync(row => row.Id == meetingId, cancellation);
                if (meeting.State is not MeetingState.Scheduled || now >= meeting.End)
                {
                    return MeetingsErrors.NotOpen();
                }

                if (joint.State == state)
                {
                    return default(Done);
                }

                (joint.State, joint.DecidedAt, joint.DecidedBy) = (state, now, by);
                await database.SaveChangesAsync(cancellation);
                if (!meeting.RosterChosen)
                {
                    await SaveRoster.RefreshAsync(database, meeting, now, cancellation);
                }

                await ChangeRoster.PublishAsync(database, meeting, rooms, now, cancellation);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }
}
