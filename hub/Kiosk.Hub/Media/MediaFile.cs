using Kiosk.Hub.Shared;
using Microsoft.Net.Http.Headers;

namespace Kiosk.Hub.Media;

/// <summary>A file of the store for somebody who has been found to be allowed. What was uploaded never runs in the hub's name.</summary>
internal static class MediaFile
{
    public static IResult Send(HttpContext http, MediaStore store, string sha256, string contentType)
    {
        var path = store.PathOf(sha256);
        if (!File.Exists(path))
        {
            return Problems.From(MediaErrors.NotFound());
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.PhysicalFile(
            path, contentType == "text/html" ? "text/html; charset=utf-8" : contentType, entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
    }
}
