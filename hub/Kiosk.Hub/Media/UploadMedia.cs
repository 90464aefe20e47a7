using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Kiosk.Hub.Media;

/// <summary>The upload request: everything that can be refused is refused before the body is read.</summary>
internal static class UploadMedia
{
    public static async Task<Results<Accepted<MediaSummary>, ProblemHttpResult>> HandleAsync(
        Guid orgUnitId, string? name, Choice<Disclosure>? disclosure,
        HttpContext http, OperatorAccess access, MediaUploads uploads, HubDbContext db)
    {
        var cancellationToken = http.RequestAborted;
        if (await access.CheckAsync(OperatorRole.Editor, orgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        if (MediaUploads.Check(name) is { } invalid)
        {
            return Problems.From(invalid);
        }

        // A village's uplink may stand still for a while.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new(bytesPerSecond: 50, gracePeriod: TimeSpan.FromSeconds(60));
        }

        var target = new MediaUploads.Target(orgUnitId, name!, disclosure?.Value ?? Disclosure.Internal, access.Id, access.Name);
        Result<Guid> received;
        try
        {
            received = await uploads.ReceiveAsync(http.Request.Body, http.Request.ContentLength, target, cancellationToken);
        }
        catch (BadHttpRequestException)
        {
            received = MediaErrors.UploadCut();
        }

        if (!received.IsOk)
        {
            return Problems.From(received.Error);
        }

        var summary = await ListMedia.FindAsync(received.Value, access, db, cancellationToken);
        return summary.IsOk ? TypedResults.Accepted($"/api/media/{received.Value}", summary.Value) : Problems.From(summary.Error);
    }
}
