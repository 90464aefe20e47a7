using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>Posts at once the points that waited for an exit nobody asks for any more.</summary>
internal static class PayWaiting
{
    /// <summary>Calls the meeting off. There is no end any more at which somebody could leave: whoever has come is paid.</summary>
    public static async Task CancelAsync(HubDbContext db, Meeting meeting, string? reason, PointsRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var eased = meeting.PointsWaitForExit;
        meeting.Cancel(reason, now);
        if (eased)
        {
            await AllAsync(db, meeting, rules, now, cancellationToken);
        }
    }

    /// <summary>The caller has locked the meeting, so that no check-in still reckons with the exit.</summary>
    public static async Task AllAsync(HubDbContext db, Meeting meeting, PointsRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var statements = new Statements(db);
        var ledger = new LedgerStore(statements, rules);
        // Members in id order, as everywhere; each is locked before their row is read.
        var waiting = await db.Set<Attendance>().Where(row => row.MeetingId == meeting.Id && row.State != AttendanceState.Pending && row.LeftAt == null)
            .OrderBy(row => row.MemberId).Select(row => row.MemberId).ToListAsync(cancellationToken);
        foreach (var memberId in waiting)
        {
            var account = await ledger.ReadAsync(memberId, cancellationToken);
            var row = await db.Set<Attendance>().SingleAsync(candidate => candidate.MeetingId == meeting.Id && candidate.MemberId == memberId, cancellationToken);
            var late = row.State is AttendanceState.Late;
            var worth = (late ? meeting.LatePoints : meeting.Points) - row.Granted;
            if (row.State is AttendanceState.Pending || row.LeftAt is not null || worth <= 0)
            {
                continue;
            }

            row.Revision++;
            var request = new PostingRequest(
                memberId, PostingKind.Earn, late ? PointsRules.AttendanceLate : PointsRules.Attendance, AttendanceStore.KeyOf(meeting.Id, row.Revision), meeting.Id, worth, null, now, null, null);
            var outcome = await ledger.PostAsync(account, request, PointsRules.Attendance, MeetingTimes.LocalDate(row.At, meeting.TimeZone), keyIsNew: true, cancellationToken);
            row.Granted += worth - outcome.Posting!.Withheld;
        }
    }
}
