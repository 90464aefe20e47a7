using System.Security.Cryptography;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>POST /api/meetings, PUT /api/meetings/{id}.</summary>
internal static class SaveMeeting
{
    public const int MostRoster = 20_000;

    public static async Task<Results<Created<MeetingDetail>, ProblemHttpResult>> CreateAsync(
        MeetingInput input, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, CardIssuers issuers, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = await SaveAsync(null, input, access, db, writer, rooms, issuers, time, cancellationToken);
        return result.IsOk
            ? TypedResults.Created($"/api/meetings/{result.Value}", (await MeetingViews.DetailAsync(db, result.Value, cancellationToken))!)
            : Problems.From(result.Error);
    }

    public static async Task<Results<Ok<MeetingDetail>, ProblemHttpResult>> UpdateAsync(
        Guid id, MeetingInput input, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, CardIssuers issuers, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = await SaveAsync(id, input, access, db, writer, rooms, issuers, time, cancellationToken);
        return result.IsOk
            ? TypedResults.Ok((await MeetingViews.DetailAsync(db, id, cancellationToken))!)
            : Problems.From(result.Error);
    }

    private static async Task<Result<Guid>> SaveAsync(
        Guid? id, MeetingInput input, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, CardIssuers issuers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (id is { } existing)
        {
            var unit = await db.Set<Meeting>().Where(meeting => meeting.Id == existing).Select(meeting => (Guid?)meeting.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
            if (unit is null)
            {
                return MeetingsErrors.MeetingUnknown();
            }

            if (await access.CheckAsync(OperatorRole.Host, unit.Value, cancellationToken) is { } denied)
            {
                return denied;
            }
        }

        if (await access.CheckAsync(OperatorRole.Host, input.OrgUnitId, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (MeetingType.Find(input.Type) is not { } type)
        {
            return MeetingsErrors.TypeUnknown();
        }

        if (Validate(input) is { } invalid)
        {
            return invalid;
        }

        var times = MeetingTimes.Of(input.StartLocal, input.EndLocal, input.TimeZone, type);
        if (!times.IsOk)
        {
            return times.Error;
        }

        // Times that stand are not asked about again, e.g. when a title is corrected afterwards.
        var (start, end) = (times.Value!.Start, times.Value.End);
        var stands = await db.Set<Meeting>().AnyAsync(meeting => meeting.Id == id && meeting.Start == start && meeting.End == end, cancellationToken);
        if (!stands && times.Value.Check(time.GetUtcNow(), input.PastConfirmed) is { } unlikely)
        {
            return unlikely;
        }

        if (await RoomErrorAsync(db, input, access, cancellationToken) is { } roomError)
        {
            return roomError;
        }

        var units = await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken);
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == input.OrgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        // Makes the organisation's card key now: inside the write no file is touched.
        issuers.Of(OrgUnit.IdsOf(path)[0]);
        var now = time.GetUtcNow();
        return await writer.WriteAsync<Guid>(
            (database, cancellation) => WriteAsync(database, id, input, type, times.Value, path, units.Value!, rooms, now, cancellation), cancellationToken);
    }

    private static InvalidInput? Validate(MeetingInput input)
    {
        var validation = new Validation().Text(input.Title, "title", 120).Text(input.HostName, "hostName", 60, optional: true)
            .Require((input.Agenda?.Count ?? 0) <= 30, "agenda", MeetingsText.Get("agenda_too_long"));
        foreach (var point in input.Agenda ?? [])
        {
            validation.Text(point, "agenda", 200);
        }

        return validation.Error();
    }

    // A room of the unit itself, of a unit above it (a committee's hall), or of one the host answers for.
    private static async Task<Error?> RoomErrorAsync(HubDbContext db, MeetingInput input, OperatorAccess access, CancellationToken cancellationToken)
    {
        var paths = await db.Set<OrgUnit>().Where(unit => unit.Id == input.OrgUnitId
                || db.Set<Room>().Any(room => room.Id == input.RoomId && room.OrgUnitId == unit.Id))
            .ToDictionaryAsync(unit => unit.Id, unit => unit.Path, cancellationToken);
        var roomUnit = await db.Set<Room>().Where(room => room.Id == input.RoomId).Select(room => (Guid?)room.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        if (roomUnit is not { } unitId)
        {
            return MeetingsErrors.RoomUnknown();
        }

        return paths[input.OrgUnitId].StartsWith(paths[unitId], StringComparison.Ordinal) ? null : await access.CheckAsync(OperatorRole.Host, unitId, cancellationToken);
    }

    private static async Task<Result<Guid>> WriteAsync(
        HubDbContext db, Guid? id, MeetingInput input, MeetingType type, MeetingTimes times, string path, IReadOnlyList<Guid> hostUnits,
        RoomFeeds rooms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Before the room is looked at: two meetings saved at once must not both find it free.
        await db.TakeFeedTurnAsync(cancellationToken);
        var taken = await db.Set<Meeting>().Where(other =>
                other.RoomId == input.RoomId && other.Id != id && other.State == MeetingState.Scheduled && other.Start < times.End && other.End > times.Start)
            .Select(other => other.Title).FirstOrDefaultAsync(cancellationToken);
        if (taken is not null)
        {
            return MeetingsErrors.RoomTaken(taken);
        }

        var changedRooms = new HashSet<Guid> { input.RoomId };
        Meeting meeting;
        if (id is null)
        {
            meeting = New(input, type, times, now);
            db.Add(meeting);
        }
        else
        {
            meeting = await db.Set<Meeting>().SingleAsync(candidate => candidate.Id == id, cancellationToken);
            if (meeting.State is not MeetingState.Scheduled)
            {
                return MeetingsErrors.NotOpen();
            }

            if (input.Revision is { } revision && revision != meeting.Revision)
            {
                return SharedErrors.RevisionChanged();
            }

            changedRooms.Add(meeting.RoomId);
            meeting.Revision++;
        }

        Apply(meeting, input, type, times);
        if (await RosterAsync(db, meeting, input, path, hostUnits, cancellationToken) is { } rosterError)
        {
            return rosterError;
        }

        db.SignalChanged(Topics.Meetings, meeting.Id);
        await rooms.PublishAsync(db, changedRooms, now, cancellationToken);
        return meeting.Id;
    }

    private static Meeting New(MeetingInput input, MeetingType type, MeetingTimes times, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Number = RandomNumberGenerator.GetInt32(1, int.MaxValue),
        OrgUnitId = input.OrgUnitId,
        RoomId = input.RoomId,
        Type = type.Code,
        Title = input.Title,
        StartLocal = input.StartLocal,
        EndLocal = input.EndLocal,
        TimeZone = input.TimeZone,
        Start = times.Start,
        End = times.End,
        CheckInOpens = times.CheckInOpens,
        LateAfter = times.LateAfter,
        CheckInCloses = times.CheckInCloses,
        Points = type.Points,
        LatePoints = type.LatePoints,
        QuorumPercent = type.QuorumPercent,
        MembersSession = type.MembersSession,
        Agenda = [],
        RosterChosen = false,
    };

    private static void Apply(Meeting meeting, MeetingInput input, MeetingType type, MeetingTimes times)
    {
        (meeting.OrgUnitId, meeting.RoomId, meeting.Type, meeting.Title) = (input.OrgUnitId, input.RoomId, type.Code, input.Title.Trim());
        (meeting.StartLocal, meeting.EndLocal, meeting.TimeZone) = (Whole(input.StartLocal), Whole(input.EndLocal), input.TimeZone);
        (meeting.Start, meeting.End) = (times.Start, times.End);
        (meeting.CheckInOpens, meeting.LateAfter, meeting.CheckInCloses) = (times.CheckInOpens, times.LateAfter, times.CheckInCloses);
        (meeting.Points, meeting.LatePoints, meeting.QuorumPercent) = (type.Points, type.LatePoints, type.QuorumPercent);
        meeting.MembersSession = input.MembersSession ?? type.MembersSession;
        meeting.HostName = string.IsNullOrWhiteSpace(input.HostName) ? null : input.HostName.Trim();
        meeting.Agenda = [.. (input.Agenda ?? []).Select(point => point.Trim())];
        meeting.RosterChosen = input.RosterMemberIds is not null;
    }

    // The roster as of now. Who has checked in stays on it whatever the new list says.
    private static async Task<Error?> RosterAsync(
        HubDbContext db, Meeting meeting, MeetingInput input, string path, IReadOnlyList<Guid> hostUnits, CancellationToken cancellationToken)
    {
        var members = db.Set<Member>().AsNoTracking();
        var stored = await db.Set<RosterMember>().Where(entry => entry.MeetingId == meeting.Id).ToDictionaryAsync(entry => entry.MemberId, cancellationToken);
        Dictionary<Guid, bool> wanted;
        if (input.RosterMemberIds is { } chosen)
        {
            var ids = chosen.Distinct().ToList();
            if (ids.Count is 0 or > MostRoster)
            {
                return MeetingsErrors.RosterEmpty();
            }

            // Who is on it stays on it, also when they have moved to another unit since.
            wanted = await members.Where(member => ids.Contains(member.Id)
                    && (hostUnits.Contains(member.OrgUnitId) || db.Set<RosterMember>().Any(entry => entry.MeetingId == meeting.Id && entry.MemberId == member.Id)))
                .ToDictionaryAsync(member => member.Id, member => Member.MayVote(member.Kind, member.Suspended), cancellationToken);
            if (wanted.Count != ids.Count)
            {
                return MeetingsErrors.RosterUnknown();
            }
        }
        else
        {
            wanted = await (
                from member in members
                join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
                where unit.Path.StartsWith(path) && !member.Suspended
                select member).OrderBy(member => member.Id).Take(MostRoster).ToDictionaryAsync(member => member.Id, member => Member.MayVote(member.Kind, member.Suspended), cancellationToken);
        }

        var present = (await db.Set<Attendance>().Where(attendance => attendance.MeetingId == meeting.Id && attendance.State != AttendanceState.Pending)
            .Select(attendance => attendance.MemberId).ToListAsync(cancellationToken)).ToHashSet();
        db.RemoveRange(stored.Values.Where(entry => !wanted.ContainsKey(entry.MemberId) && !present.Contains(entry.MemberId)));
        foreach (var (memberId, votes) in wanted)
        {
            if (stored.TryGetValue(memberId, out var entry))
            {
                entry.Votes = votes;
            }
            else
            {
                db.Add(new RosterMember { MeetingId = meeting.Id, MemberId = memberId, Votes = votes });
            }
        }

        return null;
    }

    private static DateTime Whole(DateTime local) => new(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, DateTimeKind.Unspecified);
}
