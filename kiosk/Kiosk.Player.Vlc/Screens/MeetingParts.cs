using Kiosk.Player.Vlc.Drawing;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>The parts of a meeting's screen that change every second and are drawn apart.</summary>
/// <param name="Words">The countdown is two words' worth of text once the time has come.</param>
internal sealed record MeetingParts(SKRect? Countdown, TextStyle? CountdownStyle, TextStyle? Words, SKRect? Qr);
