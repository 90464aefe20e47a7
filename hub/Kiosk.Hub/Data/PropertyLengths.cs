using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Data;

internal static class PropertyLengths
{
    /// <summary>Names are at most 120 user-perceived characters; an emoji can take many UTF-16 units.</summary>
    public static PropertyBuilder<string> HaveNameLength(this PropertyBuilder<string> property) => property.HasMaxLength(120 * 16);
}
