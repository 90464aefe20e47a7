using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core;

/// <summary>What a player must know before it has asked anybody.</summary>
public sealed record PlayerOptions
{
    /// <summary>Base address of the hub, e.g. <c>https://hub.example.org</c>.</summary>
    public required string HubAddress { get; init; }

    /// <summary>Folder for identity, documents, media and journal; made when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Pixels, as people before it see it: less than the height when it stands upright.</summary>
    public int ScreenWidth { get; init; } = 1920;

    public int ScreenHeight { get; init; } = 1080;

    /// <summary>Language until the display document says otherwise: "zh-CN" or "en".</summary>
    public string Language { get; init; } = "zh-CN";

    /// <summary>IANA zone until the display document says otherwise.</summary>
    public string TimeZone { get; init; } = "Asia/Shanghai";

    /// <summary>How long a hub may run on data that do not know this device before the device asks to be paired anew: until then it plays on, as without a hub.</summary>
    public TimeSpan UnrecognisedFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>At most 40 characters.</summary>
    public string Version { get; init; } = "0.1.0";

    /// <summary>Most bytes the media cache may hold.</summary>
    public long CacheBytes { get; init; } = 64L << 30;

    /// <summary>Bytes that stay free on the disk; of a small one its twentieth part.</summary>
    public long KeepFreeBytes { get; init; } = 512L << 20;

    /// <summary>Most bytes a second for all downloads together; null for no limit.</summary>
    public long? DownloadBytesPerSecond { get; init; }

    /// <summary>What draws the screen.</summary>
    public RendererKind Renderer { get; init; }

    /// <summary>A renderer comes up beside this player: what is here is shown before the hub is looked for.</summary>
    public bool PictureFirst { get; init; }

    /// <summary>Streams are handed on to the renderer that it cannot open itself.</summary>
    public bool Relays { get; init; }

    /// <summary>Where versions of the player lie side by side, and the note of one that did not come up; null where nothing keeps them so.</summary>
    public string? VersionsFolder { get; init; }

    public int ParallelDownloads { get; init; } = 2;
}
