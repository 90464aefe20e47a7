namespace Kiosk.Contracts.Devices;

/// <summary>Paths a player uses; all but pairing need <c>Authorization: Bearer {device token}</c>.</summary>
public static class DeviceRoutes
{
    /// <summary>Header of an answer: the history of the hub's database, see <see cref="Feeds.FeedVersion"/>. Feeds carry it, and so does every 401 to a device.</summary>
    public const string EpochHeader = "Kiosk-Epoch";

    /// <summary>SignalR, WebSockets only, negotiation skipped.</summary>
    public const string Hub = "/hubs/device";

    /// <summary>POST <see cref="PairingRequest"/> → <see cref="PairingTicket"/> (anonymous, rate limited).</summary>
    public const string Pairings = "/api/device/pairings";

    /// <summary>GET with the device token → <see cref="PairingStatus"/>.</summary>
    public static string Pairing(Guid id) => $"{Pairings}/{id:N}";

    /// <summary>GET: the body of a feed this display follows, ETag = its SHA-256.</summary>
    public static string Feed(string key) => $"/api/device/feeds/{key}";

    /// <summary>GET: a playlist document that a followed feed names.</summary>
    public static string Document(string sha256) => $"/api/device/documents/{sha256}";

    /// <summary>POST: the picture a command asked for, as JPEG or PNG, at most <see cref="CommandReport.PictureLimit"/> bytes.</summary>
    public static string CommandPicture(Guid id) => $"/api/device/commands/{id:N}/picture";

    /// <summary>GET with Range: a media file that a followed feed names.</summary>
    public static string Media(string sha256) => $"/media/{sha256}";
}
