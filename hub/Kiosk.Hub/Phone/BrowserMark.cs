using System.Security.Cryptography;

namespace Kiosk.Hub.Phone;

/// <summary>
/// A random mark in the browser that scanned, so that the host can be told of one phone that checks many in. The hub keeps only a hash of it,
/// another one for every meeting.
/// </summary>
internal static class BrowserMark
{
    public const string CookieName = "kiosk-browser";

    private const int Bytes = 16;

    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(180);

    /// <summary>Gives the browser a mark when it has none.</summary>
    public static void Ensure(HttpContext http)
    {
        if (Read(http) is null)
        {
            http.Response.Cookies.Append(CookieName, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)), new CookieOptions
            {
                Path = "/c",
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                MaxAge = _lifetime,
                IsEssential = true,
            });
        }
    }

    public static string? Read(HttpContext http) =>
        http.Request.Cookies.TryGetValue(CookieName, out var mark) && mark.Length == 2 * Bytes && mark.All(char.IsAsciiHexDigitLower) ? mark : null;
}
