using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Plays;

/// <summary>Which showings are wanted; bound from the query.</summary>
/// <param name="OrgUnitId">With everything under it; null: all the operator may see.</param>
/// <param name="From">First instant; null: 30 days before <paramref name="To"/>.</param>
/// <param name="To">Instant after the last; null: now.</param>
internal sealed record PlayFilter(Guid? OrgUnitId, Guid? DisplayId, Guid? MediaId, DateTimeOffset? From, DateTimeOffset? To)
{
    private const int Days = 30;

    /// <summary>The showings, of units the operator has any role over.</summary>
    public async Task<(IQueryable<Play>? Plays, Error? Refusal)> OfAsync(HubDbContext db, OperatorAccess access, TimeProvider time, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(null, OrgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return (null, units.Error);
        }

        var to = To ?? time.GetUtcNow().AddMinutes(1);
        var from = From ?? to.AddDays(-Days);
        var readable = units.Value;
        var plays = db.Set<Play>().Where(play => play.At >= from && play.At < to && readable.Contains(play.OrgUnitId));
        plays = DisplayId is { } display ? plays.Where(play => play.DisplayId == display) : plays;
        return (MediaId is { } media ? plays.Where(play => play.MediaId == media) : plays, null);
    }
}
