namespace Kiosk.Contracts.Feeds;

/// <summary>
/// Spelling of a target: <c>display:{id}</c>, <c>room:{id}</c>, <c>group:{id}</c>, <c>tag:{org id}:{name}</c>, <c>org:{id}</c>
/// (an org unit and everything under it). Ids are 32 hex digits. A tag belongs to the org unit that gave it.
/// </summary>
public static class Scopes
{
    public static string Display(Guid id) => $"display:{id:N}";

    public static string Room(Guid id) => $"room:{id:N}";

    public static string Group(Guid id) => $"group:{id:N}";

    /// <param name="orgUnitId">The org unit whose displays, with everything under it, carry the tag.</param>
    /// <param name="tag">Lower-cased tag of letters, digits, '-' and '_'.</param>
    public static string Tag(Guid orgUnitId, string tag) => $"tag:{orgUnitId:N}:{tag}";

    public static string Org(Guid id) => $"org:{id:N}";

    /// <summary>Splits a scope into kind, id and tag name; false when it is not well formed.</summary>
    public static bool TryParse(string? scope, out string kind, out Guid id, out string tag)
    {
        kind = tag = "";
        id = default;
        var parts = (scope ?? "").Split(':', 3);
        if (parts.Length < 2 || !Guid.TryParseExact(parts[1], "N", out id))
        {
            return false;
        }

        kind = parts[0];
        tag = parts.Length == 3 ? parts[2] : "";
        return kind == "tag" ? tag.Length > 0 : parts.Length == 2 && kind is "display" or "room" or "group" or "org";
    }
}
