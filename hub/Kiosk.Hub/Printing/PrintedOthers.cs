using System.Globalization;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Guests;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Printing;

/// <summary>Somebody who came without being on the roster: counted apart from everybody who is.</summary>
/// <param name="Unit">Their branch, as far as it is known.</param>
/// <param name="Receipt">Number of the 参加证明 they were given; visitors only.</param>
public sealed record PrintedOther(string Name, string Kind, string Unit, string Receipt, string Time);

/// <summary>名单以外到会 as it is printed, in the order they came.</summary>
internal static class PrintedOthers
{
    public static async Task<IReadOnlyList<PrintedOther>> OfAsync(
        HubDbContext db, PersonalData personal, OperatorAccess access, Meeting meeting, CancellationToken cancellationToken)
    {
        var others = await MembersAsync(db, access, meeting, cancellationToken);
        foreach (var guest in await db.Set<MeetingGuest>().AsNoTracking().Where(guest => guest.MeetingId == meeting.Id && guest.RemovedAt == null).ToListAsync(cancellationToken))
        {
            var kind = PrintText.Get("other_" + guest.Kind);
            others.Add((guest.At, new PrintedOther(
                personal.Decrypt(guest.Name, guest.Id), guest.PersonKind is { } person ? PrintText.Get("other_of_kind", kind, PrintText.Get("kind_" + person)) : kind,
                guest.Branch ?? "", MeetingGuest.ReceiptNumber(guest.ReceiptYear, guest.ReceiptSequence) ?? "", TimeOf(guest.At, meeting))));
        }

        return [.. others.OrderBy(other => other.At).ThenBy(other => other.Other.Name, StringComparer.Ordinal).Select(other => other.Other)];
    }

    /// <summary>Members of the system: 流动党员 of other branches, those of the own ones who were not expected, and whoever a card noted as a guest.</summary>
    private static async Task<List<(DateTimeOffset At, PrintedOther Other)>> MembersAsync(HubDbContext db, OperatorAccess access, Meeting meeting, CancellationToken cancellationToken)
    {
        var came = await (
            from attendance in ListUnexpected.Came(db, meeting.Id)
            join member in db.Set<Member>() on attendance.MemberId equals member.Id
            join own in db.Set<OrgUnit>() on member.OrgUnitId equals own.Id
            join unit in db.Set<OrgUnit>() on own.Kind == OrgUnitKind.Group && own.ParentId != null ? own.ParentId.Value : own.Id equals unit.Id
            select new { member.Id, member.Name, member.OrgUnitId, Unit = unit.Name, unit.Path, attendance.At, Floating = member.Status == MemberStatus.Floating, Guest = false, Method = (CheckInMethod?)null }).ToListAsync(cancellationToken);
        var noted = await (
            from record in ListUnexpected.Noted(db, meeting.Id)
            join member in db.Set<Member>() on record.MemberId equals member.Id
            join own in db.Set<OrgUnit>() on member.OrgUnitId equals own.Id
            join unit in db.Set<OrgUnit>() on own.Kind == OrgUnitKind.Group && own.ParentId != null ? own.ParentId.Value : own.Id equals unit.Id
            orderby record.Id
            select new { member.Id, member.Name, member.OrgUnitId, Unit = unit.Name, unit.Path, At = record.CountedAt, Floating = false, Guest = true, Method = (CheckInMethod?)record.Method }).ToListAsync(cancellationToken);
        var rows = came.Concat(noted.DistinctBy(row => row.Id)).ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        // A paper is the record of who came, and a record names whoever counts, or showed their own card, in full. Whom the host merely named reads as on the lists.
        var names = await MeetingNames.OfAsync(access, db, meeting.Id, cancellationToken);
        var home = await db.Set<OrgUnit>().Where(unit => unit.Id == meeting.OrgUnitId
                || db.Set<MeetingUnit>().Any(joint => joint.MeetingId == meeting.Id && joint.OrgUnitId == unit.Id && joint.State == JointState.Accepted))
            .Select(unit => unit.Path).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => (row.At, new PrintedOther(
                row.Method is CheckInMethod.Helper or CheckInMethod.Paper ? names.Of(row.Id, row.OrgUnitId, row.Name) : row.Name,
                PrintText.Get(row.Guest ? "other_Guest" : row.Floating || !home.Any(path => row.Path.StartsWith(path, StringComparison.Ordinal)) ? "other_floating" : "other_member"),
                row.Unit, "", TimeOf(row.At, meeting)))),
        ];
    }

    private static string TimeOf(DateTimeOffset at, Meeting meeting)
    {
        var local = MeetingTimes.Local(at, meeting.TimeZone);
        return local.ToString(MeetingTimes.LocalDate(meeting.Start, meeting.TimeZone) == DateOnly.FromDateTime(local.Date) ? "HH:mm" : "MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
