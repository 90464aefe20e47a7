namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/schedule/events/{id}, POST /api/schedule/events, PUT /api/schedule/events/{id}, DELETE (Editor).</summary>
public sealed record ScheduleEventDetail(
    Guid Id, Guid OrgUnitId, string Title, string Scope, string ScopeName, Guid PlaylistId, string PlaylistName,
    DateTime StartLocal, DateTime EndLocal, string? TimeZone, string? RecurrenceRule, IReadOnlyList<DateTime> ExceptionDates,
    int Priority, Disclosure Disclosure, int Revision);

/// <summary>400 with codes <c>range_inverted time_zone_unknown rule_invalid rule_never_fires priority_above_ceiling</c>.</summary>
/// <param name="Title">1–120 characters.</param>
/// <param name="Scope">As <c>Scopes</c> spells it; must lie within the caller's units.</param>
/// <param name="TimeZone">IANA id, or null for each display's own zone.</param>
/// <param name="RecurrenceRule">RFC 5545 RRULE value, or null.</param>
public sealed record ScheduleEventInput(
    Guid OrgUnitId, string Title, string Scope, Guid PlaylistId, DateTime StartLocal, DateTime EndLocal, string? TimeZone,
    string? RecurrenceRule, IReadOnlyList<DateTime> ExceptionDates, int Priority, Disclosure Disclosure, int? Revision);

/// <summary>GET /api/schedule?orgUnitId=&amp;from=&amp;to= (local dates, at most 62 days): occurrences for the calendar.</summary>
/// <param name="StartLocal">Wall-clock time in the event's zone.</param>
public sealed record ScheduleOccurrence(
    Guid EventId, string Title, string ScopeName, string PlaylistName, DateTime StartLocal, DateTime EndLocal, int Priority, bool Recurring, Disclosure Disclosure,
    string Scope = "");

/// <summary>GET /api/schedule/defaults?orgUnitId=; PUT /api/schedule/defaults (Editor): what plays when nothing is scheduled.</summary>
public sealed record DefaultContentView(string Scope, string ScopeName, Guid? PlaylistId, string? PlaylistName);

/// <param name="PlaylistId">Null removes the default.</param>
public sealed record DefaultContentInput(string Scope, Guid? PlaylistId);

/// <summary>
/// GET /api/schedule/unshowable?scope=&amp;scope=&amp;playlistId= (Editor): displays that the scopes reach whose player cannot show something in a playlist, before it
/// is published there; POST /api/playlists/{id}/unshowable with <see cref="PlaylistContent"/> (Editor): the same for a playlist before it is saved. Those displays leave it out (or show what stands in for it). At most <see cref="Limit"/>, by name; empty when all is well.
/// </summary>
/// <param name="Titles">Of the items it cannot show, at most ten.</param>
public sealed record UnshowableOn(Guid DisplayId, string DisplayName, IReadOnlyList<string> Titles)
{
    public const int Limit = 100;
}
