using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Kiosk.Hub.Phone;

/// <summary>Whose second proof this browser shows: set by the check-in itself, so that it works without a sign-in, and for a few minutes only.</summary>
internal sealed class ProofCookie(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Name = "kiosk-proof";

    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("Kiosk.Phone.Proof.v1");

    internal sealed record Subject(Guid MeetingId, Guid MemberId, DateTimeOffset Until);

    public void Write(HttpContext http, Guid meetingId, Guid memberId) => http.Response.Cookies.Append(
        Name, _protector.Protect(JsonSerializer.Serialize(new Subject(meetingId, memberId, time.GetUtcNow() + _lifetime))), Options(http, _lifetime));

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, null));

    public Subject? Read(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(Name, out var text) || text.Length > 4000)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Subject>(_protector.Unprotect(text)) is { } subject && time.GetUtcNow() < subject.Until ? subject : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http, TimeSpan? lifetime) => new()
    {
        Path = "/c",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
