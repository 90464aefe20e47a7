using System.Text;

namespace Kiosk.Hub.Media;

/// <summary>Tells what a file is from its first bytes.</summary>
internal static class FileSignature
{
    /// <summary>How many bytes <see cref="Detect"/> wants to see.</summary>
    public const int HeadBytes = 4096;

    private static readonly byte[] Riff = "RIFF"u8.ToArray();
    private static readonly string[] HeifBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"];
    private static readonly string[] AudioBrands = ["M4A ", "M4B ", "M4P "];

    public static FileKind Detect(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return FileKind.Jpeg;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return FileKind.Png;
        }

        if (head.StartsWith("GIF8"u8))
        {
            return FileKind.Gif;
        }

        if (head.StartsWith(Riff) && head.Length >= 12)
        {
            return Encoding.ASCII.GetString(head[8..12]) switch
            {
                "WEBP" => FileKind.WebP,
                "AVI " => FileKind.Video,
                "WAVE" => FileKind.Audio,
                _ => FileKind.Unknown,
            };
        }

        return Iso(head) ?? Container(head) ?? Other(head) ?? Textual(head);
    }

    private static FileKind? Iso(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return null;
        }

        var box = Encoding.ASCII.GetString(head[4..8]);
        if (box != "ftyp")
        {
            return box is "moov" or "mdat" or "wide" or "pnot" ? FileKind.Video : null;
        }

        var brand = Encoding.ASCII.GetString(head[8..12]);
        return Array.IndexOf(HeifBrands, brand) >= 0 ? FileKind.Heif
            : Array.IndexOf(AudioBrands, brand) >= 0 ? FileKind.Audio
            : FileKind.Video;
    }

    private static FileKind? Container(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> ebml = [0x1A, 0x45, 0xDF, 0xA3];
        ReadOnlySpan<byte> asf = [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11];
        ReadOnlySpan<byte> programStream = [0x00, 0x00, 0x01, 0xBA];
        if (head.StartsWith(ebml) || head.StartsWith(asf) || head.StartsWith(programStream) || head.StartsWith("FLV\u0001"u8))
        {
            return FileKind.Video;
        }

        if (head.StartsWith("OggS"u8))
        {
            return head.IndexOf("theora"u8) >= 0 ? FileKind.Video : FileKind.Audio;
        }

        return IsTransportStream(head, 0, 188) || IsTransportStream(head, 4, 192) ? FileKind.Video : null;
    }

    private static bool IsTransportStream(ReadOnlySpan<byte> head, int offset, int packet)
    {
        if (head.Length < offset + (packet * 3) + 1)
        {
            return false;
        }

        for (var i = 0; i < 4; i++)
        {
            if (head[offset + (i * packet)] != 0x47)
            {
                return false;
            }
        }

        return true;
    }

    private static FileKind? Other(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF"u8))
        {
            return FileKind.Pdf;
        }

        if (head.StartsWith("MZ"u8) || head.StartsWith("\u007FELF"u8) || head.StartsWith("#!"u8)
            || head.StartsWith((ReadOnlySpan<byte>)[0xCF, 0xFA, 0xED, 0xFE]))
        {
            return FileKind.Executable;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
            || (head.StartsWith("PK\u0003\u0004"u8) && (head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("mimetypeapplication/vnd.oasis"u8) >= 0)))
        {
            return FileKind.Office;
        }

        if (head.StartsWith("PK"u8) || head.StartsWith("Rar!"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
            || head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]))
        {
            return FileKind.Archive;
        }

        return head.StartsWith("ID3"u8) || head.StartsWith("fLaC"u8) || (head.Length > 1 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2)
            ? FileKind.Audio
            : null;
    }

    private static FileKind Textual(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head.IndexOf((byte)0) >= 0)
        {
            return FileKind.Unknown;
        }

        var text = Encoding.UTF8.GetString(head);
        return text.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? FileKind.Svg
            : text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
                || text.Contains("<script", StringComparison.OrdinalIgnoreCase) ? FileKind.Html
            : text.Count(c => c == '\uFFFD') <= 2 ? FileKind.Text
            : FileKind.Unknown;
    }
}
