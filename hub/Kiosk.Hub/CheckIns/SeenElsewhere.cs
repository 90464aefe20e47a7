using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;

namespace Kiosk.Hub.CheckIns;

/// <summary>
/// What another device had seen of somebody whose attendance was taken back, and what the same one saw after it. Reaching the hub after the undo it would be <c>undone</c> and wait for the host,
/// so it waits as well when it was here before: the order of arrival tells nothing about who was there.
/// </summary>
internal static class SeenElsewhere
{
    /// <summary>Outcomes of a record that stood beside the one taken back.</summary>
    private static readonly IReadOnlyList<CheckInOutcome> _applied = [CheckInOutcome.AlreadyCheckedIn, CheckInOutcome.Accepted, CheckInOutcome.Left];

    public static IQueryable<CheckInRecord> Of(HubDbContext db) =>
        from undo in db.Set<AttendanceUndo>()
        join row in db.Set<Attendance>() on new { undo.MeetingId, undo.MemberId, undo.CheckInId } equals new { row.MeetingId, row.MemberId, row.CheckInId }
        join counted in db.Set<CheckInRecord>() on row.CheckInId equals counted.Id
        join record in db.Set<CheckInRecord>() on new { row.MeetingId, MemberId = (Guid?)row.MemberId } equals new { record.MeetingId, record.MemberId }
        where row.State == AttendanceState.Pending && record.Kind == CheckInKind.Sighting && _applied.Contains(record.Outcome) && record.Id != counted.Id
            // The same device's own repeats are the same card in the hand, until it took that back.
            && (record.DisplayId != counted.DisplayId || record.Method != counted.Method || record.CountedAt > row.UndoneAt)
            && !db.Set<AttendanceUndo>().Any(other => other.MeetingId == record.MeetingId && other.MemberId == row.MemberId && other.CheckInId == record.Id)
        select record;

    /// <summary>While it waits for the host it is what it would have been had it come later.</summary>
    public static CheckInOutcome AsOpen(CheckInOutcome outcome) => _applied.Contains(outcome) ? CheckInOutcome.Undone : outcome;
}
