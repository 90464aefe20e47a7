namespace Kiosk.Hub.Media;

/// <summary>What a file is by its first bytes; names and declared types are never believed.</summary>
internal enum FileKind
{
    Unknown,
    Jpeg,
    Png,
    WebP,
    Gif,
    Heif,
    Video,
    Audio,
    Svg,
    Html,
    Pdf,
    Archive,
    Office,
    Executable,
    Text,
}
