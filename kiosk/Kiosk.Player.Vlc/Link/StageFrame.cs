using Kiosk.Player.Core.View;

namespace Kiosk.Player.Vlc.Link;

/// <summary>What the player tells its renderer, as far as this renderer needs it.</summary>
/// <param name="AgeMs">How long ago the view was made.</param>
/// <param name="Texts">The texts of the view's language; only when the language is new.</param>
internal sealed record StageFrame(StageView View, long AgeMs, QrPath? MeetingQr, QrPath? PairingQr, IReadOnlyDictionary<string, string>? Texts);

/// <summary>A QR code as an SVG path over a square of so many modules, quiet zone included.</summary>
internal sealed record QrPath(string Path, int Size);
