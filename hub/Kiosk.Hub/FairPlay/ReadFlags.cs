using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.FairPlay;

/// <summary>Reads what the flags of a meeting are worked out from.</summary>
internal static class ReadFlags
{
    private const int Most = 5_000;

    public static async Task<IReadOnlyList<Flag>> OfAsync(HubDbContext db, Guid meetingId, FairPlayOptions options, CancellationToken cancellationToken)
    {
        // What was taken back is settled.
        var phones = await (
            from trace in db.Set<PhoneTrace>().AsNoTracking()
            join record in TakenBack.Standing(db) on trace.RecordId equals record.Id
            join attendance in db.Set<Attendance>() on new { trace.MeetingId, trace.MemberId } equals new { attendance.MeetingId, attendance.MemberId }
            where trace.MeetingId == meetingId && attendance.State != AttendanceState.Pending
            orderby trace.At, trace.MemberId
            select new PhoneFact(trace.MemberId, trace.Browser, trace.Network, trace.DisplayNetwork, trace.DisplayId, trace.Step, trace.CodeAgeMs, trace.Declared, trace.At))
            .Take(Most).ToListAsync(cancellationToken);
        var cards = await (
            from record in TakenBack.Standing(db).AsNoTracking()
            join attendance in db.Set<Attendance>() on new { record.MeetingId, MemberId = record.MemberId!.Value } equals new { attendance.MeetingId, attendance.MemberId }
            where record.MeetingId == meetingId && record.Method == CheckInMethod.Card && record.Kind == CheckInKind.Sighting && record.DisplayId != null
                && (record.Outcome == CheckInOutcome.Accepted || record.Outcome == CheckInOutcome.AlreadyCheckedIn)
                && attendance.State != AttendanceState.Pending
            orderby record.ObservedAt, record.Id
            select new CardFact(record.Id, record.MemberId!.Value, record.DisplayId!.Value, record.BootId, record.MonotonicMs, record.ObservedAt))
            .Take(Most).ToListAsync(cancellationToken);
        return FlagRules.Decide(new FlagFacts(phones, cards, await ElsewhereAsync(db, meetingId, phones, cancellationToken)), options);
    }

    /// <summary>Cards of those who came by phone, read in other rooms while this meeting's check-in was open.</summary>
    private static async Task<IReadOnlyList<ElsewhereFact>> ElsewhereAsync(
        HubDbContext db, Guid meetingId, List<PhoneFact> phones, CancellationToken cancellationToken)
    {
        if (phones.Count == 0)
        {
            return [];
        }

        var here = await db.Set<Meeting>().AsNoTracking().SingleAsync(meeting => meeting.Id == meetingId, cancellationToken);
        var members = phones.Select(phone => phone.MemberId).Distinct().ToList();
        var found = await (
            from record in db.Set<CheckInRecord>().AsNoTracking()
            join meeting in db.Set<Meeting>() on record.MeetingId equals meeting.Id
            join display in db.Set<Display>() on record.DisplayId equals display.Id
            join room in db.Set<Room>() on display.RoomId equals room.Id
            where meeting.End > here.CheckInOpens && meeting.CheckInOpens < here.End && room.Id != here.RoomId
                && record.Method == CheckInMethod.Card && record.Kind == CheckInKind.Sighting && record.ObservedAt >= here.CheckInOpens && record.ObservedAt < here.End
                && record.Outcome != CheckInOutcome.UnknownCard && record.Outcome != CheckInOutcome.WrongIssuer && record.Outcome != CheckInOutcome.RevokedCard
                && members.Contains(record.MemberId!.Value)
            orderby record.ObservedAt, record.Id
            select new ElsewhereFact(record.MemberId!.Value, room.Name, record.ObservedAt)).Take(Most).ToListAsync(cancellationToken);
        return [.. found.DistinctBy(card => card.MemberId)];
    }
}
