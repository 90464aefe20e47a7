using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Kiosk.Hub.Shared;

/// <summary>What people see of a text: a title of invisible characters paints an empty screen, and a hidden turn of direction shows other words than were checked.</summary>
internal static class VisibleText
{
    private const int Joiner = 0x200D;
    private const int BlackFlag = 0x1F3F4;

    /// <summary>Whether anything of it can be seen.</summary>
    public static bool Shows(string text) => text.EnumerateRunes().Any(IsVisible);

    /// <summary>
    /// Where the first character stands, counted from 0 in user-perceived characters, that is a control or a hidden format character, or null.
    /// Line breaks and tabs are allowed, and what belongs inside an emoji: joiners, variation selectors, the tags of a flag.
    /// </summary>
    public static int? FirstHidden(string text)
    {
        foreach (var (at, _) in Hidden(text))
        {
            return StringInfo.ParseCombiningCharacters(text[..at]).Length;
        }

        return null;
    }

    /// <summary>What a device sent, without hidden characters and no longer than this; never half a character, which PostgreSQL would refuse.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clipped(string? text, int length) => text is null ? null
        : WithoutHidden(text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)]);

    /// <summary>The text without them, for long texts that are pasted from elsewhere.</summary>
    public static string WithoutHidden(string text)
    {
        var (kept, from) = (new StringBuilder(text.Length), 0);
        foreach (var (at, length) in Hidden(text))
        {
            kept.Append(text, from, at - from);
            from = at + length;
        }

        return kept.Append(text, from, text.Length - from).ToString();
    }

    private static IEnumerable<(int At, int Length)> Hidden(string text)
    {
        Rune? before = null;
        var flag = false;
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                yield return (at, 1);
                at++;
                continue;
            }

            var next = at + rune.Utf16SequenceLength;
            var tag = rune.Value is >= 0xE0020 and <= 0xE007F;
            flag = rune.Value == BlackFlag || (flag && tag);
            var joins = rune.Value == Joiner && before is { } left && IsEmoji(left) && Rune.TryGetRuneAt(text, next, out var right) && IsEmoji(right);
            if (IsHidden(rune) && !joins && !(tag && flag))
            {
                yield return (at, rune.Utf16SequenceLength);
            }

            (before, at) = (rune, next);
        }
    }

    private static bool IsHidden(Rune rune) => rune.Value is not '\n' and not '\r' and not '\t'
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => false,
        // The fillers of Korean and the empty cell of Braille are letters and symbols by name only.
        _ => rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800),
    };

    // Symbols, skin tones and the selector that asks for the coloured picture.
    private static bool IsEmoji(Rune rune) => rune.Value == 0xFE0F
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol;
}
