using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Kiosk.Hub.Feeds;

/// <summary>GET of feeds and documents by displays: only what the display follows at this moment.</summary>
internal static class FeedAccess
{
    /// <summary>Versions travel beside the body; the ETag is its SHA-256.</summary>
    public const string VersionHeader = "Kiosk-Version";

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapGet(DeviceRoutes.Feed("{**key}"), GetFeedAsync).RequireDevice();
        app.MapGet(DeviceRoutes.Document("{sha256}"), GetDocumentAsync).RequireDevice();
    }

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, ProblemHttpResult>> GetFeedAsync(
        string key, HttpContext http, HubDbContext db, DisplayClock clock, FeedEpoch epoch, CancellationToken cancellationToken)
    {
        var displayId = DevicePrincipal.DisplayId(http.User);
        await clock.EnsureCurrentAsync(displayId, cancellationToken);
        if (!await db.Set<DisplayFollow>().AnyAsync(follow => follow.DisplayId == displayId && follow.FeedKey == key, cancellationToken)
            || await db.Set<Feed>().SingleOrDefaultAsync(feed => feed.Key == key, cancellationToken) is not { } feed)
        {
            // The same answer for "not yours" and "not there": keys tell nothing.
            return Shared.Problems.From(Shared.SharedErrors.NotFound());
        }

        http.Response.Headers[DeviceRoutes.EpochHeader] = await epoch.GetAsync(cancellationToken);
        http.Response.Headers[VersionHeader] = feed.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.File(feed.Body, "application/json", entityTag: new EntityTagHeaderValue($"\"{feed.Sha256}\""));
    }

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, ProblemHttpResult>> GetDocumentAsync(
        string sha256, HttpContext http, HubDbContext db, DisplayClock clock, CancellationToken cancellationToken)
    {
        var displayId = DevicePrincipal.DisplayId(http.User);
        await clock.EnsureCurrentAsync(displayId, cancellationToken);
        if (!await Entitlement.NamesAsync(db, displayId, sha256, cancellationToken)
            || await db.Set<FeedDocument>().SingleOrDefaultAsync(document => document.Sha256 == sha256, cancellationToken) is not { } document)
        {
            return Shared.Problems.From(Shared.SharedErrors.NotFound());
        }

        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.File(document.Body, "application/json", entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }
}

/// <summary>What a display may fetch follows from the feeds it follows at this moment, never from what it says.</summary>
internal static class Entitlement
{
    /// <summary>Whether a followed feed itself names this file or document.</summary>
    public static Task<bool> NamesAsync(HubDbContext db, Guid displayId, string sha256, CancellationToken cancellationToken) => (
        from follow in db.Set<DisplayFollow>()
        join reference in db.Set<FeedReference>() on follow.FeedKey equals reference.FeedKey
        where follow.DisplayId == displayId && reference.Sha256 == sha256
        select reference).AnyAsync(cancellationToken);

    /// <summary>Whether a document that a followed feed names in turn names this file.</summary>
    public static Task<bool> NamesThroughDocumentAsync(HubDbContext db, Guid displayId, string sha256, CancellationToken cancellationToken) => (
        from inner in db.Set<FeedDocumentReference>()
        join reference in db.Set<FeedReference>() on inner.DocumentSha256 equals reference.Sha256
        join follow in db.Set<DisplayFollow>() on reference.FeedKey equals follow.FeedKey
        where inner.Sha256 == sha256 && follow.DisplayId == displayId
        select inner).AnyAsync(cancellationToken);
}

/// <summary>Whether a display may fetch a media file, for GET /media/{sha256}.</summary>
internal sealed class MediaEntitlement(DisplayClock clock)
{
    public async Task<bool> AllowsAsync(HubDbContext db, Guid displayId, string sha256, CancellationToken cancellationToken)
    {
        await clock.EnsureCurrentAsync(displayId, cancellationToken);
        return await Entitlement.NamesAsync(db, displayId, sha256, cancellationToken)
            || await Entitlement.NamesThroughDocumentAsync(db, displayId, sha256, cancellationToken);
    }
}
