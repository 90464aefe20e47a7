namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/calendars?orgUnitId= (Host): secret addresses of a unit's calendar. DELETE /api/calendars/{id} makes one useless at once.</summary>
/// <param name="LastReadAt">To the day.</param>
public sealed record CalendarLink(Guid Id, Guid OrgUnitId, string OrgUnitName, string Name, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? LastReadAt);

/// <summary>POST /api/calendars (Host) → <see cref="CalendarCreated"/>.</summary>
/// <param name="Name">Whom it is for, 1–60 characters.</param>
public sealed record CalendarInput(Guid OrgUnitId, string Name);

/// <param name="Url">Shown once; whoever has it reads the calendar.</param>
public sealed record CalendarCreated(CalendarLink Link, string Url);
