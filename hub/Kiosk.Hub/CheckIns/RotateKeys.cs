using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>
/// POST /api/check-in-keys/rotate: new secrets for the codes on all displays, e.g. after a player was stolen. Every display that is
/// connected gets them at once; what was made with the old ones counts for <see cref="CheckInKeyRing.Overlap"/> more.
/// </summary>
internal static class RotateKeys
{
    private const int Batch = 100;

    public static async Task<Results<Ok<CheckInKeysRotated>, ProblemHttpResult>> HandleAsync(
        OperatorAccess access, HubDbContext db, HubWriter writer, CheckInKeyRing keys, DisplayFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        // The keys are the whole hub's.
        foreach (var root in await db.Set<OrgUnit>().Where(unit => unit.ParentId == null).Select(unit => unit.Id).ToListAsync(cancellationToken))
        {
            if (await access.CheckAsync(OperatorRole.Admin, root, cancellationToken) is not null)
            {
                return Problems.From(SharedErrors.NotYourUnit());
            }
        }

        keys.Rotate(time.GetUtcNow());
        var displays = await db.Set<Display>().Where(display => display.RoomId != null).OrderBy(display => display.Id).Select(display => display.Id).ToListAsync(cancellationToken);
        foreach (var some in displays.Chunk(Batch))
        {
            // Rotated is rotated: whoever asked may have gone, the displays get their keys all the same.
            await writer.WriteAsync<Done>(
                async (database, cancellation) =>
                {
                    await feeds.RefreshAsync(database, some, time.GetUtcNow(), cancellation);
                    return default(Done);
                },
                CancellationToken.None);
        }

        return TypedResults.Ok(new CheckInKeysRotated(keys.Current, displays.Count));
    }
}
