using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.OrgUnits;

internal static class DisplayGroupUseCases
{
    /// <summary>GET /api/groups?orgUnitId=.</summary>
    public static async Task<Results<Ok<IReadOnlyList<DisplayGroupSummary>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(null, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        var groups = await db.Set<DisplayGroup>().Where(group => ids.Contains(group.OrgUnitId)).OrderBy(group => group.Name).Take(1000).ToListAsync(cancellationToken);
        var groupIds = groups.Select(group => group.Id).ToList();
        var members = await db.Set<DisplayGroupMember>().Where(member => groupIds.Contains(member.GroupId)).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<DisplayGroupSummary>>(
            [.. groups.Select(group => View(group, members.Where(member => member.GroupId == group.Id).Select(member => member.DisplayId)))]);
    }

    /// <summary>POST /api/groups.</summary>
    public static async Task<Results<Ok<DisplayGroupSummary>, ProblemHttpResult>> CreateAsync(
        DisplayGroupInput input, HubDbContext reading, OperatorAccess access, HubWriter writer, DisplayFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await CheckAsync(input, reading, access, cancellationToken) is { } refusal)
        {
            return Problems.From(refusal);
        }

        var now = time.GetUtcNow();
        var group = new DisplayGroup { Id = Guid.CreateVersion7(now), OrgUnitId = input.OrgUnitId, Name = input.Name.Trim() };
        var result = await writer.WriteAsync<DisplayGroupSummary>(
            async (db, token) =>
            {
                db.Add(group);
                await SetMembersAsync(db, feeds, group.Id, input.DisplayIds, now, token);
                return View(group, input.DisplayIds);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>PUT /api/groups/{id}.</summary>
    public static async Task<Results<Ok<DisplayGroupSummary>, ProblemHttpResult>> UpdateAsync(
        Guid id, DisplayGroupInput input, HubDbContext reading, OperatorAccess access, HubWriter writer, DisplayFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        var refusal = await CheckOwnedAsync(id, reading, access, cancellationToken) ?? await CheckAsync(input, reading, access, cancellationToken);
        if (refusal is not null)
        {
            return Problems.From(refusal);
        }

        var result = await writer.WriteAsync<DisplayGroupSummary>(
            async (db, token) =>
            {
                var group = await db.Set<DisplayGroup>().SingleAsync(candidate => candidate.Id == id, token);
                (group.Name, group.OrgUnitId) = (input.Name.Trim(), input.OrgUnitId);
                await SetMembersAsync(db, feeds, id, input.DisplayIds, time.GetUtcNow(), token);
                return View(group, input.DisplayIds);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>DELETE /api/groups/{id}: what was aimed at the group reaches nobody from then on.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, HubDbContext reading, OperatorAccess access, HubWriter writer, DisplayFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await CheckOwnedAsync(id, reading, access, cancellationToken) is { } refusal)
        {
            return Problems.From(refusal);
        }

        var result = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                await SetMembersAsync(db, feeds, id, [], time.GetUtcNow(), token);
                await db.Set<DisplayGroup>().Where(group => group.Id == id).ExecuteDeleteAsync(token);
                return new Done();
            },
            cancellationToken);
        return result.ToHttp();
    }

    private static async Task SetMembersAsync(
        HubDbContext db, DisplayFeeds feeds, Guid groupId, IReadOnlyList<Guid> displayIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = await db.Set<DisplayGroupMember>().Where(member => member.GroupId == groupId).Select(member => member.DisplayId).ToListAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.Set<DisplayGroupMember>().Where(member => member.GroupId == groupId).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(displayIds.Distinct().Select(displayId => new DisplayGroupMember { GroupId = groupId, DisplayId = displayId }));
        await db.SaveChangesAsync(cancellationToken);
        await feeds.RefreshAsync(db, [.. before.Union(displayIds)], now, cancellationToken);
        db.SignalChanged(Topics.Displays);
    }

    private static async Task<Error?> CheckOwnedAsync(Guid id, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        var unitId = await db.Set<DisplayGroup>().Where(group => group.Id == id).Select(group => (Guid?)group.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        return unitId is null ? SharedErrors.NotFound() : await access.CheckAsync(OperatorRole.Admin, unitId.Value, cancellationToken);
    }

    private static async Task<Error?> CheckAsync(DisplayGroupInput input, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        if (new Validation().Text(input.Name, "name", 120).Require(input.DisplayIds is { Count: <= 1000 }, "displayIds", OrgUnitText.Get("too_many_displays")).Error() is { } invalid)
        {
            return invalid;
        }

        if (await access.CheckAsync(OperatorRole.Admin, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return denied;
        }

        var mine = (await access.UnitIdsAsync(OperatorRole.Admin, null, cancellationToken)).Value ?? [];
        var wanted = input.DisplayIds.Distinct().ToList();
        var found = await db.Set<Display>().CountAsync(display => wanted.Contains(display.Id) && mine.Contains(display.OrgUnitId), cancellationToken);
        return found == wanted.Count ? null : new InvalidInput("display_not_yours", OrgUnitText.Get("display_not_yours"));
    }

    private static DisplayGroupSummary View(DisplayGroup group, IEnumerable<Guid> displayIds) => new(group.Id, group.Name, group.OrgUnitId, [.. displayIds.Distinct()]);
}
