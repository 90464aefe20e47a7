using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Printing;

/// <summary>The roster as it is printed: 列席 after everybody who is expected, the branch that holds it before the others, with what has become of each.</summary>
/// <param name="Unit">The branch, also of whoever belongs to one of its groups.</param>
/// <param name="CameAt">Null when they have not come.</param>
internal sealed record PrintedPerson(string Number, string Name, string Unit, bool Votes, RosterKind Kind, AttendanceState State, DateTimeOffset? CameAt);

internal static class PrintedRoster
{
    public static async Task<IReadOnlyList<PrintedPerson>> OfAsync(HubDbContext db, Meeting meeting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from entry in db.Set<RosterMember>().AsNoTracking()
            join member in db.Set<Member>() on entry.MemberId equals member.Id
            join own in db.Set<OrgUnit>() on member.OrgUnitId equals own.Id
            join unit in db.Set<OrgUnit>() on own.Kind == OrgUnitKind.Group && own.ParentId != null ? own.ParentId.Value : own.Id equals unit.Id
            join came in db.Set<Attendance>() on new { entry.MeetingId, entry.MemberId } equals new { came.MeetingId, came.MemberId } into arrivals
            from attendance in arrivals.DefaultIfEmpty()
            join asked in db.Set<LeaveRequest>() on new { entry.MeetingId, entry.MemberId } equals new { asked.MeetingId, asked.MemberId } into leaves
            from leave in leaves.DefaultIfEmpty()
            join handed in db.Set<MakeUp>() on new { entry.MeetingId, entry.MemberId } equals new { handed.MeetingId, handed.MemberId } into made
            from makeUp in made.DefaultIfEmpty()
            where entry.MeetingId == meeting.Id
            orderby entry.Kind == RosterKind.Observer, unit.Id != meeting.OrgUnitId, unit.Name, unit.Id, member.Initials, member.Name, member.Id
            select new
            {
                member.Number, member.Name, Unit = unit.Name, entry.Votes, entry.Kind, Attendance = attendance,
                Leave = leave == null ? null : (LeaveState?)leave.State, MakeUp = makeUp == null ? null : (MakeUpState?)makeUp.State,
            }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new PrintedPerson(
            row.Number, row.Name, row.Unit, row.Votes, row.Kind, AttendanceStates.Of(row.Attendance?.State, row.Leave, meeting, now, row.MakeUp),
            row.Attendance is { State: not AttendanceState.Pending } arrived ? arrived.At : null))];
    }
}
