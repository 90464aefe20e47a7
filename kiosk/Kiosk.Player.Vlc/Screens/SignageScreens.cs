using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Stage;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>Splash, clock chip and offline dot.</summary>
internal static class SignageScreens
{
    /// <summary>A calm sheet of paper that says where one is and what time it is.</summary>
    public static void Splash(Page page, StageView view, StageWords words, bool withTime)
    {
        var (shape, u) = (page.Shape, page.U);
        page.Fill(SKRect.Create(0, 0, 0.55f * u, shape.Height), Tokens.Red600);
        using (var ring = new SKPaint { Color = new SKColor(0xFF000000 | Tokens.Stone200), IsStroke = true, IsAntialias = true, StrokeWidth = 0.08f * u })
        {
            foreach (var more in (float[])[0, 3.24f, 6.64f])
            {
                page.Canvas.DrawCircle(shape.Width - (11 * u), shape.Height - (7 * u), (20 + more) * u, ring);
            }
        }

        var (x, width) = (shape.SafeX + (1.6f * u), shape.Width - (2 * (shape.SafeX + (1.6f * u))));
        var top = shape.SafeY + (1.2f * u);
        if (view.DisplayName is { Length: > 0 } name)
        {
            page.Rule(x, top, 3.2f * u, 0.18f * u, Tokens.Gold);
            page.Text(name, page.Style(2.4f * shape.Letters, Tokens.Ink, bold: true) with { Line = 1.3f, Balanced = true }, x, top + (0.98f * u), width, 2);
        }

        if (withTime && words.Clock.IsKnown)
        {
            var now = words.Clock.Now;
            var day = page.Style(2.4f * shape.Letters, Tokens.Stone600);
            var middle = (shape.Height - (9 * u) - (0.9f * u) - day.LineHeight) / 2;
            page.Text(words.Time(now), page.Style(9, Tokens.Ink, bold: true) with { Line = 1 }, x - (0.4f * u), middle, width);
            page.Text(words.Day(now), day, x, middle + (9.9f * u), width);
        }

        var hint = page.Body(Tokens.Stone600);
        page.Text(
            words.Get(!withTime || view.Playback.Current is not null ? "splash.starting" : view.Awaited ? "splash.awaited" : "splash.hint"), hint, x, shape.Height - top - hint.LineHeight, width, 1);
    }

    public static SKRect ChipPart(StageShape shape, StageWords words, bool withDay)
    {
        var u = shape.Unit;
        var now = words.Clock.Now;
        var width = TextBlock.Measure(words.Time(now), Clock(u)) + (withDay ? (0.7f * u) + TextBlock.Measure(words.Day(now), Day(u)) : 0) + (1.9f * u);
        return SKRect.Create(MathF.Floor(shape.Width - shape.SafeX - width), MathF.Floor(shape.SafeY), MathF.Ceiling(width), MathF.Ceiling(3.08f * u));
    }

    public static void Chip(Page page, SKRect part, StageWords words, bool withDay)
    {
        var u = page.U;
        var (now, left) = (words.Clock.Now, part.Left + (0.95f * u));
        page.Text(words.Time(now), Clock(u), left, part.Top + (0.35f * u), part.Width);
        var x = left + TextBlock.Measure(words.Time(now), Clock(u)) + (0.7f * u);
        if (withDay)
        {
            page.Text(words.Day(now), Day(u), x, part.Top + (0.78f * u), part.Width);
        }
    }

    public static SKRect OfflinePart(StageShape shape, float ticker)
    {
        var size = MathF.Ceiling(0.82f * shape.Unit);
        return SKRect.Create(
            MathF.Floor(shape.Width - (0.45f * shape.SafeX) - size), MathF.Floor(shape.Height - (0.45f * shape.SafeY) - ticker - size), size, size);
    }

    public static void Offline(Page page, SKRect part)
    {
        using var paint = new SKPaint { Color = new SKColor(0xFF000000 | Tokens.Stone400), IsAntialias = true };
        page.Canvas.DrawCircle(part.MidX, part.MidY, 0.31f * page.U, paint);
    }

    private static TextStyle Clock(float u) => new(1.7f * u, Tokens.Ink, Bold: true, Line: 1.4f);

    private static TextStyle Day(float u) => new(1.05f * u, Tokens.Stone600, Line: 1.4f);
}
