namespace Kiosk.Contracts.Feeds;

/// <summary>
/// A playlist as players see it: nested playlists flattened, items above the audience removed.
/// Immutable and named by its SHA-256; GET <c>/api/device/documents/{sha256}</c>.
/// </summary>
public sealed record PlaylistDocument(Guid Id, string Name, IReadOnlyList<PlaylistItem> Items);

/// <summary>One item; the stage shows it for <paramref name="DurationMs"/>, a video for its own length when that is null.</summary>
/// <param name="Id">Stable id of the item within the playlist.</param>
/// <param name="DurationMs">Time on screen in milliseconds, &gt; 0; null only for video and audio.</param>
/// <param name="Variants">Best first; the player takes the first that suits and is ready. Empty for what is fetched while it shows.</param>
/// <param name="Address">
/// Of a web page (<c>http https</c>) or a live stream (<c>http https rtsp rtp udp</c>; of rtsp with its login, if it takes one), at most <see cref="AddressLimit"/> characters; else null.
/// </param>
/// <param name="InsteadOf">Id of the item of this playlist in whose place this one shows, and only while that one cannot be shown; else null.</param>
public sealed record PlaylistItem(
    Guid Id,
    PlaylistItemKind Kind,
    Guid MediaId,
    string Title,
    Disclosure Disclosure,
    long? DurationMs,
    ItemFit Fit,
    IReadOnlyList<MediaVariant> Variants,
    string? Address = null,
    Guid? InsteadOf = null)
{
    public const int AddressLimit = 2000;
}

public enum PlaylistItemKind
{
    Video,
    Image,

    /// <summary>A sanitised HTML fragment (UTF-8) that the stage shows in its own article layout.</summary>
    Article,

    /// <summary>A page of the web, fetched while it shows; only players with a browser can.</summary>
    WebPage,

    /// <summary>A live stream: HLS on every player, UDP multicast with LibVLC, all others where the player has a relay; see <see cref="Devices.RendererKinds"/>.</summary>
    Stream,
}

public enum ItemFit
{
    /// <summary>Whole picture, bars where it does not fill.</summary>
    Contain,

    /// <summary>Fills the screen, edges cut.</summary>
    Cover,

    /// <summary>Whole picture; where it does not fill, the same picture enlarged, blurred and darkened behind it.</summary>
    BlurFill,
}

/// <summary>A file in the content-addressed media store: GET <c>/media/{sha256}</c>.</summary>
/// <param name="Bytes">Exact length.</param>
/// <param name="DurationMs">Playing time of audio or video, else null.</param>
public sealed record MediaVariant(string Sha256, string ContentType, long Bytes, int? Width, int? Height, long? DurationMs);
