using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.OrgUnits;

internal static class RoomUseCases
{
    /// <summary>GET /api/rooms?orgUnitId=.</summary>
    public static async Task<Results<Ok<IReadOnlyList<RoomSummary>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(null, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        var rooms = await (
            from room in db.Set<Room>()
            join unit in db.Set<OrgUnit>() on room.OrgUnitId equals unit.Id
            where ids.Contains(room.OrgUnitId)
            orderby room.Name
            select new RoomSummary(room.Id, room.Name, unit.Id, unit.Name, db.Set<Display>().Count(display => display.RoomId == room.Id)))
            .Take(1000).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<RoomSummary>>(rooms);
    }

    /// <summary>POST /api/rooms.</summary>
    public static async Task<Results<Ok<RoomSummary>, ProblemHttpResult>> CreateAsync(
        RoomInput input, OperatorAccess access, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await CheckAsync(input, OperatorRole.Host, access, cancellationToken) is { } refusal)
        {
            return Problems.From(refusal);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<RoomSummary>(
            async (db, token) =>
            {
                var room = new Room { Id = Guid.CreateVersion7(now), OrgUnitId = input.OrgUnitId, Name = input.Name.Trim() };
                db.Add(room);
                return await ViewAsync(db, room, token);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>PUT /api/rooms/{id}.</summary>
    public static async Task<Results<Ok<RoomSummary>, ProblemHttpResult>> UpdateAsync(
        Guid id, RoomInput input, HubDbContext reading, OperatorAccess access, HubWriter writer, DisplayFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        var unitId = await reading.Set<Room>().Where(room => room.Id == id).Select(room => (Guid?)room.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        var refusal = unitId is null ? SharedErrors.NotFound() : await access.CheckAsync(OperatorRole.Admin, unitId.Value, cancellationToken);
        refusal ??= await CheckAsync(input, OperatorRole.Admin, access, cancellationToken);
        if (refusal is not null)
        {
            return Problems.From(refusal);
        }

        var result = await writer.WriteAsync<RoomSummary>(
            async (db, token) =>
            {
                var room = await db.Set<Room>().SingleAsync(candidate => candidate.Id == id, token);
                (room.Name, room.OrgUnitId) = (input.Name.Trim(), input.OrgUnitId);
                await db.SaveChangesAsync(token);
                var displays = await db.Set<Display>().Where(display => display.RoomId == id).Select(display => display.Id).ToListAsync(token);
                await feeds.RefreshAsync(db, displays, time.GetUtcNow(), token);
                return await ViewAsync(db, room, token);
            },
            cancellationToken);
        return result.ToHttp();
    }

    private static async Task<Error?> CheckAsync(RoomInput input, OperatorRole role, OperatorAccess access, CancellationToken cancellationToken) =>
        new Validation().Text(input.Name, "name", 120).Error() ?? await access.CheckAsync(role, input.OrgUnitId, cancellationToken);

    private static async Task<RoomSummary> ViewAsync(HubDbContext db, Room room, CancellationToken cancellationToken) => new(
        room.Id,
        room.Name,
        room.OrgUnitId,
        await db.Set<OrgUnit>().Where(unit => unit.Id == room.OrgUnitId).Select(unit => unit.Name).SingleAsync(cancellationToken),
        await db.Set<Display>().CountAsync(display => display.RoomId == room.Id, cancellationToken));
}
