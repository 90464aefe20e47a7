using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>All texts of the ticker in one row, with a stage's width of paper before and after them, in tiles the X server can hold.</summary>
internal sealed class TickerStrip : IDisposable
{
    public const int TileWidth = 4096;

    private TickerStrip(IReadOnlyList<Sheet> tiles, IReadOnlyList<float> starts, float length) => (Tiles, Starts, Length) = (tiles, starts, length);

    public IReadOnlyList<Sheet> Tiles { get; }

    /// <summary>Where each text begins, from the first one's beginning.</summary>
    public IReadOnlyList<float> Starts { get; }

    public float Length { get; }

    public static TickerStrip Draw(IReadOnlyList<NoticeView> notices, StageShape shape, bool chinese)
    {
        var u = shape.Unit;
        var style = new TextStyle((shape.Elder ? 1.95f : 1.6f) * u, Tokens.Ink, Bold: shape.Elder, Line: chinese ? 1.5f : 1.35f, Western: !chinese);
        var title = style with { Bold = true, Color = Tokens.Red800 };
        var gap = (3.2f + 0.42f) * style.Size;
        List<(string Text, TextStyle Style, float X)> texts = [];
        List<float> starts = [];
        var x = 0f;
        foreach (var notice in notices)
        {
            x += starts.Count > 0 ? gap : 0;
            starts.Add(x);
            if (notice is { Title.Length: > 0, Text.Length: > 0 })
            {
                texts.Add((OneLine(notice.Title), title, x));
                x += TextBlock.Measure(OneLine(notice.Title), title) + (0.6f * style.Size);
            }

            var text = OneLine(notice.Text.Length > 0 ? notice.Text : notice.Title);
            texts.Add((text, style, x));
            x += TextBlock.Measure(text, style);
        }

        var length = (int)MathF.Ceiling(x) + (2 * shape.Width);
        var tiles = new List<Sheet>();
        for (var left = 0; left < length; left += TileWidth)
        {
            tiles.Add(Tile(left, Math.Min(TileWidth, length - left)));
        }

        return new TickerStrip(tiles, starts, length);

        Sheet Tile(int left, int width)
        {
            var band = shape.TickerBand;
            var sheet = new Sheet(shape, SKRect.Create(left, 0, width, band), new SKColor(0xFF000000 | Tokens.Paper));
            var page = new Page(sheet.Canvas, shape, chinese);
            page.Fill(SKRect.Create(left, 0, width, 0.14f * u), Tokens.Red600);
            var top = (0.07f * u) + ((band - style.LineHeight) / 2);
            foreach (var (text, look, at) in texts)
            {
                TextBlock.Of(text, look, float.MaxValue).Draw(sheet.Canvas, shape.Width + at, top, 0);
            }

            foreach (var start in starts.Skip(1))
            {
                sheet.Canvas.Save();
                sheet.Canvas.Translate(shape.Width + start - (gap / 2), (0.07f * u) + (band / 2));
                sheet.Canvas.RotateDegrees(45);
                var half = 0.21f * style.Size;
                page.Fill(new SKRect(-half, -half, half, half), Tokens.Gold);
                sheet.Canvas.Restore();
            }

            return sheet;
        }
    }

    public void Dispose()
    {
        foreach (var tile in Tiles)
        {
            tile.Dispose();
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
