using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Devices;

/// <summary>What draws a player's screen.</summary>
public enum RendererKind
{
    /// <summary>A Chromium or Edge window.</summary>
    Browser,

    /// <summary>LibVLC: a TV without a browser.</summary>
    Vlc,
}

/// <summary>What each renderer can show; the hub says so before publishing, the player leaves out what it cannot.</summary>
public static class RendererKinds
{
    /// <param name="relays">The player hands streams on that no renderer opens itself: it has what that takes (ffmpeg).</param>
    public static bool Shows(this RendererKind renderer, PlaylistItem item, bool relays)
    {
        ArgumentNullException.ThrowIfNull(item);
        return renderer.Shows(item.Kind, item.Address, relays);
    }

    /// <param name="address">Of a web page or stream, else null.</param>
    /// <param name="relays">The player hands streams on that no renderer opens itself: it has what that takes (ffmpeg).</param>
    public static bool Shows(this RendererKind renderer, PlaylistItemKind kind, string? address, bool relays) => kind switch
    {
        PlaylistItemKind.Stream => relays || renderer.Opens(address),
        PlaylistItemKind.WebPage or PlaylistItemKind.Article => renderer is not RendererKind.Vlc,
        _ => true,
    };

    /// <summary>Whether it opens a stream by itself.</summary>
    public static bool Opens(this RendererKind renderer, string? address) =>
        renderer is RendererKind.Vlc ? !StreamAddress.NeedsRelay(address) : StreamAddress.IsHttp(address);
}
