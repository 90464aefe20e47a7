using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET and POST /enrol/{token}: the member opens the branch's link and chooses a PIN; the browser is signed in from then on.</summary>
internal static class EnrolPages
{
    private sealed record Open(Guid EnrolmentId, Guid MemberId, string Name, string Number);

    public static async Task<IResult> ShowAsync(string token, HttpContext http, HubDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        await FindAsync(db, token, time.GetUtcNow(), cancellationToken) is { } open
            ? Page(http, token, open, null, StatusCodes.Status200OK)
            : Invalid(http);

    public static async Task<IResult> SubmitAsync(
        string token, HttpContext http, HubDbContext db, HubWriter writer, Pin pin, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await FindAsync(db, token, now, cancellationToken) is not { } open)
        {
            return Invalid(http);
        }

        if (await PhonePages.FormAsync(http) is not { } form)
        {
            return Page(http, token, open, "form_expired", StatusCodes.Status400BadRequest);
        }

        var chosen = TypedText.Plain(form["pin"]);
        var refusal = !Pin.IsWellFormed(chosen) ? "pin_form"
            : Pin.IsTrivial(chosen) ? "pin_trivial"
            : chosen != TypedText.Plain(form["again"]) ? "pins_differ"
            : null;
        if (refusal is not null)
        {
            return Page(http, token, open, refusal, StatusCodes.Status400BadRequest);
        }

        var hash = pin.Hash(chosen);
        var session = await writer.WriteAsync<string>((database, cancellation) => EnrolAsync(database, open, hash, now, cancellation), cancellationToken);
        if (!session.IsOk)
        {
            return Invalid(http);
        }

        MemberSessions.Remember(http, session.Value);
        return new RazorComponentResult<MessagePage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("enrol_done"), "enrolled", "/my"),
            Model = new MessageModel("done", PhoneText.Get("enrol_done"), open.Name, [PhoneText.Get("enrol_done_hint")], OfferOther: false, OfferPoints: true),
        });
    }

    private static async Task<Result<string>> EnrolAsync(HubDbContext db, Open open, byte[] pinHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = await db.Set<Enrolment>().Where(enrolment => enrolment.Id == open.EnrolmentId && enrolment.UsedAt == null && enrolment.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(enrolment => enrolment.UsedAt, now), cancellationToken);
        if (used == 0)
        {
            return SharedErrors.NotFound();
        }

        var member = await db.Set<Member>().SingleAsync(candidate => candidate.Id == open.MemberId, cancellationToken);
        (member.PinHash, member.PinFailures, member.PinLockedUntil) = (pinHash, 0, null);
        return MemberSessions.Add(db, open.MemberId, now);
    }

    private static async Task<Open?> FindAsync(HubDbContext db, string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = Tokens.Hash(token);
        return await (
            from enrolment in db.Set<Enrolment>()
            join member in db.Set<Member>() on enrolment.MemberId equals member.Id
            where enrolment.TokenSha256 == hash && enrolment.UsedAt == null && enrolment.ExpiresAt > now
            select new Open(enrolment.Id, member.Id, member.Name, member.Number)).SingleOrDefaultAsync(cancellationToken);
    }

    private static IResult Invalid(HttpContext http) => PhonePages.Refused(http, "link_invalid", StatusCodes.Status410Gone, PhoneText.Get("link_invalid"));

    private static RazorComponentResult<EnrolPage> Page(HttpContext http, string token, Open open, string? refusal, int status) =>
        new(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("enrol_title"), refusal ?? "enrol", $"/enrol/{token}"),
            Model = new EnrolModel(token, open.Name, open.Number, refusal is null ? null : PhoneText.Get(refusal)),
        })
        {
            StatusCode = status,
        };
}
