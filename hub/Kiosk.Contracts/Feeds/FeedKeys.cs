namespace Kiosk.Contracts.Feeds;

/// <summary>
/// Names of feeds. A feed is a versioned document; its key tells its kind and what it is about:
/// <c>display/{id}</c>, <c>schedule/{scope}/{audience}</c>, <c>notices/{scope}/{audience}</c>, <c>room/{id}</c>,
/// <c>attendance/{room}</c>, <c>revocations/{org root}</c>.
/// </summary>
public static class FeedKeys
{
    public const string DisplayKind = "display";
    public const string ScheduleKind = "schedule";
    public const string NoticesKind = "notices";
    public const string RoomKind = "room";
    public const string AttendanceKind = "attendance";
    public const string RevocationsKind = "revocations";

    public static string Display(Guid displayId) => $"{DisplayKind}/{displayId:N}";

    /// <param name="scope">A scope as <see cref="Scopes"/> spells it.</param>
    /// <param name="audience">The feed holds everything an audience of this level may see, lower levels included.</param>
    public static string Schedule(string scope, Disclosure audience) => $"{ScheduleKind}/{scope}/{Level(audience)}";

    /// <inheritdoc cref="Schedule"/>
    public static string Notices(string scope, Disclosure audience) => $"{NoticesKind}/{scope}/{Level(audience)}";

    public static string Room(Guid roomId) => $"{RoomKind}/{roomId:N}";

    public static string Attendance(Guid roomId) => $"{AttendanceKind}/{roomId:N}";

    public static string Revocations(Guid orgRootId) => $"{RevocationsKind}/{orgRootId:N}";

    /// <summary>The part before the first slash; an unknown kind is ignored and reported <c>failed(unsupported)</c>.</summary>
    public static string KindOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? key : key[..slash];
    }

    private static string Level(Disclosure audience) => audience switch
    {
        Disclosure.Public => "public",
        Disclosure.Internal => "internal",
        _ => "restricted",
    };
}
