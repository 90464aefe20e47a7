using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>POST /api/displays/{id}/revoke: the player is locked out at once; the display and its settings stay.</summary>
internal static class RevokeDisplay
{
    public static async Task<Results<Ok<DisplaySummary>, ProblemHttpResult>> HandleAsync(
        Guid id, HubDbContext reading, OperatorAccess access, HubWriter writer, DisplayViews views, TimeProvider time, CancellationToken cancellationToken)
    {
        var unit = await reading.Set<Display>().Where(display => display.Id == id).Select(display => (Guid?)display.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        if ((unit is null ? SharedErrors.NotFound() : await access.CheckAsync(OperatorRole.Admin, unit.Value, cancellationToken)) is { } denied)
        {
            return Problems.From(denied);
        }

        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                var display = await db.Set<Display>().SingleAsync(candidate => candidate.Id == id, token);
                if (display.TokenSha256 is not null)
                {
                    (display.TokenSha256, display.RevokedAt) = (null, time.GetUtcNow());
                    db.OnCommitted(services => CutOff(services, id));
                    db.SignalChanged(Topics.Displays, id);
                }

                return new Done();
            },
            cancellationToken);
        return TypedResults.Ok(await views.GetAsync(id, cancellationToken));
    }

    /// <summary>Ends what the display's former player has open, and its way back in.</summary>
    public static void CutOff(IServiceProvider services, Guid displayId)
    {
        services.GetRequiredService<DeviceTokens>().Forget(displayId);
        services.GetRequiredService<DeviceMailboxes>().Abort(displayId);
        services.GetRequiredService<DisplayPresence>().Forget(displayId);
    }
}
