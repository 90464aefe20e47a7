using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Playlists;

internal static class PlaylistsText
{
    private static readonly ResourceText Text = new(typeof(PlaylistsText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
