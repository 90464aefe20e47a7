using SkiaSharp;

namespace Kiosk.Player.Vlc.Drawing;

/// <param name="Size">In pixels.</param>
/// <param name="Line">Height of a line as a multiple of the size.</param>
/// <param name="Align">Where a line stands in its width.</param>
/// <param name="Western">Quotation marks as narrow as Latin letters; the Chinese ones are a whole square wide.</param>
/// <param name="Balanced">Lines of about the same length, for headings.</param>
internal sealed record TextStyle(float Size, uint Color, bool Bold = false, float Line = 1.5f, SKTextAlign Align = SKTextAlign.Left, bool Balanced = false, byte Alpha = 255, bool Western = false)
{
    public SKColor Paint => new SKColor(0xFF000000 | Color).WithAlpha(Alpha);

    public float LineHeight => Size * Line;
}
