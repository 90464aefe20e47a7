using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <param name="Path">Of the meeting's unit.</param>
/// <param name="HostUnits">Units whose members may be named; null: whoever exists.</param>
/// <param name="Agreed">Joint units that agreed already.</param>
internal sealed record CheckedMeeting(PlannedMeeting Plan, string Path, IReadOnlyList<Guid>? HostUnits, IReadOnlyList<Guid>? Agreed = null);

/// <summary>Everything about a meeting's input that can be said before the write: who asks, the unit, the room, types, times.</summary>
internal sealed class CheckMeeting(OperatorAccess access, HubDbContext db, CardIssuers issuers, TimeProvider time)
{
    /// <param name="id">The meeting to change, or null for a new one.</param>
    public async Task<Result<CheckedMeeting>> CheckAsync(Guid? id, MeetingInput input, CancellationToken cancellationToken)
    {
        var before = id is null ? null : await db.Set<Meeting>().AsNoTracking().SingleOrDefaultAsync(meeting => meeting.Id == id, cancellationToken);
        if (id is not null)
        {
            if (before is null)
            {
                return MeetingsErrors.MeetingUnknown();
            }

            if (await access.CheckAsync(OperatorRole.Host, before.OrgUnitId, cancellationToken) is { } denied)
            {
                return denied;
            }
        }

        if (await access.CheckAsync(OperatorRole.Host, input.OrgUnitId, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (PlannedMeeting.Unreadable(input) is { } unreadable)
        {
            return unreadable;
        }

        var now = time.GetUtcNow();
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == input.OrgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        var root = OrgUnit.IdsOf(path)[0];
        var types = await MeetingTypes.OfAsync(db, root, cancellationToken);
        var copied = before is not null && now >= before.CheckInOpens ? await CopyAsync(before, cancellationToken) : null;
        var whole = before is null ? Fresh(input, types) : await KeepAsync(before, input, types, cancellationToken);
        var plan = PlannedMeeting.Of(whole, types, copied);
        if (!plan.IsOk)
        {
            return plan.Error;
        }

        // Times that stand are not asked about again, e.g. when a title is corrected afterwards.
        var times = plan.Value.Times;
        var stands = before is not null && before.Start == times.Start && before.End == times.End;
        if (!stands && times.Check(now, input.PastConfirmed) is { } unlikely)
        {
            return unlikely;
        }

        if (!input.PaidAgainConfirmed && plan.Value.Rules.Points > 0 && await PaysAgainAsync(before, plan.Value.Input, cancellationToken) is { } again)
        {
            return again;
        }

        if (await RoomErrorAsync(input, cancellationToken) is { } roomError)
        {
            return roomError;
        }

        var units = await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken);
        // Makes the organisation's card key now: inside the write no file is touched.
        issuers.Of(root);
        return new CheckedMeeting(plan.Value, path, units.Value!);
    }

    /// <summary>Asked when a meeting comes to its day, not about every later edit.</summary>
    private async Task<Error?> PaysAgainAsync(Meeting? before, MeetingInput input, CancellationToken cancellationToken)
    {
        var day = input.StartLocal.Date;
        if (before is not null && before.StartLocal.Date == day && before.OrgUnitId == input.OrgUnitId)
        {
            return null;
        }

        var (from, until) = (day, day.AddDays(1));
        var found = await db.Set<Meeting>()
            .Where(meeting => meeting.OrgUnitId == input.OrgUnitId && meeting.State == MeetingState.Cancelled && meeting.StartLocal >= from && meeting.StartLocal < until)
            .Select(meeting => new
            {
                meeting.Title, meeting.Start, meeting.Id,
                Paid = db.Set<Attendance>().Count(row => row.MeetingId == meeting.Id && row.State != AttendanceState.Pending && row.Granted > 0),
            })
            .Where(row => row.Paid > 0).OrderByDescending(row => row.Paid).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : MeetingsErrors.PaysAgain(found.Title, found.Paid);
    }

    // Who is expected follows from the type unless the host says otherwise.
    private static MeetingInput Fresh(MeetingInput input, IReadOnlyList<MeetingType> types) => input with
    {
        Roster = input.Roster ?? RosterRules.OfType(types.FirstOrDefault(type => type.Code == (input.Sessions is [var first, ..] ? first.Type : input.Type))),
        HostMemberIds = input.HostMemberIds ?? [],
        Sessions = input.Sessions ?? [],
        JointUnitIds = input.JointUnitIds ?? [],
    };

    private async Task<MeetingInput> KeepAsync(Meeting before, MeetingInput input, IReadOnlyList<MeetingType> types, CancellationToken cancellationToken)
    {
        var observers = db.Set<RosterMember>().Where(entry => entry.MeetingId == before.Id && entry.Kind == Contracts.Feeds.RosterKind.Observer);
        var moved = PlannedMeeting.Whole(input.StartLocal) - before.StartLocal;
        return Fresh(input with
        {
            Roster = input.Roster ?? (before.RosterChosen ? null : RosterRules.Of(before, await observers.Select(entry => entry.MemberId).ToListAsync(cancellationToken))),
            HostMemberIds = input.HostMemberIds
                ?? await db.Set<MeetingHost>().Where(host => host.MeetingId == before.Id).OrderBy(host => host.Position).Select(host => host.MemberId).ToListAsync(cancellationToken),
            Sessions = input.Sessions ?? [.. (await SessionsOf(before.Id).ToListAsync(cancellationToken))
                .Select(session => new MeetingSessionInput(session.Type, session.Title, session.StartLocal + moved, session.Agenda))],
            // Another type brings its own rules, unless the host says otherwise.
            Attendance = input.Attendance ?? (before.Type == (input.Sessions is [var first, ..] ? first.Type : input.Type) ? AttendanceRuleSet.Of(before) : null),
            JointUnitIds = input.JointUnitIds
                ?? await db.Set<MeetingUnit>().Where(unit => unit.MeetingId == before.Id).Select(unit => unit.OrgUnitId).ToListAsync(cancellationToken),
        }, types);
    }

    private async Task<MeetingCopy> CopyAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        var codes = await SessionsOf(meeting.Id).Select(session => session.Type).ToListAsync(cancellationToken);
        var known = MeetingType.Default(meeting.Type) ?? MeetingType.Default("Other")!;
        // A window that closes before the end closes so long after the start, as a run reads it, too.
        var afterStart = meeting.CheckInCloses < meeting.End;
        var type = known with
        {
            Code = meeting.Type,
            OwnName = meeting.TypeName,
            OpensBefore = meeting.Start - meeting.CheckInOpens,
            LateAfter = meeting.LateAfter - meeting.Start,
            Closing = afterStart ? CheckInClosing.Start : CheckInClosing.End,
            ClosesAfter = meeting.CheckInCloses - (afterStart ? meeting.Start : meeting.End),
        };
        return new MeetingCopy(
            codes.Count > 0 ? codes : [meeting.Type], type,
            new MeetingRules(meeting.Points, meeting.LatePoints, meeting.QuorumPercent, meeting.QuorumType, meeting.QuorumSource, meeting.MembersSession, meeting.MarksAbsent, meeting.SignUp));
    }

    private IOrderedQueryable<MeetingSession> SessionsOf(Guid meetingId) =>
        db.Set<MeetingSession>().AsNoTracking().Where(session => session.MeetingId == meetingId).OrderBy(session => session.Position);

    // A room of the unit itself, of a unit above it (a committee's hall), or of one the host answers for.
    private async Task<Error?> RoomErrorAsync(MeetingInput input, CancellationToken cancellationToken)
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
}
