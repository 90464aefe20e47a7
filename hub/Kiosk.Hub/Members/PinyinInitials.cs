using System.Globalization;
using System.Text;

namespace Kiosk.Hub.Members;

/// <summary>
/// Pinyin initials for searching: 张小三 → zxs. Characters are placed by ICU's pinyin collation between the first character of each
/// initial, surnames with a reading of their own by a short table. Limits: other characters with several readings get their most common one,
/// and what ICU does not order by pinyin (rare extension characters) gets no initial; such members are found by name or number.
/// </summary>
internal static class PinyinInitials
{
    // The first character of each initial in pinyin order; i, u and v begin no syllable.
    private const string First = "阿八嚓咑妸发旮哈丌咔垃呣拏噢妑七呥仨他屲夕丫帀";
    private const string Letters = "abcdefghjklmnopqrstwxyz";

    private static readonly CompareInfo _chinese = CultureInfo.GetCultureInfo("zh-Hans-CN").CompareInfo;

    private static readonly Dictionary<char, char> _surnames = new()
    {
        ['曾'] = 'z', ['单'] = 's', ['解'] = 'x', ['仇'] = 'q', ['区'] = 'o', ['朴'] = 'p', ['查'] = 'z', ['任'] = 'r', ['翟'] = 'z', ['覃'] = 'q',
        ['乐'] = 'y', ['缪'] = 'm', ['种'] = 'c', ['冼'] = 'x', ['召'] = 's', ['盛'] = 's', ['尉'] = 'w', ['长'] = 'z', ['万'] = 'w', ['重'] = 'c',
        ['石'] = 's', ['沈'] = 's', ['贾'] = 'j', ['纪'] = 'j', ['员'] = 'y', ['盖'] = 'g', ['卜'] = 'b', ['俞'] = 'y', ['褚'] = 'c', ['洗'] = 'x',
    };

    public static string Of(string name)
    {
        var initials = new StringBuilder();
        var startOfWord = true;
        var first = true;
        foreach (var rune in name.Trim().EnumerateRunes())
        {
            if (rune.Value is >= 0x3400 and <= 0x9fff or 0x3007)
            {
                var character = (char)rune.Value;
                var initial = first && _surnames.TryGetValue(character, out var surname) ? surname : InitialOf(character);
                if (initial != default)
                {
                    initials.Append(initial);
                }

                startOfWord = true;
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                if (startOfWord)
                {
                    initials.Append(Rune.ToLowerInvariant(rune).ToString());
                }

                startOfWord = false;
            }
            else
            {
                startOfWord = true;
            }

            first = false;
        }

        return initials.Length <= 120 ? initials.ToString() : initials.ToString(0, 120);
    }

    private static char InitialOf(char character)
    {
        var text = character.ToString();
        for (var at = First.Length - 1; at >= 0; at--)
        {
            if (_chinese.Compare(text, First[at].ToString()) >= 0)
            {
                return Letters[at];
            }
        }

        return default;
    }
}
