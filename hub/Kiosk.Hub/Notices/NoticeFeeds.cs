using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Notices;

/// <summary>Writes <c>notices/{scope}/{audience}</c> from the notices that are neither withdrawn nor expired.</summary>
internal static class NoticeFeeds
{
    private static readonly Disclosure[] _audiences = [Disclosure.Internal, Disclosure.Public, Disclosure.Restricted];

    /// <summary>Publishes the feeds of these scopes anew, each audience with everything it may see. Saves what the transaction has changed so far.</summary>
    public static async Task PublishAsync(HubDbContext db, IEnumerable<string> scopes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await db.TakeFeedTurnAsync(cancellationToken);
        foreach (var scope in scopes.Distinct().Order(StringComparer.Ordinal))
        {
            var running = await (
                from target in db.Set<NoticeScope>()
                join notice in db.Set<Notice>() on target.NoticeId equals notice.Id
                join unit in db.Set<OrgUnit>() on notice.OrgUnitId equals unit.Id
                where target.Scope == scope && !notice.Ended && notice.Expiry > now
                orderby notice.Id
                select new { Notice = notice, unit.Name }).AsNoTracking().ToListAsync(cancellationToken);
            var images = await NoticeImages.VariantsAsync(db, [.. running.Select(row => row.Notice.ImageMediaId).OfType<Guid>().Distinct()], cancellationToken);
            foreach (var audience in _audiences)
            {
                var items = running.Where(row => row.Notice.Disclosure <= audience)
                    .Select(row => Item(row.Notice, row.Name, row.Notice.ImageMediaId is { } image ? images.GetValueOrDefault(image) : null)).ToList();
                await FeedStore.PublishAsync(
                    db,
                    FeedKeys.Notices(scope, audience),
                    new NoticesDocument(scope, audience, items),
                    [.. items.Select(item => item.Image?.Sha256).OfType<string>()],
                    now,
                    cancellationToken);
            }
        }
    }

    /// <summary>Keys of every feed that carries a notice.</summary>
    public static IReadOnlyList<string> KeysOf(IEnumerable<string> scopes, Disclosure disclosure) =>
        [.. scopes.SelectMany(scope => _audiences.Where(audience => audience >= disclosure).Select(audience => FeedKeys.Notices(scope, audience)))];

    private static NoticeItem Item(Notice notice, string from, MediaVariant? image) => new(
        notice.Id, notice.Version, notice.Kind, notice.Urgency, notice.Title, notice.Text, from, notice.Start, notice.Expiry, notice.Disclosure, image, null);
}
