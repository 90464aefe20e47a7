using System.Globalization;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.MakeUps;

/// <summary>What the host does about make-ups: /api/meetings/{id}/make-ups.</summary>
internal static class MakeUpEndpoints
{
    private const int MostRows = 500;

    public static void MapMakeUps(this RouteGroupBuilder meetings)
    {
        meetings.MapGet("/{id:guid}/make-ups", ListAsync);
        meetings.MapPost("/{id:guid}/make-ups", EnterAsync);
        meetings.MapPost("/{id:guid}/make-ups/{memberId:guid}/decision", DecideMakeUp.DecideAsync);
        meetings.MapPost("/{id:guid}/make-ups/{memberId:guid}/revoke", DecideMakeUp.RevokeAsync);
        meetings.MapGet("/{id:guid}/make-ups/{memberId:guid}/photos/{at}", PhotoAsync);
    }

    private static async Task<Results<Ok<IReadOnlyList<MakeUpView>>, ProblemHttpResult>> ListAsync(
        Guid id, int? skip, int? take, OperatorAccess access, HubDbContext db, PersonalData personal, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var rows =
            from makeUp in db.Set<MakeUp>().AsNoTracking()
            join member in db.Set<Member>() on makeUp.MemberId equals member.Id
            where makeUp.MeetingId == id
            orderby makeUp.State == MakeUpState.Submitted descending, makeUp.SubmittedAt, member.Id
            select new { MakeUp = makeUp, member.Name, member.Number, Photos = db.Set<MakeUpPhoto>().Count(photo => photo.MeetingId == id && photo.MemberId == member.Id) };
        response.Headers["X-Total-Count"] = (await rows.CountAsync(cancellationToken)).ToString(CultureInfo.InvariantCulture);
        var found = await rows.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? MostRows, 1, MostRows)).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MakeUpView>>([.. found.Select(row => new MakeUpView(
            row.MakeUp.MemberId, row.Name, row.Number, row.MakeUp.State, row.MakeUp.Text is { } text ? personal.Decrypt(text, row.MakeUp.MemberId) : "", row.MakeUp.Material,
            row.Photos, row.MakeUp.SubmittedAt, row.MakeUp.EnteredBy, row.MakeUp.DecidedAt, row.MakeUp.DecidedBy, row.MakeUp.Note, row.MakeUp.Granted, row.MakeUp.Revision))]);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EnterAsync(
        Guid id, MakeUpInput input, OperatorAccess access, HubDbContext db, HandInMakeUp handIn, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var invalid = new Validation().Text(input.Text, "text", HandInMakeUp.MostText, optional: !string.IsNullOrWhiteSpace(input.Material), lines: true)
            .Text(input.Material, "material", HandInMakeUp.MostMaterial, optional: true).Error();
        return invalid is not null
            ? Problems.From(invalid)
            : (await handIn.SubmitAsync(id, input.MemberId, input.Text, input.Material, null, access.Name, cancellationToken)).ToHttp();
    }

    /// <summary>For the host of this very meeting: the library does not know these pictures.</summary>
    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> PhotoAsync(
        Guid id, Guid memberId, int at, OperatorAccess access, HubDbContext db, MediaStore store, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var file = await (
            from photo in db.Set<MakeUpPhoto>()
            join rendition in db.Set<MediaRendition>() on photo.MediaId equals rendition.MediaId
            where photo.MeetingId == id && photo.MemberId == memberId && photo.Position == at && rendition.Role == RenditionRole.Full
            select new { rendition.Sha256, rendition.ContentType }).SingleOrDefaultAsync(cancellationToken);
        if (file is null || !file.ContentType.StartsWith("image/", StringComparison.Ordinal) || store.PathOf(file.Sha256) is not { } path || !File.Exists(path))
        {
            return Problems.From(MakeUpErrors.PhotoNotReady());
        }

        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, no-store";
        return TypedResults.PhysicalFile(path, file.ContentType);
    }
}
