using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Hub.CheckIns;

/// <summary>Ids of records that follow from what caused them, so that doing it again makes no second record.</summary>
internal static class DerivedId
{
    /// <summary>A UUIDv8 of these words.</summary>
    public static Guid Of(params ReadOnlySpan<string> words)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words)), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
