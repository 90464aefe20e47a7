using System.Buffers.Binary;

namespace Kiosk.Hub.Media;

/// <summary>Reads the orientation tag (0x0112) of an EXIF block.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;

    /// <summary>1–8, or null when the block does not say.</summary>
    /// <param name="block">With or without the leading "Exif\0\0".</param>
    public static int? Read(ReadOnlySpan<byte> block)
    {
        var tiff = block.StartsWith("Exif\0\0"u8) ? block[6..] : block;
        if (tiff.Length < 10)
        {
            return null;
        }

        var little = tiff.StartsWith("II"u8);
        if (!little && !tiff.StartsWith("MM"u8))
        {
            return null;
        }

        var offset = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (offset + 2L > tiff.Length)
        {
            return null;
        }

        var directory = tiff[(int)offset..];
        var entries = UInt16(directory, little);
        for (var i = 0; i < entries && 2 + (i * 12) + 12 <= directory.Length; i++)
        {
            var entry = directory.Slice(2 + (i * 12), 12);
            if (UInt16(entry, little) == Tag)
            {
                var value = UInt16(entry[8..], little);
                return value is >= 1 and <= 8 ? value : null;
            }
        }

        return null;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
