using Kiosk.Hub.Shared;
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
        // A Chinese input method types １００００５ where a number is meant; a name may be stored as it was typed.
        var plain = TypedText.Plain(text);
        var typed = NameSearch.Escape(text.ToLowerInvariant());
        var folded = NameSearch.Escape(plain.ToLowerInvariant());
        var upper = NameSearch.Escape(plain.ToUpperInvariant());
        return members.Where(member =>
            EF.Functions.Like(member.NameFolded, $"%{typed}%", "\\")
            || EF.Functions.Like(member.NameFolded, $"%{folded}%", "\\")
            || EF.Functions.Like(member.Initials, $"{folded}%", "\\")
            || EF.Functions.Like(member.Number, $"{upper}%", "\\"));
    }
}
