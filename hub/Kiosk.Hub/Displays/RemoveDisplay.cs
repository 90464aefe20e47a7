using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Schedules;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>
/// DELETE /api/displays/{id}?confirm=NAME: the display is gone from every list, its player locked out, what was aimed at it alone removed.
/// Its row stays, so that records of check-ins keep its name and its number never comes to mean another.
/// </summary>
internal static class RemoveDisplay
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, string? confirm, HubDbContext reading, OperatorAccess access, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var stored = await reading.Set<Display>().SingleOrDefaultAsync(display => display.Id == id, cancellationToken);
        if ((stored is null ? SharedErrors.NotFound() : await access.CheckAsync(OperatorRole.Admin, stored.OrgUnitId, cancellationToken)) is { } denied)
        {
            return Problems.From(denied);
        }

        if (confirm?.Trim() != stored!.Name)
        {
            return Problems.From(DisplayErrors.ConfirmName(stored.Name));
        }

        var result = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (await db.Set<Display>().SingleOrDefaultAsync(candidate => candidate.Id == id, token) is not { } display)
                {
                    return SharedErrors.NotFound();
                }

                var now = time.GetUtcNow();
                (display.TokenSha256, display.RevokedAt, display.RemovedAt) = (null, display.RevokedAt ?? now, now);
                (display.RoomId, display.Status) = (null, null);
                await db.SaveChangesAsync(token);
                await db.TakeFeedTurnAsync(token);
                var scope = Scopes.Display(id);
                await db.Set<DisplayFollow>().Where(follow => follow.DisplayId == id).ExecuteDeleteAsync(token);
                await db.Set<DeviceReceipt>().Where(receipt => receipt.DisplayId == id).ExecuteDeleteAsync(token);
                await db.Set<DisplayGroupMember>().Where(member => member.DisplayId == id).ExecuteDeleteAsync(token);
                await db.Set<CalendarEvent>().Where(entry => entry.Scope == scope).ExecuteDeleteAsync(token);
                await db.Set<DefaultContent>().Where(content => content.Scope == scope).ExecuteDeleteAsync(token);
                string[] keys =
                [
                    FeedKeys.Display(id),
                    .. Enum.GetValues<Contracts.Disclosure>().SelectMany(audience => new[] { FeedKeys.Schedule(scope, audience), FeedKeys.Notices(scope, audience) }),
                ];
                await db.Set<Feed>().Where(feed => keys.Contains(feed.Key)).ExecuteDeleteAsync(token);
                db.OnCommitted(services => RevokeDisplay.CutOff(services, id));
                db.SignalChanged(Topics.Displays, id);
                db.SignalChanged(Topics.Schedule);
                return new Done();
            },
            cancellationToken);
        return result.ToHttp();
    }
}
