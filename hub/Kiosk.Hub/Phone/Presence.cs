using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Kiosk.Hub.Phone;

/// <summary>Proof that somebody stood before the display at an instant; made when the link of its code is opened.</summary>
/// <param name="Instant">Arrival of the request: what counts as the time of the check-in, however long signing in takes.</param>
internal sealed record Presence(Guid DisplayId, Guid MeetingId, uint Step, DateTimeOffset Instant, string Nonce)
{
    public static string NewNonce() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>
    /// Id of the record this presence makes for a member: the same however often the button is pressed, so that one scan counts once a member.
    /// </summary>
    public Guid RecordIdFor(Guid memberId)
    {
        Span<byte> bytes = stackalloc byte[16];
        SHA256.HashData([.. Convert.FromHexString(Nonce), .. memberId.ToByteArray()]).AsSpan(0, 16).CopyTo(bytes);
        var milliseconds = Instant.ToUnixTimeMilliseconds();
        for (var at = 0; at < 6; at++)
        {
            bytes[at] = (byte)(milliseconds >> (40 - 8 * at));
        }

        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>Carries a presence from the scan to the button in a protected cookie, so that the code itself leaves the address line.</summary>
internal sealed class PresenceCookie(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Name = "kiosk-presence";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly SealedText<Presence> _sealed = new(protection, "Kiosk.Phone.Presence.v1");

    public void Write(HttpContext http, Presence presence) =>
        http.Response.Cookies.Append(Name, _sealed.Write(presence), CheckInCookies.Options(http, Lifetime));

    /// <summary>Null when there is none, it was altered, or it is older than its lifetime.</summary>
    public Presence? Read(HttpContext http)
    {
        var presence = _sealed.Read(http.Request.Cookies[Name]);
        var age = presence is null ? TimeSpan.MaxValue : time.GetUtcNow() - presence.Instant;
        return age >= TimeSpan.Zero && age < Lifetime ? presence : null;
    }
}
