using System.Globalization;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Media;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET and POST /my/meetings/{id}/make-up: what a member did instead of coming, with up to three photos.</summary>
internal static class MakeUpPages
{
    /// <summary>Of a request: three photos as phones take them.</summary>
    public const long MostBytes = 48L << 20;

    private const long MostPhotoBytes = 15L << 20;

    private sealed record Held(string Title, string Room, Guid OrgUnitId, DateTimeOffset Start, string TimeZone);

    public static async Task<IResult> ShowAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, PersonalData personal, HandInMakeUp handIn, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, PathOf(id));
        }

        if (await handIn.RefusalAsync(db, id, memberId, byHost: false, cancellationToken) is { } refused)
        {
            return Refused(http, refused);
        }

        var before = await db.Set<MakeUp>().AsNoTracking().SingleOrDefaultAsync(row => row.MeetingId == id && row.MemberId == memberId, cancellationToken);
        return await FormAsync(
            http, db, id, before, before?.Text is { } text ? personal.Decrypt(text, memberId) : "", before?.Material ?? "", null, cancellationToken);
    }

    public static async Task<IResult> SubmitAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, HandInMakeUp handIn, MediaUploads uploads, CancellationToken cancellationToken)
    {
        // A village's uplink may stand still for a while.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new(bytesPerSecond: 50, gracePeriod: TimeSpan.FromSeconds(60));
        }

        // Before the photos are read: 48 MB are taken from nobody who is not signed in.
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status401Unauthorized, PathOf(id));
        }

        if (await PhonePages.FormAsync(http) is not { } form)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), PathOf(id));
        }

        if (await handIn.RefusalAsync(db, id, memberId, byHost: false, cancellationToken) is { } refused)
        {
            return Refused(http, refused);
        }

        var (text, material) = (VisibleText.WithoutHidden(form["text"].ToString().ReplaceLineEndings("\n")).Trim(), VisibleText.WithoutHidden(form["material"].ToString()).Trim());
        var photos = form.Files.Where(file => file is { Name: "photo", Length: > 0 }).ToList();
        var before = await db.Set<MakeUp>().AsNoTracking().SingleOrDefaultAsync(row => row.MeetingId == id && row.MemberId == memberId, cancellationToken);
        if (await WrongAsync(text, material, photos, before is not null && await HasPhotosAsync(db, id, memberId, cancellationToken), cancellationToken) is { } wrong)
        {
            return await FormAsync(http, db, id, before, text, material, wrong, cancellationToken);
        }

        var meeting = await FindAsync(db, id, cancellationToken);
        var taken = new List<Guid>();
        foreach (var photo in photos)
        {
            await using var stream = photo.OpenReadStream();
            var received = await uploads.ReceiveAsync(
                stream, photo.Length, new MediaUploads.Target(meeting.OrgUnitId, PhoneText.Get("make_up_title"), Disclosure.Restricted, null, "", Evidence: true), cancellationToken);
            if (!received.IsOk)
            {
                await handIn.DropPhotosAsync(taken, CancellationToken.None);
                return PhonePages.Refused(http, received.Error.Code, StatusCodes.Status503ServiceUnavailable, received.Error.Message, PathOf(id));
            }

            taken.Add(received.Value);
        }

        var result = await handIn.SubmitAsync(id, memberId, text, material, taken.Count == 0 ? null : taken, by: null, cancellationToken);
        if (!result.IsOk)
        {
            await handIn.DropPhotosAsync(taken, CancellationToken.None);
            return Refused(http, result.Error);
        }

        return new RazorComponentResult<MessagePage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("make_up_title"), "make_up_sent", "/my/meetings"),
            Model = new MessageModel("done", PhoneText.Get("make_up_sent"), null, [], OfferOther: false, OfferPoints: false) { OfferMeetings = true },
        });
    }

    private static async Task<string?> WrongAsync(string text, string material, List<IFormFile> photos, bool hasPhotos, CancellationToken cancellationToken)
    {
        if (text.Length == 0 && material.Length == 0 && photos.Count == 0 && !hasPhotos)
        {
            return "make_up_empty";
        }

        if (Length(text) > HandInMakeUp.MostText || Length(material) > HandInMakeUp.MostMaterial || text.Length > HandInMakeUp.MostText * 16 || material.Length > HandInMakeUp.MostMaterial * 16)
        {
            return "make_up_long";
        }

        if (photos.Count > HandInMakeUp.MostPhotos)
        {
            return "make_up_photos_many";
        }

        foreach (var photo in photos)
        {
            if (photo.Length > MostPhotoBytes)
            {
                return "make_up_photo_large";
            }

            var head = new byte[FileSignature.HeadBytes];
            await using var stream = photo.OpenReadStream();
            var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            if (FileSignature.Detect(head.AsSpan(0, read)) is not (FileKind.Jpeg or FileKind.Png or FileKind.WebP or FileKind.Heif))
            {
                return "make_up_photo_kind";
            }
        }

        return null;
    }

    private static int Length(string text) => new StringInfo(text).LengthInTextElements;

    private static Task<bool> HasPhotosAsync(HubDbContext db, Guid id, Guid memberId, CancellationToken cancellationToken) =>
        db.Set<MakeUpPhoto>().AnyAsync(photo => photo.MeetingId == id && photo.MemberId == memberId, cancellationToken);

    private static IResult Refused(HttpContext http, Error error) => PhonePages.Refused(http, error, "/my/meetings");

    private static async Task<IResult> FormAsync(
        HttpContext http, HubDbContext db, Guid id, MakeUp? before, string text, string material, string? wrong, CancellationToken cancellationToken)
    {
        var meeting = await FindAsync(db, id, cancellationToken);
        return new RazorComponentResult<MakeUpPage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("make_up_title"), wrong ?? "make_up", PathOf(id)),
            Model = new MakeUpModel(
                PathOf(id), meeting.Title, meeting.Room, PhoneText.When(meeting.Start, meeting.TimeZone, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()), text, material, before is not null,
                before is { State: MakeUpState.Returned or MakeUpState.Revoked } ? before.Note : null, wrong is null ? null : PhoneText.Get(wrong)),
        })
        {
            StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static Task<Held> FindAsync(HubDbContext db, Guid id, CancellationToken cancellationToken) => (
        from meeting in db.Set<Meeting>()
        join room in db.Set<Room>() on meeting.RoomId equals room.Id
        where meeting.Id == id
        select new Held(meeting.Title, room.Name, meeting.OrgUnitId, meeting.Start, meeting.TimeZone)).SingleAsync(cancellationToken);

    private static string PathOf(Guid id) => $"/my/meetings/{id}/make-up";
}
