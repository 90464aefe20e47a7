namespace Kiosk.Contracts.Devices;

/// <summary>What a display is doing, told on change and at least every 40 s.</summary>
/// <param name="CurrentTitle">Title of what is on screen.</param>
/// <param name="CurrentMediaId">Media on screen, if any.</param>
/// <param name="Rule">Which rule decided: <c>takeover meeting schedule default splash</c>.</param>
/// <param name="ClockOffsetMs">Own clock minus hub clock.</param>
/// <param name="ItemsReady">Playable items that are complete and verified, of <paramref name="ItemsTotal"/>.</param>
/// <param name="JournalPending">Check-ins taken but not yet acknowledged.</param>
public sealed record DisplayStatus(
    string PlayerVersion,
    string? CurrentTitle,
    Guid? CurrentMediaId,
    string Rule,
    ClockState Clock,
    long ClockOffsetMs,
    long FreeDiskBytes,
    long CachedBytes,
    int ItemsReady,
    int ItemsTotal,
    int JournalPending,
    IReadOnlyList<DisplayFault> Faults)
{
    /// <summary>What draws the screen; null of an older player.</summary>
    public RendererKind? Renderer { get; init; }

    /// <summary>It plays streams that its renderer cannot open itself, cameras above all: ffmpeg is installed beside it.</summary>
    public bool Relays { get; init; }

    /// <summary>Program and version that draw it, e.g. <c>Chromium 148.0</c>; at most 80 characters.</summary>
    public string? RendererVersion { get; init; }

    /// <summary>Operating system, at most 80 characters.</summary>
    public string? Os { get; init; }

    /// <summary>Seconds since the player was started.</summary>
    public long? UptimeSeconds { get; init; }

    /// <summary><see cref="ScreenPowers.On"/> or <see cref="ScreenPowers.Off"/> while somebody has lit or darkened the screen against its hours; else null.</summary>
    public string? PowerAsked { get; init; }

    /// <summary>Titles of what its renderer cannot show and nothing stands in for, at most 20; null for none.</summary>
    public IReadOnlyList<string>? LeftOut { get; init; }

    /// <summary>All that is still missing waits for the display's download hours, and they begin then; null: nothing waits for them, or more than that is missing.</summary>
    public DateTimeOffset? DownloadsFrom { get; init; }
}

/// <summary>Something that needs a person.</summary>
/// <param name="Since">When it was first seen.</param>
/// <param name="LastAt">When it was seen last; null of an older player.</param>
/// <param name="Count">How often since then.</param>
public sealed record DisplayFault(string Code, string Message, DateTimeOffset Since, DateTimeOffset? LastAt = null, int Count = 1);

/// <summary>How far a device's clock can be trusted.</summary>
public enum ClockState
{
    /// <summary>Never compared with the hub since boot.</summary>
    Unknown,

    /// <summary>Compared before; running on its own since.</summary>
    Holdover,

    /// <summary>Compared with the hub in this session.</summary>
    Synced,
}
