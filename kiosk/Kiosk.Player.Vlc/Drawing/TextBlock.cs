using System.Text;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Drawing;

/// <summary>A text laid out in lines of a width; what does not fit into so many lines ends with an ellipsis.</summary>
internal sealed class TextBlock
{
    private readonly TextStyle style;
    private readonly List<string> lines;

    private TextBlock(TextStyle style, List<string> lines) => (this.style, this.lines) = (style, lines);

    public float Height => lines.Count * style.LineHeight;

    public int Lines => lines.Count;

    /// <summary>Line by line.</summary>
    public IReadOnlyList<string> Text => lines;

    /// <summary>Of the longest line.</summary>
    public float Width => lines.Count == 0 ? 0 : lines.Max(line => Measure(line, style));

    public static TextBlock Of(string text, TextStyle style, float width, int maxLines = int.MaxValue)
    {
        text = style.Western ? Narrow(text) : text;
        var lines = Wrap(text, style, width);
        if (style.Balanced && lines.Count > 1 && lines.Count <= maxLines)
        {
            // The narrowest width that still takes as many lines.
            var (low, high) = (width / lines.Count / 1.5f, width);
            while (high - low > style.Size / 8)
            {
                var middle = (low + high) / 2;
                (low, high) = Wrap(text, style, middle).Count > lines.Count ? (middle, high) : (low, middle);
            }

            lines = Wrap(text, style, high);
        }

        if (lines.Count > maxLines)
        {
            lines = lines[..maxLines];
            lines[^1] = Shorten(lines[^1], style, width);
        }

        return new TextBlock(style, lines);
    }

    public static float Measure(string text, TextStyle style)
    {
        var width = 0f;
        text = style.Western ? Narrow(text) : text;
        foreach (var (run, font) in Runs(text, style))
        {
            using (font)
            {
                width += font.MeasureText(run);
            }
        }

        return width;
    }

    public void Draw(SKCanvas canvas, float x, float y, float width)
    {
        using var paint = new SKPaint { Color = style.Paint, IsAntialias = true };
        foreach (var line in lines)
        {
            var left = style.Align switch
            {
                SKTextAlign.Center => x + ((width - Measure(line, style)) / 2),
                SKTextAlign.Right => x + width - Measure(line, style),
                _ => x,
            };
            // Ascent and descent of these faces are about 0.88 and 0.12 of the square a Chinese character stands in.
            var baseline = y + (style.LineHeight / 2) + (style.Size * 0.36f);
            foreach (var (run, font) in Runs(line, style))
            {
                using (font)
                {
                    canvas.DrawText(run, left, baseline, SKTextAlign.Left, font, paint);
                    left += font.MeasureText(run);
                }
            }

            y += style.LineHeight;
        }
    }

    private static string Ellipsis(TextStyle style) => style.Western ? "..." : "…";

    private static string Narrow(string text) => text.Replace('“', '"').Replace('”', '"').Replace('‘', '\'').Replace('’', '\'').Replace("…", "...", StringComparison.Ordinal);

    private static List<string> Wrap(string text, TextStyle style, float width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var part in LineBreaks.Parts(paragraph.Trim()))
            {
                if (line.Length > 0 && Measure(line + part.TrimEnd(), style) > width)
                {
                    lines.Add(line.ToString().TrimEnd());
                    line.Clear();
                }

                line.Append(part);
                Split(line, lines, style, width);
            }

            lines.Add(line.ToString().TrimEnd());
        }

        return lines;
    }

    /// <summary>One long word must not run over the edge.</summary>
    private static void Split(StringBuilder line, List<string> lines, TextStyle style, float width)
    {
        var text = line.ToString();
        for (int length; text.Length > 1 && (length = Fitting(text.TrimEnd(), style, width)) < text.TrimEnd().Length; text = text[length..])
        {
            lines.Add(text[..length]);
        }

        line.Clear().Append(text);
    }

    /// <summary>How many characters from the beginning fit, at least one: looked for from few to many, for whoever types 2,000 without a space.</summary>
    private static int Fitting(string text, TextStyle style, float width)
    {
        var (fits, beyond) = (1, 16);
        while (beyond < text.Length && Measure(text[..beyond], style) <= width)
        {
            (fits, beyond) = (beyond, beyond * 2);
        }

        if (beyond >= text.Length && Measure(text, style) <= width)
        {
            return text.Length;
        }

        for (beyond = Math.Min(beyond, text.Length); beyond - fits > 1;)
        {
            var middle = (fits + beyond) / 2;
            (fits, beyond) = Measure(text[..middle], style) <= width ? (middle, beyond) : (fits, middle);
        }

        return fits > 1 && char.IsHighSurrogate(text[fits - 1]) ? fits - 1 : char.IsHighSurrogate(text[0]) && text.Length > 1 ? Math.Max(fits, 2) : fits;
    }

    private static string Shorten(string line, TextStyle style, float width)
    {
        while (line.Length > 0 && Measure(line + Ellipsis(style), style) > width)
        {
            line = line[..^(line.Length > 1 && char.IsLowSurrogate(line[^1]) ? 2 : 1)];
        }

        return line.TrimEnd() + Ellipsis(style);
    }

    /// <summary>Stretches of one face.</summary>
    private static IEnumerable<(string Text, SKFont Font)> Runs(string text, TextStyle style)
    {
        var run = new StringBuilder();
        SKTypeface? face = null;
        foreach (var rune in text.EnumerateRunes())
        {
            var wanted = Fonts.For(rune.Value, style.Bold);
            if (face is not null && face != wanted)
            {
                yield return (run.ToString(), Font(face, style));
                run.Clear();
            }

            face = wanted;
            run.Append(rune.ToString());
        }

        if (face is not null)
        {
            yield return (run.ToString(), Font(face, style));
        }
    }

    private static SKFont Font(SKTypeface face, TextStyle style) => new(face, style.Size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None };
}
