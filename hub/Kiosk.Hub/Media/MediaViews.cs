using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Media as operators see it.</summary>
internal static class MediaViews
{
    public const string Route = "/media/";

    public static string? UrlOf(string? sha256) => sha256 is null ? null : Route + sha256;

    /// <summary>Runs the query and puts each row into the caller's words, in the order given.</summary>
    public static async Task<IReadOnlyList<MediaSummary>> SummariesAsync(HubDbContext db, ContentReach reach, IQueryable<MediaItem> query, CancellationToken cancellationToken)
    {
        var rows = await query.Include(media => media.Renditions)
            .Select(media => new { Media = media, OrgUnitName = db.Set<OrgUnit>().Where(unit => unit.Id == media.OrgUnitId).Select(unit => unit.Name).First(), StandIn = reach.Filter(db.Set<MediaItem>()).Where(other => other.Id == media.StandInId).Select(other => other.Name).FirstOrDefault() })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => Summary(row.Media, row.OrgUnitName, row.StandIn))];
    }

    private static MediaSummary Summary(MediaItem media, string orgUnitName, string? standInName)
    {
        var full = media.Renditions.Find(rendition => rendition.Role == RenditionRole.Full);
        var thumbnail = media.Renditions.Find(rendition => rendition.Role == RenditionRole.Thumbnail);
        return new MediaSummary(
            media.Id,
            media.Name,
            media.Kind,
            media.State,
            media.Progress,
            media.FailureCode,
            media.FailureCode is null ? null : MediaText.Failure(media.FailureCode, media.FailureDetail),
            media.OrgUnitId,
            orgUnitName,
            media.Disclosure,
            full?.Bytes ?? media.SourceBytes,
            full?.DurationMs,
            full?.Width,
            full?.Height,
            full?.Sha256,
            UrlOf(full?.Sha256),
            UrlOf(thumbnail?.Sha256),
            media.UploadedAt,
            media.UploadedBy,
            StreamAddress.WithoutLogin(media.Address),
            media.StandInId,
            standInName);
    }
}
