using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Notices;

/// <summary>Pictures that notices show: ready images of the unit that speaks or of one above it.</summary>
internal static class NoticeImages
{
    /// <summary>Null when the notice may use the picture.</summary>
    public static async Task<Error?> CheckAsync(HubDbContext db, Guid mediaId, Guid orgUnitId, Disclosure disclosure, CancellationToken cancellationToken)
    {
        var usable = await ContentReach.UsableByAsync(db, orgUnitId, cancellationToken);
        var image = await db.Set<MediaItem>().SingleOrDefaultAsync(
            media => media.Id == mediaId && media.Kind == MediaKind.Image && media.State == MediaState.Ready && !media.Evidence && usable.Contains(media.OrgUnitId), cancellationToken);
        return image is null ? NoticeErrors.ImageNotReady() : image.Disclosure > disclosure ? NoticeErrors.ImageTooConfidential() : null;
    }

    /// <summary>What players get of each picture.</summary>
    public static async Task<Dictionary<Guid, MediaVariant>> VariantsAsync(HubDbContext db, IReadOnlyCollection<Guid> mediaIds, CancellationToken cancellationToken) =>
        mediaIds.Count == 0
            ? []
            : (await db.Set<MediaRendition>().AsNoTracking().Where(rendition => mediaIds.Contains(rendition.MediaId) && rendition.Role == RenditionRole.Full)
                .ToListAsync(cancellationToken)).ToDictionary(rendition => rendition.MediaId, rendition => rendition.ToVariant());
}
