using Microsoft.AspNetCore.DataProtection;

namespace Kiosk.Hub.Phone;

/// <summary>Whose second proof this browser shows: set by the check-in itself, so that it works without a sign-in, and for a few minutes only.</summary>
internal sealed class ProofCookie(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Name = "kiosk-proof";

    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(15);

    private readonly SealedText<Subject> _sealed = new(protection, "Kiosk.Phone.Proof.v1");

    internal sealed record Subject(Guid MeetingId, Guid MemberId, DateTimeOffset Until);

    public void Write(HttpContext http, Guid meetingId, Guid memberId) => http.Response.Cookies.Append(
        Name, _sealed.Write(new Subject(meetingId, memberId, time.GetUtcNow() + _lifetime)), CheckInCookies.Options(http, _lifetime));

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, CheckInCookies.Options(http, null));

    public Subject? Read(HttpContext http) => _sealed.Read(http.Request.Cookies[Name]) is { } subject && time.GetUtcNow() < subject.Until ? subject : null;
}
