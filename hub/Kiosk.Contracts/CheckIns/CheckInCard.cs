using System.Buffers.Binary;
using System.Security.Cryptography;
using Kiosk.Contracts.Text;

namespace Kiosk.Contracts.CheckIns;

/// <summary>
/// A member's check-in card (签到卡): version(1) ‖ issuer(4) ‖ key id(1) ‖ member(16) ‖ serial(4) ‖ issued(4, Unix seconds) ‖
/// ECDSA P-256 over those 30 bytes (P1363, 64 bytes), upper-case Base32, 151 characters (QR version 6-M).
/// Verified without a network. Replay and revocation go by <see cref="Serial"/>, never by signature bytes.
/// </summary>
public sealed record CheckInCard(uint Issuer, byte KeyId, Guid MemberId, uint Serial, DateTimeOffset Issued)
{
    public const byte Version = 1;

    private const int PayloadBytes = 30;
    private const int SignatureBytes = 64;

    /// <summary>Characters of a card's text.</summary>
    public const int Length = 151;

    /// <summary>Signs and writes the card.</summary>
    public string Encode(ECDsa privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        var bytes = new byte[PayloadBytes + SignatureBytes];
        WritePayload(bytes);
        privateKey.SignData(bytes.AsSpan(0, PayloadBytes), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            .CopyTo(bytes, PayloadBytes);
        return Base32.Encode(bytes);
    }

    /// <summary>Reads a card without trusting it; non-canonical spellings are refused. Then call <see cref="Verify"/> with the issuer's key.</summary>
    public static bool TryRead(string? text, out CheckInCard card)
    {
        card = default!;
        if (text?.Length != Length || !Base32.TryDecode(text, out var bytes) || bytes[0] != Version)
        {
            return false;
        }

        card = new CheckInCard(
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1)),
            bytes[5],
            new Guid(bytes.AsSpan(6, 16), bigEndian: true),
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(22)),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(26))));
        return true;
    }

    /// <summary>True when the text carries this card's payload and a signature of the key.</summary>
    public bool Verify(string text, ECDsa publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        Span<byte> payload = stackalloc byte[PayloadBytes];
        WritePayload(payload);
        return Base32.TryDecode(text, out var bytes)
            && bytes.Length == PayloadBytes + SignatureBytes
            && payload.SequenceEqual(bytes.AsSpan(0, PayloadBytes))
            && publicKey.VerifyData(payload, bytes.AsSpan(PayloadBytes), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private void WritePayload(Span<byte> bytes)
    {
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], Issuer);
        bytes[5] = KeyId;
        MemberId.TryWriteBytes(bytes.Slice(6, 16), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[22..], Serial);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[26..], (uint)Issued.ToUnixTimeSeconds());
    }
}
