namespace Kiosk.Player.Vlc.Drawing;

/// <summary>The colours of the kiosk's screens (0xRRGGBB), as in css/tokens.css.</summary>
internal static class Tokens
{
    public const uint Red600 = 0xC8161D;
    public const uint Red800 = 0x8E1116;
    public const uint Gold = 0xD9A441;
    public const uint Ink = 0x1F1B16;
    public const uint Paper = 0xFBF7F0;
    public const uint Stone100 = 0xF0EBE2;
    public const uint Stone200 = 0xE2DACD;
    public const uint Stone300 = 0xCBC1B1;
    public const uint Stone400 = 0xA89D8C;
    public const uint Stone600 = 0x5A5247;
    public const uint Stone700 = 0x3A342C;
    public const uint Green = 0x1E7B4F;
    public const uint Green800 = 0x11492F;
    public const uint Amber300 = 0xF4C467;
    public const uint White = 0xFFFDF9;
}
