using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Minutes;

/// <summary>
/// POST /api/meetings/{id}/minutes/photos?name= with the picture as body, GET and DELETE …/{photoId}. Photos pass the same checks as media, but are no
/// part of the library: only hosts of the meeting see them.
/// </summary>
internal static class MinutesPhotos
{
    private const int Most = 30;

    public static async Task<Results<Accepted<MinutesView>, ProblemHttpResult>> AddAsync(
        Guid id, string? name, HttpContext http, OperatorAccess access, HubDbContext db, HubWriter writer, MediaUploads uploads, TimeProvider time)
    {
        var cancellationToken = http.RequestAborted;
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        if (MediaUploads.Check(name) is { } invalid)
        {
            return Problems.From(invalid);
        }

        if (await RefusalAsync(db, id, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var unit = await db.Set<Meeting>().Where(meeting => meeting.Id == id).Select(meeting => meeting.OrgUnitId).SingleAsync(cancellationToken);
        Result<Guid> received;
        try
        {
            received = await uploads.ReceiveAsync(
                http.Request.Body, http.Request.ContentLength, new MediaUploads.Target(unit, name!, Disclosure.Restricted, access.Id, access.Name, Evidence: true), cancellationToken);
        }
        catch (BadHttpRequestException)
        {
            received = MediaErrors.UploadCut();
        }

        if (!received.IsOk)
        {
            return Problems.From(received.Error);
        }

        var now = time.GetUtcNow();
        var saved = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                if (await RefusalAsync(database, id, cancellation) is { } late)
                {
                    return late;
                }

                database.Add(new MinutesPicture { Id = Guid.CreateVersion7(now), MeetingId = id, MediaId = received.Value });
                database.SignalChanged(Topics.Meetings, id);
                return default(Done);
            },
            cancellationToken);
        if (!saved.IsOk)
        {
            // Declared final while the picture was on its way: nobody will ever see it.
            await writer.WriteAsync<Done>(
                async (database, cancellation) =>
                {
                    await DropAsync(database, received.Value, cancellation);
                    return default(Done);
                },
                cancellationToken);
            return Problems.From(saved.Error);
        }

        return TypedResults.Accepted((string?)null, await ReadMinutes.ViewAsync(db, id, cancellationToken));
    }

    public static async Task<IResult> GetAsync(Guid id, Guid photoId, HttpContext http, OperatorAccess access, HubDbContext db, MediaStore store, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var file = await (
            from picture in db.Set<MinutesPicture>()
            join rendition in db.Set<MediaRendition>() on picture.MediaId equals rendition.MediaId
            where picture.Id == photoId && picture.MeetingId == id && rendition.Role == RenditionRole.Full
            select new { rendition.Sha256, rendition.ContentType }).SingleOrDefaultAsync(cancellationToken);
        return file is null ? Problems.From(MinutesErrors.PhotoUnknown()) : MediaFile.Send(http, store, file.Sha256, file.ContentType);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, Guid photoId, OperatorAccess access, HubDbContext db, HubWriter writer, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                if (await IsFinalAsync(database, id, cancellation))
                {
                    return MinutesErrors.Final();
                }

                if (await database.Set<MinutesPicture>().SingleOrDefaultAsync(picture => picture.Id == photoId && picture.MeetingId == id, cancellation) is not { } picture)
                {
                    return default(Done);
                }

                database.Remove(picture);
                await DropAsync(database, picture.MediaId, cancellation);
                database.SignalChanged(Topics.Meetings, id);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    // A photo is in nobody's library: with the minutes it goes altogether.
    private static async Task DropAsync(HubDbContext db, Guid mediaId, CancellationToken cancellationToken)
    {
        var media = await db.Set<MediaItem>().Include(item => item.Renditions).SingleAsync(item => item.Id == mediaId && item.Evidence, cancellationToken);
        string[] hashes = [.. media.Renditions.Select(rendition => rendition.Sha256)];
        db.RemoveRange(media.Renditions);
        db.Remove(media);
        db.OnCommitted(services => services.GetRequiredService<MediaFiles>().RemoveUnnamedLater(hashes));
    }

    private static async Task<Error?> RefusalAsync(HubDbContext db, Guid id, CancellationToken cancellationToken) =>
        await IsFinalAsync(db, id, cancellationToken) ? MinutesErrors.Final()
        : await db.Set<MinutesPicture>().CountAsync(picture => picture.MeetingId == id, cancellationToken) >= Most ? MinutesErrors.PhotosMany(Most)
        : null;

    private static Task<bool> IsFinalAsync(HubDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Set<MeetingMinutes>().AnyAsync(minutes => minutes.MeetingId == id && minutes.State == MinutesState.Final, cancellationToken);
}
