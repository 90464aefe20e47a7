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
    IReadOnlyList<DisplayFault> Faults);

/// <summary>Something that needs a person.</summary>
public sealed record DisplayFault(string Code, string Message, DateTimeOffset Since);

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
