using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Hub.Auth;

/// <summary>Time-based one-time passwords: RFC 6238 with SHA-1, which is what every authenticator app speaks.</summary>
internal static class Totp
{
    public const int Digits = 6;

    public const int SecretBytes = 20;

    /// <summary>Steps a phone's clock may be off, either way.</summary>
    public const int Drift = 1;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Period.TotalSeconds;

    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238's HMAC-SHA-1 is what authenticator apps compute; nothing rests on SHA-1's collision resistance here.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % (uint)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is, or null; only steps later than the last one used count.</summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastUsed)
    {
        long? found = null;
        var typed = Encoding.ASCII.GetBytes(code);
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(Code(secret, step))) && step > lastUsed)
            {
                found ??= step;
            }
        }

        return found;
    }

    /// <summary>What the QR says to an authenticator app.</summary>
    public static string Uri(string secret, string issuer, string userName) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(userName)}?secret={secret}&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={(int)Period.TotalSeconds}";
}
