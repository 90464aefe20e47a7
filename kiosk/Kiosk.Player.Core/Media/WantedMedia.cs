namespace Kiosk.Player.Core.Media;

/// <summary>A file some document names.</summary>
internal sealed record WantedMedia(string Sha256, string ContentType, long Bytes);
