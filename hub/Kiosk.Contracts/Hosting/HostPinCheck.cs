using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Hosting;

/// <summary>The arithmetic of the host PIN, the same on the hub that makes a check and on the kiosk that tries a PIN against it.</summary>
public static class HostPinCheck
{
    public const int SaltBytes = 16;

    /// <summary>Rounds of new PINs; a kiosk takes no check of fewer than <see cref="LeastRounds"/>.</summary>
    public const int Rounds = 310_000;

    public const int LeastRounds = 210_000;

    /// <summary>More than a kiosk should be made to work.</summary>
    public const int MostRounds = 5_000_000;

    private static readonly byte[] Purpose = "kiosk-host-pin-v1"u8.ToArray();

    /// <summary>32 bytes that stand for a PIN; kept by the hub alone.</summary>
    public static byte[] Derive(string pin, ReadOnlySpan<byte> salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(pin), salt, rounds, HashAlgorithmName.SHA256, 32);

    /// <summary>What a kiosk gets: bound to one card, so that it is worth nothing without it.</summary>
    public static byte[] Bind(ReadOnlySpan<byte> derived, Guid memberId, uint serial, DateTimeOffset issued)
    {
        Span<byte> about = stackalloc byte[17 + 16 + 4 + 4];
        Purpose.CopyTo(about);
        memberId.TryWriteBytes(about[17..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(about[33..], serial);
        BinaryPrimitives.WriteUInt32BigEndian(about[37..], (uint)issued.ToUnixTimeSeconds());
        return HMACSHA256.HashData(derived, about);
    }

    /// <summary>Whether this PIN is the host's, for the card that was shown. Takes a noticeable moment on purpose.</summary>
    public static bool Matches(RoomHost host, CheckInCard card, string pin)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(card);
        if (host.MemberId != card.MemberId || host.Rounds is < LeastRounds or > MostRounds)
        {
            return false;
        }

        Span<byte> salt = stackalloc byte[SaltBytes];
        Span<byte> check = stackalloc byte[32];
        return Convert.TryFromBase64String(host.Salt, salt, out var saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(host.Check, check, out var checkLength) && checkLength == 32
            && CryptographicOperations.FixedTimeEquals(Bind(Derive(pin, salt, host.Rounds), card.MemberId, card.Serial, card.Issued), check);
    }
}
