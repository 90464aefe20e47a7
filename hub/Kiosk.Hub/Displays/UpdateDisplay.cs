using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>PUT /api/displays/{id}.</summary>
internal static class UpdateDisplay
{
    public static async Task<Results<Ok<DisplaySummary>, ProblemHttpResult>> HandleAsync(
        Guid id, DisplayInput body, HubDbContext reading, OperatorAccess access, HubWriter writer, DisplayFeeds feeds, DisplayViews views, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var stored = await reading.Set<Display>().SingleOrDefaultAsync(display => display.Id == id, cancellationToken);
        if ((stored is null ? SharedErrors.NotFound() : await access.CheckAsync(OperatorRole.Admin, stored.OrgUnitId, cancellationToken)) is { } denied)
        {
            return Problems.From(denied);
        }

        var input = DisplayRules.Check(body);
        if (!input.IsOk)
        {
            return Problems.From(input.Error);
        }

        // A room that stays is not asked for again: somebody above may have chosen it.
        var room = input.Value.RoomId == stored!.RoomId ? null : input.Value.RoomId;
        if (await DisplayRules.CheckPlaceAsync(access, reading, input.Value.OrgUnitId, room, cancellationToken) is { } elsewhere)
        {
            return Problems.From(elsewhere);
        }

        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                DisplayRules.Apply(input.Value, await db.Set<Display>().SingleAsync(display => display.Id == id, token));
                await feeds.RefreshAsync(db, [id], time.GetUtcNow(), token);
                db.SignalChanged(Topics.Displays, id);
                return new Done();
            },
            cancellationToken);
        return TypedResults.Ok(await views.GetAsync(id, cancellationToken));
    }
}
