using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Printing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>
/// GET /my/card: the member's check-in card on the phone, to hold to the kiosk's camera. It is the printed card's serial signed anew, so revoking one
/// revokes both. The code is in the page itself: once open it needs no network, and its picture can be kept.
/// </summary>
internal static class CardPages
{
    public const string Path = "/my/card";

    public static async Task<IResult> ShowAsync(
        HttpContext http, HubDbContext db, MemberSessions sessions, CardIssuers issuers, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, Path);
        }

        var member = await (
            from person in db.Set<Member>()
            join unit in db.Set<OrgUnit>() on person.OrgUnitId equals unit.Id
            where person.Id == memberId
            select new { person.Name, person.Number, Branch = unit.Name }).SingleAsync(cancellationToken);
        var cards = await db.Set<MemberCard>().AsNoTracking().Where(card => card.MemberId == memberId)
            .OrderByDescending(card => card.RevokedAt == null).ThenByDescending(card => card.IssuedAt).Take(1).ToListAsync(cancellationToken);
        if (cards is not [{ RevokedAt: null } valid])
        {
            var refusal = cards.Count == 0 ? "card_none" : "card_revoked";
            return PhonePages.Refused(http, refusal, StatusCodes.Status404NotFound, PhoneText.Get(refusal), Path, nav: "card");
        }

        // Stored, but asked for again whenever there is a network: a revoked card is gone with the next look.
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Cookie";
        return new RazorComponentResult<CardPage>(new
        {
            Frame = PhoneFrame.Plain(PhoneText.Get("my_card"), "my_card", Path, http) with { Nav = "card" },
            Model = new CardModel(member.Name, member.Number, member.Branch, Qr.Png(issuers.Of(valid.OrgRootId).Sign(memberId, valid.Serial, valid.IssuedAt)))
            {
                OfferHostPin = await Hosting.HostRights.AnywhereAsync(db, memberId, cancellationToken),
            },
        });
    }
}
