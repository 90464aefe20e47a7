using SkiaSharp;

namespace Kiosk.Player.Vlc.Drawing;

/// <summary>
/// The stage as it is drawn, which keeps the orientation the display is mounted in, whatever way the screen lies.
/// </summary>
/// <param name="Width">Of the stage, in pixels.</param>
/// <param name="Turned">The stage stands on its side: its top is at the screen's right edge.</param>
/// <param name="Elder">Larger letters.</param>
internal sealed record StageShape(int Width, int Height, bool Turned, bool Elder)
{
    public bool Portrait => Height > Width;

    /// <summary>1/40 of the height; on a tall stage the width decides, so that a line still holds a sentence.</summary>
    public float Unit => Math.Min(Height / 40f, Width / 40f * 1.2f);

    /// <summary>What is read grows in elder mode.</summary>
    public float Letters => Elder ? 1.4f : 1;

    public float SafeX => Width * 0.04f;

    public float SafeY => Height * 0.04f;

    public float TickerBand => MathF.Round(Math.Max(Height * 0.05f, Unit * 2.8f));

    public static StageShape Of(int screenWidth, int screenHeight, bool portrait, bool elder)
    {
        var turned = screenWidth != screenHeight && screenWidth > screenHeight == portrait;
        return turned ? new(screenHeight, screenWidth, true, elder) : new(screenWidth, screenHeight, false, elder);
    }

    /// <summary>Where a part of the stage is on the screen.</summary>
    public SKRectI OnScreen(SKRectI part) =>
        Turned ? new(Height - part.Bottom, part.Left, Height - part.Top, part.Right) : part;
}
