using System.Globalization;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Hub.CheckIns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiosk.Hub.Phone;

/// <summary>What a phone may take back: it carries the record it was shown in a protected field of that very page, so no other phone can.</summary>
internal sealed class UndoTickets(IDataProtectionProvider protection)
{
    private readonly SealedText<Ticket> _sealed = new(protection, "Kiosk.Phone.Undo.v1");

    internal sealed record Ticket(Guid RecordId, Guid MeetingId, Guid MemberId, Guid DisplayId);

    public string Write(Guid recordId, Presence presence, Guid memberId) =>
        _sealed.Write(new Ticket(recordId, presence.MeetingId, memberId, presence.DisplayId));

    public Ticket? Read(string? text) => _sealed.Read(text);
}

/// <summary>POST /c/undo: takes the check-in just made back, within a quarter of an hour.</summary>
internal static class UndoPages
{
    public static async Task<IResult> SubmitAsync(HttpContext http, UndoTickets tickets, CheckInQueue queue, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is not { } form)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"));
        }

        if (tickets.Read(form["ticket"]) is not { } ticket)
        {
            return PhonePages.Refused(http, "undo_nothing", StatusCodes.Status410Gone, PhoneText.Get("undo_nothing"));
        }

        var now = time.GetUtcNow();
        // One undo of one record, however often the button is pressed.
        var id = DerivedId.Of("undo", ticket.RecordId.ToString("N", CultureInfo.InvariantCulture));
        var evidence = new CheckInEvidence(id, ticket.MeetingId, ticket.MemberId, CheckInMethod.Phone, ticket.DisplayId, now, now, ClockState.Synced)
        {
            Kind = CheckInKind.Undo, Undoes = ticket.RecordId,
        };
        return (await queue.SubmitAsync(evidence, cancellationToken)).Result.Outcome switch
        {
            CheckInOutcome.TakenBack => new RazorComponentResult<MessagePage>(new
            {
                Frame = PhoneFrame.For(http, PhoneText.Get("undo"), "taken_back", "/my"),
                Model = new MessageModel("done", PhoneText.Get("undo_done"), null, [PhoneText.Get("undo_done_hint")], OfferOther: false, OfferPoints: false)
                {
                    // A phone that was lent keeps nothing of its holder's own pages.
                    OfferMeetings = http.Request.Cookies.ContainsKey(MemberSessions.CookieName),
                },
            }),
            CheckInOutcome.AlreadyCheckedIn => PhonePages.Refused(http, "already_checked_in", StatusCodes.Status409Conflict, PhoneText.Get("undo_elsewhere")),
            CheckInOutcome.TooLate => PhonePages.Refused(http, "too_late", StatusCodes.Status410Gone, PhoneText.Get("undo_too_late")),
            _ => PhonePages.Refused(http, "undo_nothing", StatusCodes.Status409Conflict, PhoneText.Get("undo_nothing")),
        };
    }
}
