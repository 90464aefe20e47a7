namespace Kiosk.Contracts.Feeds;

/// <summary>Body of <c>schedule/{scope}/{audience}</c>.</summary>
/// <param name="Scope">See <see cref="Scopes"/>.</param>
/// <param name="Audience">Everything in here may be seen by this audience.</param>
/// <param name="Events">Sorted by id.</param>
/// <param name="Default">What plays where nothing is scheduled; the most specific scope wins.</param>
public sealed record ScheduleDocument(string Scope, Disclosure Audience, IReadOnlyList<ScheduleEvent> Events, PlaylistRef? Default);

/// <summary>One calendar event; times are wall-clock times of a zone, half-open.</summary>
/// <param name="StartLocal">First start, unspecified kind.</param>
/// <param name="EndLocal">End of the first occurrence (may be past midnight); the occurrence ends at the same wall-clock distance on other days.</param>
/// <param name="TimeZone">IANA zone, or null for the display's own.</param>
/// <param name="RecurrenceRule">RFC 5545 RRULE value without the "RRULE:" prefix, or null for a single event.</param>
/// <param name="ExceptionDates">Local starts left out (EXDATE).</param>
/// <param name="Priority">0–100, higher wins; capped by the ceiling the parent unit gave.</param>
public sealed record ScheduleEvent(
    Guid Id,
    string Title,
    DateTime StartLocal,
    DateTime EndLocal,
    string? TimeZone,
    string? RecurrenceRule,
    IReadOnlyList<DateTime> ExceptionDates,
    int Priority,
    Disclosure Disclosure,
    PlaylistRef Content);

/// <summary>Points to a <see cref="PlaylistDocument"/> by the SHA-256 of its bytes.</summary>
public sealed record PlaylistRef(Guid Id, string Name, string Sha256);
