using System.Globalization;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Guests;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Printing;

/// <summary>GET /print/meetings/{id}/guests/{guestId}/receipt: what a visitor's own branch wants to see.</summary>
internal static class PrintReceipt
{
    public static async Task<IResult> HandleAsync(
        Guid id, Guid guestId, OperatorAccess access, HubDbContext db, PersonalData personal, HttpResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var guest = await db.Set<MeetingGuest>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == guestId && row.MeetingId == id, cancellationToken);
        var refused = guest switch
        {
            null => new Shared.NotFound("guest_unknown", CheckInsText.Get("guest_unknown")),
            { RemovedAt: not null } => new Shared.Conflict("guest_removed", CheckInsText.Get("guest_removed")),
            { ReceiptSequence: null } => new Shared.Conflict("no_receipt", CheckInsText.Get("no_receipt")),
            _ => (Error?)null,
        };
        if (refused is not null)
        {
            return Problems.From(refused);
        }

        var meeting = await MeetingViews.Rows(db, db.Set<Meeting>().AsNoTracking().Where(row => row.Id == id)).SingleAsync(cancellationToken);
        var summary = MeetingViews.Summary(meeting);
        response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<ReceiptPage>(new
        {
            Receipt = new PrintedReceipt(
                MeetingGuest.ReceiptNumber(guest!.ReceiptYear, guest.ReceiptSequence)!, personal.Decrypt(guest.Name, guest.Id), guest.Branch!, PrintText.Get("kind_" + guest.PersonKind),
                summary.Title, summary.TypeName, summary.OrgUnitName, PrintText.Get("receipt_when", MeetingTimes.Local(summary.Start, summary.TimeZone)), summary.RoomName,
                PrintText.Get("receipt_date", MeetingTimes.Local(time.GetUtcNow(), summary.TimeZone))),
        });
    }
}
