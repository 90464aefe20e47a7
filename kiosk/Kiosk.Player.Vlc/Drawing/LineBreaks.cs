using System.Globalization;
using System.Text;

namespace Kiosk.Player.Vlc.Drawing;

/// <summary>Where a line may end: after a space, and between two Chinese characters unless punctuation forbids it.</summary>
internal static class LineBreaks
{
    private const string NeverFirst = "，。、；：？！）》〉」』】〕”’…—～·%％℃,.;:?!)]}»";
    private const string NeverLast = "（《〈「『【〔“‘([{«￥$#";

    /// <summary>Parts that stay together, each with the spaces that follow it.</summary>
    public static List<string> Parts(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        Rune? before = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (before is { } last && IsBreak(last, rune))
            {
                parts.Add(part.ToString());
                part.Clear();
            }

            part.Append(rune.ToString());
            before = rune;
        }

        if (part.Length > 0)
        {
            parts.Add(part.ToString());
        }

        return parts;
    }

    private static bool IsBreak(Rune before, Rune after)
    {
        if (IsOneOf(NeverFirst, after) || IsOneOf(NeverLast, before) || Rune.IsWhiteSpace(after) || IsJoined(after) || before.Value == 0x200D)
        {
            return false;
        }

        return Rune.IsWhiteSpace(before) || IsWide(before) || IsWide(after) || before.Value is '-' or '/';
    }

    private static bool IsOneOf(string set, Rune rune) => rune.IsBmp && set.Contains((char)rune.Value, StringComparison.Ordinal);

    /// <summary>Belongs to the character before it.</summary>
    private static bool IsJoined(Rune rune) =>
        rune.Value == 0x200D || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ModifierSymbol;

    private static bool IsWide(Rune rune) => rune.Value is >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE4F
        or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD or 0x201C or 0x201D or 0x2018 or 0x2019 or 0x2026 or 0x2014;
}
