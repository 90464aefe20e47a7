using System.Buffers.Binary;

namespace Kiosk.Hub.Media;

/// <summary>Walks the top-level boxes of an MP4 or QuickTime file: a cut one claims more bytes than there are, or lacks its index.</summary>
internal static class IsoBoxes
{
    private const int MaxBoxes = 100_000;

    /// <summary>Whether the file is an MP4 or QuickTime file whose end is missing. Other kinds: false.</summary>
    public static bool IsTruncated(Stream file)
    {
        file.Position = 0;
        Span<byte> header = stackalloc byte[16];
        var (position, index, data) = (0L, false, false);
        for (var box = 0; box < MaxBoxes && position < file.Length; box++)
        {
            file.Position = position;
            if (file.ReadAtLeast(header[..8], 8, throwOnEndOfStream: false) < 8)
            {
                return data && !index;
            }

            var type = System.Text.Encoding.ASCII.GetString(header[4..8]);
            if (box == 0 && type is not ("ftyp" or "moov" or "mdat" or "wide" or "free" or "skip" or "pnot"))
            {
                return false;
            }

            index |= type is "moov" or "moof";
            data |= type == "mdat";
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size == 1)
            {
                if (file.ReadAtLeast(header[8..], 8, throwOnEndOfStream: false) < 8)
                {
                    return true;
                }

                size = BinaryPrimitives.ReadInt64BigEndian(header[8..]);
            }

            if (size == 0)
            {
                return !index;
            }

            if (size < 8)
            {
                return false;
            }

            if (size > file.Length - position)
            {
                return type is "moov" or "mdat" or "moof" or "ftyp";
            }

            position += size;
        }

        return !index;
    }
}
