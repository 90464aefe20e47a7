using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

internal static class MemberSearch
{
    /// <summary>Members whose name contains the text, or whose initials or number start with it.</summary>
    public static IQueryable<Member> Where(IQueryable<Member> members, string? search)
    {
        var text = search?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return members;
        }

        text = text.Length > 100 ? text[..100] : text;
        var folded = Escape(text.ToLowerInvariant());
        var upper = Escape(text.ToUpperInvariant());
        return members.Where(member =>
            EF.Functions.Like(member.NameFolded, $"%{folded}%", "\\")
            || EF.Functions.Like(member.Initials, $"{folded}%", "\\")
            || EF.Functions.Like(member.Number, $"{upper}%", "\\"));
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
