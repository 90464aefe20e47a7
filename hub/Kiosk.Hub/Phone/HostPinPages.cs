using Kiosk.Hub.Data;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <param name="Refusal">Why it was not taken, in a sentence.</param>
public sealed record HostPinModel(string Name, bool Has, string? Refusal);

/// <summary>GET and POST /my/host-pin: a host sets the host PIN (主持密码). Asks for the phone's own PIN again, because a phone may be lent.</summary>
internal static class HostPinPages
{
    public const string Path = "/my/host-pin";

    public static async Task<IResult> ShowAsync(HttpContext http, HubDbContext db, MemberSessions sessions, CancellationToken cancellationToken) =>
        await sessions.FindAsync(http, db, cancellationToken) is not { } memberId ? PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, Path)
        : await HostRights.AnywhereAsync(db, memberId, cancellationToken) ? await PageAsync(http, db, memberId, null, cancellationToken)
        : PhonePages.Refused(http, "host_none", StatusCodes.Status403Forbidden, HostingText.Get("host_none"), nav: "");

    public static async Task<IResult> SubmitAsync(
        HttpContext http, HubDbContext db, MemberSessions sessions, PinSignIn signIn, PhoneLimits limits, HostPin pins, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is not { } form)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), Path);
        }

        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status401Unauthorized, Path);
        }

        if (!await HostRights.AnywhereAsync(db, memberId, cancellationToken))
        {
            return PhonePages.Refused(http, "host_none", StatusCodes.Status403Forbidden, HostingText.Get("host_none"), nav: "");
        }

        var (chosen, again) = (TypedText.Plain(form["pin"]), TypedText.Plain(form["again"]));
        if (chosen != again || chosen == TypedText.Plain(form["phone"]))
        {
            return await PageAsync(http, db, memberId, chosen != again ? "pin_differs" : "pin_same", cancellationToken);
        }

        if (!limits.AllowsPin(http))
        {
            return PhonePages.Refused(http, "rate_limited", StatusCodes.Status429TooManyRequests);
        }

        var number = await db.Set<Member>().Where(member => member.Id == memberId).Select(member => member.Number).SingleAsync(cancellationToken);
        var (outcome, _) = await signIn.CheckAsync(number, form["phone"], cancellationToken);
        if (outcome is not PinOutcome.Right)
        {
            limits.CountWrongPin(http);
            return await PageAsync(http, db, memberId, outcome is PinOutcome.Locked ? "phone_pin_locked" : "phone_pin_wrong", cancellationToken);
        }

        var set = await pins.SetAsync(memberId, chosen, cancellationToken);
        return set.IsOk
            ? new RazorComponentResult<MessagePage>(new
            {
                Frame = PhoneFrame.For(http, HostingText.Get("host_pin"), "host_pin_set", Path),
                Model = new MessageModel("done", HostingText.Get("host_pin_set"), null, [HostingText.Get("host_pin_use")], OfferOther: false, OfferPoints: true),
            })
            : await PageAsync(http, db, memberId, set.Error.Code, cancellationToken);
    }

    private static async Task<IResult> PageAsync(HttpContext http, HubDbContext db, Guid memberId, string? refusal, CancellationToken cancellationToken)
    {
        var name = await db.Set<Member>().Where(member => member.Id == memberId).Select(member => member.Name).SingleAsync(cancellationToken);
        var has = await db.Set<HostRight>().AnyAsync(right => right.MemberId == memberId && right.PinSealed != null, cancellationToken);
        return new RazorComponentResult<HostPinPage>(new
        {
            Frame = PhoneFrame.For(http, HostingText.Get("host_pin"), refusal ?? "host_pin", Path),
            Model = new HostPinModel(name, has, refusal is null ? null : HostingText.Get(refusal)),
        })
        {
            StatusCode = refusal is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
