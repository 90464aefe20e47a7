using System.Globalization;

namespace Kiosk.Contracts.Text;

/// <summary>Masks personal names for screens: 张三 → 张*, 张小三 → 张*三, 欧阳小明 → 欧**明, Ann Lee → A***e.</summary>
public static class NameMask
{
    /// <summary>Masks by user-perceived characters, so emoji and combining marks are never cut in half. At most 3 asterisks.</summary>
    public static string Mask(string? name)
    {
        var text = StringInfo.GetTextElementEnumerator((name ?? "").Trim());
        var elements = new List<string>();
        while (text.MoveNext())
        {
            elements.Add(text.GetTextElement());
        }

        return elements.Count switch
        {
            0 => "*",
            1 => "*",
            2 => elements[0] + "*",
            _ => elements[0] + new string('*', Math.Min(3, elements.Count - 2)) + elements[^1],
        };
    }
}
