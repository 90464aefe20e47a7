using System.Text.Json;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Player.Core.Feeds;

/// <summary>Reads what the hub sends into documents: nothing that lacks a part which the rest relies on.</summary>
internal static class FeedParser
{
    /// <summary>The document of a feed; null when its text is none of its kind.</summary>
    public static object? TryParse(string key, string body) => FeedKeys.KindOf(key) switch
    {
        FeedKeys.DisplayKind => Parse<DisplayDocument>(body) is { Follows: not null, OrgPath: not null, AudienceWindows: not null } d ? d : null,
        FeedKeys.ScheduleKind => Parse<ScheduleDocument>(body) is { Events: not null, Scope: not null } d ? d : null,
        FeedKeys.NoticesKind => Parse<NoticesDocument>(body) is { Notices: not null } d ? d : null,
        FeedKeys.RoomKind => Parse<RoomDocument>(body) is { Meetings: not null } d ? d : null,
        FeedKeys.AttendanceKind => Parse<AttendanceDocument>(body) is { Meetings: not null } d ? d : null,
        FeedKeys.RevocationsKind => Parse<RevocationsDocument>(body) is { Serials: not null } d ? d : null,
        _ => null,
    };

    /// <summary>Null when the text is no playlist, or one whose files are not named.</summary>
    public static PlaylistDocument? TryParsePlaylist(string body) =>
        Parse<PlaylistDocument>(body) is { Items: not null } playlist && playlist.Items.All(item => item is { Variants: { } variants } && variants.All(variant => variant is { Sha256: not null }))
            ? playlist : null;

    private static T? Parse<T>(string body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, PlayerJson.Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
