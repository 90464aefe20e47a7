using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Playlists;

/// <summary>Refusals about playlists.</summary>
internal static class PlaylistErrors
{
    public static Error NotFound() => new NotFound("playlist_unknown", PlaylistsText.Get("playlist_unknown"));

    public static Error Changed() => new Conflict("playlist_changed", PlaylistsText.Get("playlist_changed"));

    public static Error InUse(string users) => new Conflict("playlist_in_use", PlaylistsText.Get("playlist_in_use", users));

    public static Error Cycle() => new InvalidInput("playlist_cycle", PlaylistsText.Get("playlist_cycle"));

    public static Error TooLong(int max) => new InvalidInput("playlist_too_long", PlaylistsText.Get("playlist_too_long", max));

    public static Error MediaUnusable(string name) => new InvalidInput("media_not_ready", PlaylistsText.Get("media_not_ready", name));

    public static Error ContentUnreachable(int position) => new InvalidInput("content_out_of_reach", PlaylistsText.Get("content_out_of_reach", position));
}
