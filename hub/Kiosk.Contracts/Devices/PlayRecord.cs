namespace Kiosk.Contracts.Devices;

/// <summary>Proof of play: an item was on screen. One showing, or the sum of an hour's showings when there is much to send.</summary>
/// <param name="Id">UUIDv7 made by the player; under the same id it counts once.</param>
/// <param name="Title">Of the item, so that a report can name a file that was deleted since.</param>
/// <param name="PlaylistId">The playlist it played from.</param>
/// <param name="Rule">What chose the playlist, e.g. <c>schedule</c> or <c>default</c>.</param>
/// <param name="From">First frame on screen; of a sum, of its first showing.</param>
/// <param name="To">End of the (last) showing.</param>
/// <param name="ShownMs">Milliseconds on screen in all, by a clock that never jumps.</param>
/// <param name="Plays">Showings, at least 1.</param>
/// <param name="Completed">How many of them came to their end; the others were cut.</param>
/// <param name="Clock">Of the clock that gave the instants.</param>
public sealed record PlayRecord(
    Guid Id, Guid MediaId, string Title, Guid PlaylistId, string Rule, DateTimeOffset From, DateTimeOffset To, long ShownMs, int Plays, int Completed, ClockState Clock);

/// <summary>Oldest first.</summary>
public sealed record PlayBatch(IReadOnlyList<PlayRecord> Records)
{
    public const int Limit = 500;
}
