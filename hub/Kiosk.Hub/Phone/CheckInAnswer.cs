using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Members;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>The page after the button: the tick, the number to tap, or why not and what to do.</summary>
internal sealed class CheckInAnswer(HubDbContext db, SecondProofs proofs, ProofCookie proofCookie, UndoTickets undo)
{
    /// <param name="other">Somebody else's check-in on this phone.</param>
    /// <param name="left">Nobody stays signed in on this phone.</param>
    public async Task<IResult> PageAsync(HttpContext http, MeetingAtDoor meeting, Presence presence, Guid memberId, CheckInReply reply, bool other, bool left, CancellationToken cancellationToken)
    {
        var outcome = reply.Result.Outcome;
        if (outcome is CheckInOutcome.Undone)
        {
            // Seen before the host took the attendance back: it does not count again, a new scan does.
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone, PhoneText.Get("refused_used"));
        }

        if (outcome is not (CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn or CheckInOutcome.Left))
        {
            var sentence = outcome is CheckInOutcome.TooEarly
                ? PhoneText.Get("refused_too_early", PhoneText.Time(meeting.CheckInOpens, meeting.TimeZone))
                : PhoneText.Get("refused_" + Codes.Of(outcome));
            return PhonePages.Refused(http, Codes.Of(outcome), PhonePages.StatusOf(outcome), sentence, "/my", offerOther: !other);
        }

        var row = await db.Set<Attendance>().AsNoTracking().SingleAsync(attendance => attendance.MeetingId == meeting.Id && attendance.MemberId == memberId, cancellationToken);
        if (row.State is AttendanceState.Pending)
        {
            // This very scan was accepted, and taken back since.
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone, PhoneText.Get("refused_used"));
        }

        var name = await db.Set<Member>().Where(candidate => candidate.Id == memberId).Select(candidate => candidate.Name).SingleAsync(cancellationToken);
        if (await proofs.AfterCheckInAsync(db, meeting.Id, memberId, presence.DisplayId, cancellationToken) is { State: ProofState.Waiting } standing)
        {
            proofCookie.Write(http, meeting.Id, memberId);
            return ProofPages.Page(http, meeting.Title, name, standing);
        }

        ProofCookie.Forget(http);
        return Done(http, meeting, name, row.State, outcome, reply.Result.PointsGranted, reply.Result.PointsAvailable ?? 0, other, left,
            outcome is CheckInOutcome.AlreadyCheckedIn ? null : undo.Write(reply.Result.Id, presence, memberId));
    }

    /// <summary>The tick.</summary>
    /// <param name="undo">Ticket with which this phone may take it back.</param>
    public static IResult Done(HttpContext http, MeetingAtDoor meeting, string name, AttendanceState state, CheckInOutcome outcome, int granted, int available, bool other, bool left, string? undo = null)
    {
        var late = state is AttendanceState.Late;
        var lines = new List<string> { meeting.Title };
        if (meeting.State is MeetingState.Cancelled)
        {
            // Seen before it was called off: who reads of the cancellation elsewhere must not think that it was for nothing.
            lines.Add(PhoneText.Get("cancelled_counts"));
        }

        if (outcome is CheckInOutcome.Accepted or CheckInOutcome.Left && granted > 0)
        {
            lines.Add(PhoneText.Get("points_now", granted));
        }

        lines.Add(PhoneText.Get("points_total", available));
        if (left)
        {
            lines.Add(PhoneText.Get("other_left"));
        }

        if (outcome is CheckInOutcome.Left)
        {
            lines.Add(PhoneText.Get("left_hint"));
        }

        var headline = outcome is CheckInOutcome.Left ? "result_left" : outcome is CheckInOutcome.AlreadyCheckedIn ? "result_already" : late ? "result_late" : "result_present";
        return new RazorComponentResult<MessagePage>(new
        {
            // Asked for again, /c shows the result; of somebody else's check-in it knows nothing.
            Frame = PhoneFrame.For(http, PhoneText.Get(headline), Codes.Of(outcome), other ? "/my" : "/c"),
            Model = new MessageModel(late ? "late" : "done", PhoneText.Get(headline), name, lines, OfferOther: !other, OfferPoints: !other) { UndoTicket = undo },
        });
    }
}
