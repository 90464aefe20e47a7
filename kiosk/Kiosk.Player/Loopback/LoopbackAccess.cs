using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Kiosk.Player.Loopback;

/// <summary>
/// Who may talk to the loopback pages: only a renderer that was handed a one-time key and keeps the cookie it got for it. Pages know neither. A browser
/// can be handed it on its command line only, which other programs of the machine may read; by then it has mostly been used.
/// </summary>
internal sealed class LoopbackAccess
{
    public const string CookieName = "kiosk_stage";
    public const string EnterPath = "/enter";

    private readonly ConcurrentDictionary<string, byte> keys = new(StringComparer.Ordinal);
    private readonly byte[] cookie = Encoding.ASCII.GetBytes(Random());

    /// <summary>A key that opens the pages once.</summary>
    public string IssueKey()
    {
        var key = Random();
        keys[key] = 0;
        return key;
    }

    /// <summary>The cookie for a key, once; null for any other key.</summary>
    public string? Exchange(string? key) => key is not null && keys.TryRemove(key, out _) ? Encoding.ASCII.GetString(cookie) : null;

    public bool IsAdmitted(string? presented) =>
        presented is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), cookie);

    /// <summary>True when Host names this server itself and Origin, where a browser sends it, the same.</summary>
    public static bool IsOwnAddress(string host, string? origin, int port, bool originRequired)
    {
        var own = host == $"127.0.0.1:{port}" || host == $"{LoopbackDoor.Name}:{port}";
        return own && (origin is null ? !originRequired : origin == "http://" + host);
    }

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
}
