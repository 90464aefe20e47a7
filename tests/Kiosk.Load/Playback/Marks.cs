using System.Globalization;

namespace Kiosk.Load.Playback;

/// <summary>
/// A strip of black and white cells drawn into every frame: a white and a black cell to find it by, the clip, the frame number, parity, and a
/// black and a white cell again. Read from the screen it tells which frame of which clip stands there.
/// </summary>
internal static class Marks
{
    public const int Cell = 32;
    private const int ClipBits = 4;
    private const int FrameBits = 12;
    private const int Cells = 2 + ClipBits + FrameBits + 1 + 2;

    public const int Width = Cells * Cell;
    public const int Height = Cell;
    public const int Left = 640;
    public const int Top = 220;

    /// <summary>Filter for ffmpeg that draws the strip of a clip into each of its frames.</summary>
    public static string Filter(int clip, bool moves)
    {
        var boxes = new List<string> { Box(0, Width, "black", null), Box(0, Cell, "white", null), Box(Cells - 1, Cell, "white", null) };
        for (var bit = 0; bit < ClipBits; bit++)
        {
            if (((clip >> bit) & 1) == 1)
            {
                boxes.Add(Box(2 + bit, Cell, "white", null));
            }
        }

        var parity = new List<string> { PopCount(clip).ToString(CultureInfo.InvariantCulture) };
        for (var bit = 0; moves && bit < FrameBits; bit++)
        {
            var set = FormattableString.Invariant($"mod(floor(n/{1 << bit}),2)");
            boxes.Add(Box(2 + ClipBits + bit, Cell, "white", set));
            parity.Add(set);
        }

        boxes.Add(Box(2 + ClipBits + FrameBits, Cell, "white", $"mod({string.Join('+', parity)},2)"));
        return string.Join(',', boxes);
    }

    /// <summary>What a captured strip (8-bit grey, <see cref="Width"/> × <see cref="Height"/>) shows.</summary>
    public static Mark Read(ReadOnlySpan<byte> grey)
    {
        Span<int> cells = stackalloc int[Cells];
        var brightest = 0;
        for (var i = 0; i < Cells; i++)
        {
            cells[i] = grey[(Height / 2 * Width) + (i * Cell) + (Cell / 2)];
            brightest = Math.Max(brightest, cells[i]);
        }

        if (brightest < 24)
        {
            return new Mark(MarkKind.Black, 0, 0);
        }

        var sum = 0;
        var (clip, frame) = (0, 0);
        for (var i = 2; i < Cells - 2; i++)
        {
            if (cells[i] is > 60 and < 195)
            {
                return new Mark(MarkKind.Mixed, 0, 0);
            }

            var set = cells[i] >= 195 ? 1 : 0;
            sum += set;
            clip |= i < 2 + ClipBits ? set << (i - 2) : 0;
            frame |= i >= 2 + ClipBits && i < 2 + ClipBits + FrameBits ? set << (i - 2 - ClipBits) : 0;
        }

        var framed = cells[0] > 195 && cells[1] < 60 && cells[Cells - 2] < 60 && cells[Cells - 1] > 195;
        return framed && sum % 2 == 0 ? new Mark(MarkKind.Frame, clip, frame) : new Mark(MarkKind.Mixed, 0, 0);
    }

    private static int PopCount(int value) => int.PopCount(value) % 2;

    private static string Box(int cell, int width, string colour, string? when) => FormattableString.Invariant(
        $"drawbox=x={Left + (cell * Cell)}:y={Top}:w={width}:h={Height}:color={colour}:t=fill") + (when is null ? "" : $":enable='{when}'");
}

internal enum MarkKind
{
    /// <summary>One frame of one clip, whole.</summary>
    Frame,

    /// <summary>A fade, a torn picture, or something else than a clip.</summary>
    Mixed,
    Black,
}

internal readonly record struct Mark(MarkKind Kind, int Clip, int Number);
