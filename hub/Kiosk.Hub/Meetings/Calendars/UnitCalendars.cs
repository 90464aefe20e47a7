using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Calendars;

/// <summary>GET, POST and DELETE /api/calendars: secret addresses of a unit's calendar.</summary>
internal static class UnitCalendars
{
    private const int MostOfUnit = 20;

    public static async Task<Results<Ok<IReadOnlyList<CalendarLink>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Host, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        return TypedResults.Ok<IReadOnlyList<CalendarLink>>(await (
            from address in db.Set<CalendarAddress>().AsNoTracking()
            join unit in db.Set<OrgUnit>() on address.OrgUnitId equals unit.Id
            where ids.Contains(unit.Id)
            orderby unit.Name, address.CreatedAt
            select new CalendarLink(address.Id, unit.Id, unit.Name, address.Name, address.CreatedAt, address.CreatedBy, address.LastReadAt)).Take(500).ToListAsync(cancellationToken));
    }

    public static async Task<Results<Ok<CalendarCreated>, ProblemHttpResult>> CreateAsync(
        CalendarInput input, OperatorAccess access, HubWriter writer, HubAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Host, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        if (new Validation().Text(input.Name, "name", 60).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (now, by, token) = (time.GetUtcNow(), access.Name, Tokens.New());
        var result = await writer.WriteAsync<CalendarLink>(
            async (db, cancellation) =>
            {
                if (await db.Set<CalendarAddress>().CountAsync(row => row.OrgUnitId == input.OrgUnitId, cancellation) >= MostOfUnit)
                {
                    return new Shared.Conflict("calendars_many", CalendarsText.Get("calendars_many", MostOfUnit));
                }

                var unit = await db.Set<OrgUnit>().SingleAsync(row => row.Id == input.OrgUnitId, cancellation);
                var link = new CalendarAddress
                {
                    Id = Guid.CreateVersion7(now),
                    TokenHash = Tokens.Hash(token),
                    OrgUnitId = unit.Id,
                    Name = input.Name.Trim(),
                    CreatedAt = now,
                    CreatedBy = by,
                };
                db.Add(link);
                return new CalendarLink(link.Id, unit.Id, unit.Name, link.Name, now, by, null);
            },
            cancellationToken);
        return result.IsOk ? TypedResults.Ok(new CalendarCreated(result.Value, UrlOf(address, token))) : Problems.From(result.Error);
    }

    /// <summary>Useless at once. Doing it twice is the same as once.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, CancellationToken cancellationToken)
    {
        var unit = await db.Set<CalendarAddress>().Where(row => row.Id == id).Select(row => row.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        if (unit is not { } known)
        {
            return Problems.From(SharedErrors.NotFound());
        }

        if (await access.CheckAsync(OperatorRole.Host, known, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await database.Set<CalendarAddress>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellation);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    public static string UrlOf(HubAddress address, string token) => $"{address.Value}/calendar/{token}.ics";
}

internal static class CalendarsText
{
    private static readonly ResourceText Text = new(typeof(CalendarsText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
