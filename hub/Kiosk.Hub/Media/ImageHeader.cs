using System.Buffers.Binary;

namespace Kiosk.Hub.Media;

/// <summary>
/// What an image says of itself, read without decoding a pixel, so that a picture that would unfold to gigabytes is refused unopened.
/// </summary>
/// <param name="Width">As stored, before <paramref name="Orientation"/> is applied.</param>
/// <param name="Orientation">EXIF orientation, 1–8.</param>
internal sealed record ImageHeader(int Width, int Height, int Orientation, bool Animated)
{
    private const int MaxSegments = 512;

    /// <summary>The header, or null when it is incomplete or makes no sense.</summary>
    public static ImageHeader? Read(Stream file, FileKind kind)
    {
        try
        {
            var header = kind switch
            {
                FileKind.Jpeg => ReadJpeg(file),
                FileKind.Png => ReadPng(file),
                FileKind.WebP => ReadWebP(file),
                _ => null,
            };
            return header is { Width: > 0, Height: > 0 } ? header : null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private static ImageHeader? ReadJpeg(Stream file)
    {
        file.Position = 2;
        var orientation = 1;
        for (var segment = 0; segment < MaxSegments; segment++)
        {
            var marker = NextMarker(file);
            if (marker is 0xD9 or 0xDA)
            {
                return null;
            }

            var length = ReadUInt16(file) - 2;
            if (length < 0)
            {
                return null;
            }

            var next = file.Position + length;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var frame = ReadBytes(file, 5);
                return new(BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(3)), BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(1)), orientation, false);
            }

            if (marker == 0xE1 && length > 14)
            {
                orientation = ExifOrientation.Read(ReadBytes(file, length)) ?? orientation;
            }

            file.Position = next;
        }

        return null;
    }

    private static int NextMarker(Stream file)
    {
        var value = ReadByte(file);
        while (value != 0xFF)
        {
            value = ReadByte(file);
        }

        while (value == 0xFF)
        {
            value = ReadByte(file);
        }

        return value;
    }

    private static ImageHeader? ReadPng(Stream file)
    {
        file.Position = 8;
        var (width, height, orientation, animated) = (0, 0, 1, false);
        for (var chunk = 0; chunk < MaxSegments; chunk++)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(file, 4));
            var type = System.Text.Encoding.ASCII.GetString(ReadBytes(file, 4));
            var next = file.Position + length + 4;
            switch (type)
            {
                case "IHDR" when length >= 13:
                    var header = ReadBytes(file, 8);
                    width = BinaryPrimitives.ReadInt32BigEndian(header);
                    height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
                    break;
                case "acTL":
                    animated = true;
                    break;
                case "eXIf" when length is > 8 and < 65_536:
                    orientation = ExifOrientation.Read(ReadBytes(file, (int)length)) ?? 1;
                    break;
                case "IDAT" or "IEND":
                    return new(width, height, orientation, animated);
            }

            file.Position = next;
        }

        return null;
    }

    private static ImageHeader? ReadWebP(Stream file)
    {
        file.Position = 4;
        var declared = BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(file, 4));
        if (declared + 8L > file.Length)
        {
            return null;
        }

        file.Position = 12;
        var first = System.Text.Encoding.ASCII.GetString(ReadBytes(file, 4));
        ReadBytes(file, 4);
        switch (first)
        {
            case "VP8 ":
                var lossy = ReadBytes(file, 10);
                return new(BinaryPrimitives.ReadUInt16LittleEndian(lossy.AsSpan(6)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(lossy.AsSpan(8)) & 0x3FFF, 1, false);
            case "VP8L":
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(file, 5).AsSpan(1));
                return new((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1, 1, false);
            case "VP8X":
                var extended = ReadBytes(file, 10);
                var width = 1 + extended[4] + (extended[5] << 8) + (extended[6] << 16);
                var height = 1 + extended[7] + (extended[8] << 8) + (extended[9] << 16);
                return new(width, height, WebPOrientation(file), (extended[0] & 0x02) != 0);
            default:
                return null;
        }
    }

    private static int WebPOrientation(Stream file)
    {
        for (var chunk = 0; chunk < MaxSegments && file.Position + 8 <= file.Length; chunk++)
        {
            var type = System.Text.Encoding.ASCII.GetString(ReadBytes(file, 4));
            var length = BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(file, 4));
            var next = file.Position + length + (length & 1);
            if (type == "EXIF" && length is > 8 and < 65_536)
            {
                return ExifOrientation.Read(ReadBytes(file, (int)length)) ?? 1;
            }

            file.Position = next;
        }

        return 1;
    }

    private static int ReadByte(Stream file)
    {
        var value = file.ReadByte();
        return value >= 0 ? value : throw new EndOfStreamException();
    }

    private static int ReadUInt16(Stream file) => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(file, 2));

    private static byte[] ReadBytes(Stream file, int count)
    {
        var bytes = new byte[count];
        file.ReadExactly(bytes);
        return bytes;
    }
}
