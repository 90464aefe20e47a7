using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Operator;

/// <summary>POST /api/meeting-series (Host) → <see cref="MeetingSeriesView"/>: a meeting that repeats. Its meetings are made 90 days ahead, and always the next one.</summary>
/// <param name="Meeting">The first; the others take everything from it but the day.</param>
/// <param name="RecurrenceRule">RFC 5545 RRULE value; 400 <c>rule_invalid rule_never_fires rule_too_often</c>.</param>
public sealed record MeetingSeriesInput(MeetingInput Meeting, string RecurrenceRule);

/// <summary>
/// GET /api/meeting-series?orgUnitId=, GET /api/meeting-series/{id} (Host). POST /api/meeting-series/{id}/cancel ends it: what has not begun is cancelled.
/// </summary>
/// <param name="StartLocal">Of the first meeting, wall-clock time in <paramref name="TimeZone"/>.</param>
/// <param name="EndsBefore">From here on nothing is made: it was changed from this date on, or cancelled.</param>
/// <param name="Coming">Meetings not yet over, by start; those made so far.</param>
/// <param name="Skipped">Dates taken out.</param>
/// <param name="Next">Dates after those that are made, at most five.</param>
public sealed record MeetingSeriesView(
    Guid Id, Guid OrgUnitId, string Title, string Type, string TypeName, Guid RoomId, string RoomName, DateTime StartLocal, DateTime EndLocal, string TimeZone, string RecurrenceRule,
    DateTime? EndsBefore, DateTimeOffset? CancelledAt, IReadOnlyList<SeriesMeeting> Coming, IReadOnlyList<DateTime> Skipped, IReadOnlyList<DateTime> Next, int Revision);

/// <param name="OccurrenceLocal">Where the rule put it; it may have been moved since.</param>
/// <param name="Detached">Was changed alone; a change of the series leaves it as it is.</param>
/// <param name="RoomClash">Another meeting is in the room at the same time.</param>
public sealed record SeriesMeeting(Guid MeetingId, DateTime OccurrenceLocal, DateTimeOffset Start, DateTimeOffset End, string RoomName, MeetingState State, bool Detached, bool RoomClash);

/// <summary>POST /api/meeting-series/{id}/skip (Host): one date is left out; its meeting, when made, is cancelled.</summary>
/// <param name="OccurrenceLocal">A date of the series; 404 <c>occurrence_unknown</c>.</param>
public sealed record SkipOccurrence(DateTime OccurrenceLocal);

/// <summary>PUT /api/meetings/{id}/following (Host): changes this meeting and those after it → the first of them.</summary>
/// <param name="RecurrenceRule">Null keeps the rule.</param>
public sealed record FollowingChange(MeetingInput Meeting, string? RecurrenceRule);
