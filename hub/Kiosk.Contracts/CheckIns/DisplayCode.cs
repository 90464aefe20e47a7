using System.Buffers.Binary;
using System.Security.Cryptography;
using Kiosk.Contracts.Text;

namespace Kiosk.Contracts.CheckIns;

/// <summary>
/// The rotating code a display shows: upper-case Base32 of version(1) ‖ key id(1) ‖ display(4) ‖ meeting(4) ‖ step(4) ‖
/// HMAC-SHA256 cut to 80 bits, 24 bytes, 39 characters; the QR holds <c>{hub}/c/{code}</c>.
/// </summary>
public sealed record DisplayCode(byte KeyId, int Display, int Meeting, uint Step)
{
    public const byte Version = 1;

    /// <summary>Seconds a code is shown.</summary>
    public const int StepSeconds = 10;

    private const int PayloadBytes = 14;
    private const int MacBytes = 10;

    /// <summary>Characters of a code.</summary>
    public const int Length = 39;

    /// <summary>The step at an instant: ⌊hub time / 10 s⌋.</summary>
    public static uint StepAt(DateTimeOffset hubTime) => (uint)(hubTime.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>When a step starts.</summary>
    public static DateTimeOffset StartOf(uint step) => DateTimeOffset.FromUnixTimeSeconds((long)step * StepSeconds);

    /// <summary>
    /// Whether a code of this step is accepted when it arrives: from 2 s before its start to 20 s after it
    /// (its own 10 s and the next 10 s), plus <paramref name="grace"/> for slow links.
    /// </summary>
    public bool IsCurrent(DateTimeOffset arrival, TimeSpan grace)
    {
        var age = arrival - StartOf(Step);
        return age >= TimeSpan.FromSeconds(-2) && age < TimeSpan.FromSeconds(2 * StepSeconds) + grace;
    }

    /// <summary>Writes the code, authenticated with the meeting's key for this display.</summary>
    public string Encode(ReadOnlySpan<byte> secret)
    {
        Span<byte> bytes = stackalloc byte[PayloadBytes + MacBytes];
        WritePayload(bytes);
        Mac(secret, bytes[..PayloadBytes], bytes[PayloadBytes..]);
        return Base32.Encode(bytes);
    }

    /// <summary>Reads a code without trusting it; look the key up by what it says, then call <see cref="Verify"/>.</summary>
    public static bool TryRead(string? text, out DisplayCode code)
    {
        code = default!;
        if (text?.Length != Length || !Base32.TryDecode(text, out var bytes) || bytes[0] != Version)
        {
            return false;
        }

        code = new DisplayCode(
            bytes[1],
            BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(2)),
            BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(6)),
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(10)));
        return true;
    }

    /// <summary>True when <paramref name="text"/> is exactly this code under this key; compared in constant time.</summary>
    public bool Verify(string text, ReadOnlySpan<byte> secret) =>
        CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.ASCII.GetBytes(Encode(secret)), System.Text.Encoding.ASCII.GetBytes(text));

    private void WritePayload(Span<byte> bytes)
    {
        bytes[0] = Version;
        bytes[1] = KeyId;
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], Display);
        BinaryPrimitives.WriteInt32BigEndian(bytes[6..], Meeting);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[10..], Step);
    }

    private static void Mac(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> payload, Span<byte> mac)
    {
        Span<byte> full = stackalloc byte[32];
        HMACSHA256.HashData(secret, payload, full);
        full[..MacBytes].CopyTo(mac);
    }
}
