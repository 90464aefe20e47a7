using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Minutes;

/// <summary>GET /api/meetings/{id}/minutes.</summary>
internal static class ReadMinutes
{
    public static async Task<Results<Ok<MinutesView>, ProblemHttpResult>> GetAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken) =>
        await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied
            ? Problems.From(denied)
            : TypedResults.Ok(await ViewAsync(db, id, cancellationToken));

    public static async Task<MinutesView> ViewAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken)
    {
        var minutes = await db.Set<MeetingMinutes>().AsNoTracking().SingleOrDefaultAsync(row => row.MeetingId == meetingId, cancellationToken);
        var photos = await PhotosAsync(db, meetingId, cancellationToken);
        return minutes is null
            ? new MinutesView(meetingId, MinutesState.Draft, "", [], null, photos, null, null, null, null, 0)
            : new MinutesView(
                meetingId, minutes.State, minutes.Text, DecisionsOf(minutes), minutes.Recorder, photos, minutes.UpdatedAt, minutes.UpdatedBy, minutes.FinalAt, minutes.FinalBy, minutes.Revision);
    }

    public static IReadOnlyList<MinutesDecision> DecisionsOf(MeetingMinutes minutes) =>
        JsonSerializer.Deserialize<IReadOnlyList<MinutesDecision>>(minutes.Decisions, KioskJson.Options) ?? [];

    /// <summary>Where a photo of minutes is read.</summary>
    public static string UrlOf(Guid meetingId, Guid photoId) => $"/api/meetings/{meetingId}/minutes/photos/{photoId}";

    private static async Task<IReadOnlyList<MinutesPhoto>> PhotosAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken)
    {
        var rows = await (
            from picture in db.Set<MinutesPicture>().AsNoTracking()
            join media in db.Set<MediaItem>() on picture.MediaId equals media.Id
            where picture.MeetingId == meetingId
            orderby picture.Id
            select new { picture.Id, picture.MediaId, media.Name, media.State, media.FailureCode, media.FailureDetail }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new MinutesPhoto(
            row.Id, row.MediaId, row.Name, row.State, row.State is MediaState.Ready ? UrlOf(meetingId, row.Id) : null,
            row.FailureCode is { } code ? MediaText.Failure(code, row.FailureDetail) : null))];
    }
}
