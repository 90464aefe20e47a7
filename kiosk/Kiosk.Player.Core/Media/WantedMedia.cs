namespace Kiosk.Player.Core.Media;

/// <summary>A file some document names.</summary>
/// <param name="NeededAt">When it is first needed; the far future when nobody can say.</param>
/// <param name="IsProtected">Never dropped to make room: needed within the horizon, of a notice, or default content.</param>
internal sealed record WantedMedia(string Sha256, string ContentType, long Bytes, DateTimeOffset NeededAt = default, bool IsProtected = true);
