using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Kiosk.Hub.Phone;

/// <summary>Something a phone keeps for the hub, in a cookie or a field of a page: it can neither be read nor altered there.</summary>
internal sealed class SealedText<T>(IDataProtectionProvider protection, string purpose)
    where T : class
{
    private const int Longest = 4000;

    private readonly IDataProtector _protector = protection.CreateProtector(purpose);

    public string Write(T value) => _protector.Protect(JsonSerializer.Serialize(value));

    /// <summary>Null when there is none or it was altered.</summary>
    public T? Read(string? text)
    {
        try
        {
            return text is { Length: > 0 and <= Longest } ? JsonSerializer.Deserialize<T>(_protector.Unprotect(text)) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>Cookies of the check-in: for its pages only, and never for scripts.</summary>
internal static class CheckInCookies
{
    /// <param name="lifetime">Null takes the cookie away.</param>
    public static CookieOptions Options(HttpContext http, TimeSpan? lifetime) => new()
    {
        Path = "/c",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
