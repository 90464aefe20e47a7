namespace Kiosk.Player.Core.Storage;

/// <param name="NeededAt">When it was last named by a document or shown.</param>
internal sealed record StoredMedia(string Sha256, string ContentType, long Bytes, DateTimeOffset NeededAt);
