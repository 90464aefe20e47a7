using Kiosk.Player.Vlc.Link;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Drawing;

/// <summary>A screen or a part of it while it is drawn. Sizes are given in the unit of the stage (1/40 of its height).</summary>
internal sealed class Page(SKCanvas canvas, StageShape shape, bool chinese)
{
    public SKCanvas Canvas { get; } = canvas;

    public StageShape Shape { get; } = shape;

    public float U => Shape.Unit;

    private float Line => chinese ? 1.5f : 1.35f;

    public TextStyle Caption(uint color = Tokens.Stone600) => Style(1.05f * Shape.Letters, color);

    public TextStyle Body(uint color = Tokens.Ink, bool bold = false) => Style(1.3f * Shape.Letters, color, bold);

    public TextStyle Notice(uint color = Tokens.Ink, bool bold = false) => Style(1.6f * Shape.Letters, color, bold);

    public TextStyle Subtitle(uint color = Tokens.Ink, bool bold = false) => Style(1.9f * Shape.Letters, color, bold);

    public TextStyle Heading(float units, uint color = Tokens.Ink) => Style(units, color, bold: true) with { Line = 1.25f, Balanced = true };

    public TextStyle Style(float units, uint color = Tokens.Ink, bool bold = false) => new(units * U, color, bold, Line, Western: !chinese);

    /// <summary>Draws a text and says where it ends.</summary>
    public float Text(string text, TextStyle style, float x, float y, float width, int maxLines = int.MaxValue)
    {
        var block = TextBlock.Of(text, style, width, maxLines);
        block.Draw(Canvas, x, y, width);
        return y + block.Height;
    }

    public static float Height(string text, TextStyle style, float width, int maxLines = int.MaxValue) => TextBlock.Of(text, style, width, maxLines).Height;

    public void Fill(SKRect area, uint color, float radius = 0, byte alpha = 255)
    {
        using var paint = new SKPaint { Color = new SKColor(0xFF000000 | color).WithAlpha(alpha), IsAntialias = true };
        Canvas.DrawRoundRect(area, radius, radius, paint);
    }

    public void Outline(SKRect area, uint color, float width, float radius)
    {
        using var paint = new SKPaint { Color = new SKColor(0xFF000000 | color), IsAntialias = true, IsStroke = true, StrokeWidth = width };
        Canvas.DrawRoundRect(area, radius, radius, paint);
    }

    public void Rule(float x, float y, float width, float thickness, uint color, byte alpha = 255) => Fill(SKRect.Create(x, y, width, thickness), color, 0, alpha);

    /// <summary>A drawing of SVG path data, scaled from a square of so many units.</summary>
    public void Icon(string path, float box, SKRect area, uint color, float stroke)
    {
        using var shape = SKPath.ParseSvgPathData(path);
        using var paint = new SKPaint
        {
            Color = new SKColor(0xFF000000 | color), IsAntialias = true, IsStroke = stroke > 0, StrokeWidth = stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round,
        };
        Canvas.Save();
        Canvas.Translate(area.Left, area.Top);
        Canvas.Scale(area.Width / box);
        Canvas.DrawPath(shape, paint);
        Canvas.Restore();
    }

    /// <summary>A code on white with its quiet zone; modules on whole pixels, so that every camera sees sharp edges.</summary>
    public void Qr(QrPath qr, SKRect area)
    {
        Fill(area, 0xFFFFFF, 0.45f * U);
        var module = MathF.Max(1, MathF.Floor(area.Width / qr.Size));
        using var path = SKPath.ParseSvgPathData(qr.Path);
        using var paint = new SKPaint { Color = SKColors.Black };
        Canvas.Save();
        Canvas.Translate(MathF.Round(area.MidX - (module * qr.Size / 2)), MathF.Round(area.MidY - (module * qr.Size / 2)));
        Canvas.Scale(module);
        Canvas.DrawPath(path, paint);
        Canvas.Restore();
    }
}
