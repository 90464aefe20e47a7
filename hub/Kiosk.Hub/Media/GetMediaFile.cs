using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Kiosk.Hub.Media;

/// <summary>
/// <c>/media/{sha256}</c>: whole or in ranges, for ever cacheable, to displays that the content is meant for and operators whose units reach it.
/// What was uploaded never runs in the hub's name: the type is ours, never guessed, and pages are sandboxed.
/// </summary>
internal static class GetMediaFile
{
    public static async Task<IResult> HandleAsync(
        string sha256, HttpContext http, MediaStore store, OperatorAccess access, MediaEntitlement entitlement, HubDbContext db, CancellationToken cancellationToken)
    {
        if (!MediaStore.IsHash(sha256))
        {
            return Problems.From(MediaErrors.NotFound());
        }

        var allowed = OperatorAccess.IdOf(http.User) is not null
            ? await OperatorMayAsync(sha256, access, db, cancellationToken)
            : DevicePrincipal.DisplayId(http.User) is { } display && await entitlement.AllowsAsync(db, display, sha256, cancellationToken);
        var file = allowed
            ? await db.Set<MediaRendition>().Where(rendition => rendition.Sha256 == sha256)
                .Select(rendition => new { rendition.ContentType, rendition.MediaId }).FirstOrDefaultAsync(cancellationToken)
            : null;
        var path = store.PathOf(sha256);

        // Not allowed and not there look alike: a hash tells nobody what exists.
        if (file is null || !File.Exists(path))
        {
            return Problems.From(MediaErrors.NotFound());
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.PhysicalFile(
            path,
            file.ContentType == "text/html" ? "text/html; charset=utf-8" : file.ContentType,
            entityTag: new EntityTagHeaderValue($"\"{sha256}\""),
            enableRangeProcessing: true);
    }

    private static async Task<bool> OperatorMayAsync(string sha256, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var reach = await ContentReach.OfAsync(access, db, null, cancellationToken);
        return reach.IsOk && await reach.Value.Filter(db.Set<MediaItem>())
            .AnyAsync(media => media.Renditions.Any(rendition => rendition.Sha256 == sha256), cancellationToken);
    }
}
