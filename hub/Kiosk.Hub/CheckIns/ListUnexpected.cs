using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>Members who were somewhere without being on the roster: seen from the meeting, and from the member.</summary>
internal static class ListUnexpected
{
    private const int MostRows = 200;

    /// <summary>Who counts as having come and is not on the roster.</summary>
    public static IQueryable<Attendance> Came(HubDbContext db, Guid meetingId) => db.Set<Attendance>().AsNoTracking().Where(attendance =>
        attendance.MeetingId == meetingId && attendance.State != AttendanceState.Pending
        && !db.Set<RosterMember>().Any(entry => entry.MeetingId == meetingId && entry.MemberId == attendance.MemberId));

    /// <summary>
    /// Who was noted as a guest: each as first seen, or one card shown again and again would hide the others. Two records of one instant are both here.
    /// </summary>
    public static IQueryable<CheckInRecord> Noted(HubDbContext db, Guid meetingId) => db.Set<CheckInRecord>().AsNoTracking().Where(record =>
        record.MeetingId == meetingId && record.Outcome == CheckInOutcome.Guest && record.MemberId != null
        && !db.Set<Attendance>().Any(row => row.MeetingId == meetingId && row.MemberId == record.MemberId && row.State != AttendanceState.Pending)
        && !db.Set<CheckInRecord>().Any(before => before.MeetingId == meetingId && before.MemberId == record.MemberId && before.Outcome == CheckInOutcome.Guest && before.CountedAt < record.CountedAt));

    /// <summary>GET /api/meetings/{id}/attendance/others.</summary>
    public static async Task<Results<Ok<IReadOnlyList<UnexpectedRow>>, ProblemHttpResult>> AtMeetingAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var names = await MeetingNames.OfAsync(access, db, id, cancellationToken);
        var came = await (
            from attendance in Came(db, id)
            join member in db.Set<Member>() on attendance.MemberId equals member.Id
            join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
            join evidence in db.Set<CheckInRecord>() on attendance.CheckInId equals evidence.Id into records
            from record in records.DefaultIfEmpty()
            orderby attendance.At, member.Id
            select new { Attendance = attendance, member.Name, member.OrgUnitId, Unit = unit.Name, Method = record == null ? (CheckInMethod?)null : record.Method })
            .Take(MostRows).ToListAsync(cancellationToken);
        var noted = await (
            from record in Noted(db, id)
            join member in db.Set<Member>() on record.MemberId equals member.Id
            join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
            orderby record.CountedAt, record.Id
            select new { member.Id, member.Name, member.OrgUnitId, Unit = unit.Name, record.CountedAt, record.Method }).Take(MostRows).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<UnexpectedRow>>(
        [
            .. came.Select(row => new UnexpectedRow(
                row.Attendance.MemberId, names.Of(row.Attendance.MemberId, row.OrgUnitId, row.Name), row.Unit, !names.IsMine(row.OrgUnitId), row.Attendance.State, row.Attendance.At, row.Method,
                row.Attendance.Granted, row.Attendance.LeftAt)),
            .. noted.DistinctBy(row => row.Id).Select(row => new UnexpectedRow(
                row.Id, names.Of(row.Id, row.OrgUnitId, row.Name), row.Unit, !names.IsMine(row.OrgUnitId), AttendanceState.Pending, row.CountedAt, row.Method, 0, null)),
        ]);
    }

    /// <summary>GET /api/members/{id}/elsewhere.</summary>
    public static async Task<Results<Ok<IReadOnlyList<ElsewhereRow>>, ProblemHttpResult>> OfMemberAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        var rows = await Elsewhere(db, id).OrderByDescending(row => row.Meeting.Start).ThenBy(row => row.Meeting.Id).Take(MostRows).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ElsewhereRow>>([.. rows.Select(row => new ElsewhereRow(
            row.Meeting.Id, row.Meeting.Title, Meetings.Types.MeetingType.NameOf(row.Meeting.Type, row.Meeting.TypeName), row.Unit, row.Meeting.Start, row.Meeting.TimeZone,
            row.Attendance.State, row.Attendance.At, row.Attendance.Granted))]);
    }

    internal sealed record ElsewhereMeeting
    {
        public required Meeting Meeting { get; init; }

        public required Attendance Attendance { get; init; }

        public required string Unit { get; init; }
    }

    /// <summary>Meetings a member came to without being expected.</summary>
    public static IQueryable<ElsewhereMeeting> Elsewhere(HubDbContext db, Guid memberId) =>
        from attendance in db.Set<Attendance>().AsNoTracking()
        join meeting in db.Set<Meeting>() on attendance.MeetingId equals meeting.Id
        join unit in db.Set<OrgUnit>() on meeting.OrgUnitId equals unit.Id
        where attendance.MemberId == memberId && attendance.State != AttendanceState.Pending
            && !db.Set<RosterMember>().Any(entry => entry.MeetingId == attendance.MeetingId && entry.MemberId == memberId)
        select new ElsewhereMeeting { Meeting = meeting, Attendance = attendance, Unit = unit.Name };
}
