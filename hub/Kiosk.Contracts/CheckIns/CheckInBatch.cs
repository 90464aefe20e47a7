using Kiosk.Contracts.Devices;

namespace Kiosk.Contracts.CheckIns;

/// <summary>Check-ins from a kiosk's journal, oldest first.</summary>
public sealed record CheckInBatch(IReadOnlyList<CheckInEntry> Entries)
{
    public const int Limit = 128;
}

/// <summary>One check-in as a kiosk saw it: append-only evidence.</summary>
/// <param name="Id">UUIDv7 made by the kiosk; sending it again is answered as the first time.</param>
/// <param name="Card">Text of the check-in card; the hub verifies it again.</param>
/// <param name="ObservedAt">The kiosk's corrected clock at the scan.</param>
/// <param name="BootId">The operating system's boot id.</param>
/// <param name="MonotonicMs">Milliseconds since boot at the scan, to correct the instant after a clock sync in the same boot.</param>
/// <param name="Undoes">
/// Not a scan but its undo: the id of an entry of this very device that is taken back, at most <see cref="UndoMinutes"/> after it;
/// answered <see cref="CheckInOutcome.TakenBack"/>.
/// </param>
public sealed record CheckInEntry(
    Guid Id,
    Guid MeetingId,
    string Card,
    DateTimeOffset ObservedAt,
    ClockState Clock,
    string BootId,
    long MonotonicMs,
    Guid? Undoes = null)
{
    /// <summary>How long a device may take back what it recorded.</summary>
    public const int UndoMinutes = 15;

    /// <summary>Nobody comes and goes within this: a card shown twice is not an exit.</summary>
    public const int ShortestStayMinutes = 1;
}

public sealed record CheckInBatchReply(IReadOnlyList<CheckInResult> Results);

/// <summary>The hub's answer to one check-in, whichever way it came.</summary>
/// <param name="Outcome">See <see cref="CheckInOutcome"/>.</param>
/// <param name="MaskedName">Whose check-in it was, when known.</param>
/// <param name="Late">True when accepted after the late limit.</param>
/// <param name="PointsGranted">Points this check-in brought.</param>
/// <param name="PointsAvailable">The member's available points after it.</param>
public sealed record CheckInResult(Guid Id, CheckInOutcome Outcome, string? MaskedName, bool Late, int PointsGranted, int? PointsAvailable);
