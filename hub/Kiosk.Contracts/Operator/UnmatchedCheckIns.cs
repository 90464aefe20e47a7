namespace Kiosk.Contracts.Operator;

/// <summary>
/// GET /api/unmatched-check-ins?orgUnitId=&amp;skip=&amp;take= (Host): records of meetings this hub does not know, oldest first. They come from displays of the
/// operator's units; of a display that is gone, from its members.
/// </summary>
/// <param name="Record">With the name in full only where the member is of a unit of this operator.</param>
/// <param name="Suggested">The meeting it most likely belongs to: the one that took the place of what the kiosk started, or the one in that room at that time.</param>
public sealed record UnmatchedCheckIn(CheckInRecordView Record, string Code, MeetingSummary? Suggested);

/// <summary>POST /api/unmatched-check-ins/settle (Host) → <see cref="SettleRow"/> for each: counts them for a meeting, or puts them aside.</summary>
/// <param name="Settle">As for the records of a meeting.</param>
/// <param name="MeetingId">The meeting they count for; null only when they are put aside. 404 <c>meeting_unknown</c>.</param>
public sealed record UnmatchedSettle(SettleInput Settle, Guid? MeetingId = null);
