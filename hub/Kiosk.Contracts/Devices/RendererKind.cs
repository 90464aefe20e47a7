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
    public static bool Shows(this RendererKind renderer, PlaylistItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return renderer.Shows(item.Kind, item.Address);
    }

    /// <param name="address">Of a web page or stream, else null.</param>
    public static bool Shows(this RendererKind renderer, PlaylistItemKind kind, string? address) => renderer switch
    {
        // Debian builds LibVLC without RTSP (live555).
        RendererKind.Vlc => kind is not (PlaylistItemKind.WebPage or PlaylistItemKind.Article) && !IsRtsp(address),
        _ => kind is not PlaylistItemKind.Stream || IsHttp(address),
    };

    private static bool IsRtsp(string? address) => address?.StartsWith("rtsp:", StringComparison.OrdinalIgnoreCase) ?? false;

    private static bool IsHttp(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
