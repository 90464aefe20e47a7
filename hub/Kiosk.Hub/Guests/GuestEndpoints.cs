using System.Globalization;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Guests;

/// <summary>People at a meeting who are not among the expected: /api/meetings/{id}/guests and /floating.</summary>
internal static class GuestEndpoints
{
    private const int MostRows = 500;

    public static void MapGuests(this RouteGroupBuilder meetings)
    {
        meetings.MapGet("/{id:guid}/guests", ListAsync);
        meetings.MapPost("/{id:guid}/guests", AddAsync);
        meetings.MapPost("/{id:guid}/guests/{guestId:guid}/remove", RemoveAsync);
        meetings.MapPost("/{id:guid}/floating", FloatingAsync);
    }

    private static async Task<Results<Ok<IReadOnlyList<GuestView>>, ProblemHttpResult>> ListAsync(
        Guid id, OperatorAccess access, HubDbContext db, PersonalData personal, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var guests = await db.Set<MeetingGuest>().AsNoTracking().Where(guest => guest.MeetingId == id)
            .OrderBy(guest => guest.At).ThenBy(guest => guest.Id).Take(MostRows).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<GuestView>>([.. guests.Select(guest => View(guest, personal))]);
    }

    private static async Task<Results<Created<GuestView>, ProblemHttpResult>> AddAsync(
        Guid id, GuestInput input, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        OperatorAccess access, HubDbContext db, HubWriter writer, PersonalData personal, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var now = time.GetUtcNow();
        var visitor = input.Kind is GuestKind.Visitor;
        var invalid = new Validation().Text(input.Name, "name", 60).Text(input.Branch, "branch", 120, optional: !visitor)
            .Require(!visitor || input.PersonKind is not null, "personKind", CheckInsText.Get("guest_branch"))
            .Require(input.At is null || input.At <= now, "at", MeetingsText.Get("time_in_future"))
            .Require(idempotencyKey is null or { Length: >= 1 and <= 80 }, "idempotencyKey", PointsText.Get("key_form")).Error();
        if (invalid is not null)
        {
            return Problems.From(invalid);
        }

        // Of the key, so that a request sent again finds the guest and the receipt it made the first time.
        var guestId = idempotencyKey is null ? Guid.CreateVersion7(now) : DerivedId.Of("guest", id.ToString("N"), idempotencyKey);
        var (name, by) = (personal.Encrypt(input.Name.Trim(), guestId), access.Name);
        var result = await writer.WriteAsync<GuestView>(
            async (database, cancellation) =>
            {
                var meeting = await database.Set<Meeting>().AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
                if (await database.Set<MeetingGuest>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == guestId, cancellation) is { } before)
                {
                    var first = View(before, personal);
                    return first.Kind == input.Kind && first.Name == input.Name.Trim() && first.Branch == (visitor ? input.Branch!.Trim() : null)
                        ? first : PointsErrors.KeyReused();
                }

                if (meeting.State is MeetingState.Cancelled)
                {
                    return MeetingsErrors.NotOpen();
                }

                var year = MeetingTimes.LocalDate(meeting.Start, meeting.TimeZone).Year;
                var last = await database.Set<MeetingGuest>().Where(other => other.ReceiptUnitId == meeting.OrgUnitId && other.ReceiptYear == year)
                    .MaxAsync(other => other.ReceiptSequence, cancellation);
                var guest = new MeetingGuest
                {
                    Id = guestId,
                    MeetingId = id,
                    Kind = input.Kind,
                    Name = name,
                    Branch = visitor ? input.Branch!.Trim() : null,
                    PersonKind = visitor ? input.PersonKind : null,
                    At = input.At ?? now,
                    By = by,
                    ReceiptUnitId = visitor ? meeting.OrgUnitId : null,
                    ReceiptYear = visitor ? year : null,
                    ReceiptSequence = visitor ? (last ?? 0) + 1 : null,
                };
                database.Add(guest);
                database.SignalChanged(Topics.Meetings, id);
                return View(guest, personal);
            },
            cancellationToken);
        return result.IsOk ? TypedResults.Created($"/api/meetings/{id}/guests/{guestId}", result.Value) : Problems.From(result.Error);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, Guid guestId, RemoveGuest input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        if (new Validation().Text(input.Reason, "reason", 200).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var guest = await database.Set<MeetingGuest>().SingleOrDefaultAsync(row => row.Id == guestId && row.MeetingId == id, cancellation);
                if (guest is null)
                {
                    return new Shared.NotFound("guest_unknown", CheckInsText.Get("guest_unknown"));
                }

                if (guest.RemovedAt is null)
                {
                    (guest.RemovedAt, guest.RemovedBy, guest.RemovedReason) = (now, by, input.Reason.Trim());
                    database.SignalChanged(Topics.Meetings, id);
                }

                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    private static async Task<Results<Ok<CheckInResult>, ProblemHttpResult>> FloatingAsync(
        Guid id, FloatingCheckIn input, OperatorAccess access, HubDbContext db, CheckInQueue queue, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var now = time.GetUtcNow();
        var invalid = new Validation().Text(input.MemberNumber, "memberNumber", 20).Text(input.Name, "name", 60).Text(input.Reason, "reason", 200)
            .Require(input.At is null || input.At <= now, "at", MeetingsText.Get("time_in_future")).Error();
        if (invalid is not null)
        {
            return Problems.From(invalid);
        }

        var number = input.MemberNumber.Trim().ToUpper(CultureInfo.InvariantCulture);
        var name = input.Name.Trim();
        var member = await db.Set<Member>().Where(row => row.Number == number && row.Name == name).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancellationToken);
        if (member is null)
        {
            return Problems.From(new Shared.NotFound("member_unknown", CheckInsText.Get("member_number_name")));
        }

        var evidence = new CheckInEvidence(Guid.CreateVersion7(now), id, member, CheckInMethod.Helper, null, input.At ?? now, now, ClockState.Synced)
        {
            By = access.Name, Reason = input.Reason.Trim(), Admitted = true,
        };
        var result = (await queue.SubmitAsync(evidence, cancellationToken)).Result;
        return TypedResults.Ok(await HelperCheckIns.ForHostAsync(result, id, member.Value, access, db, cancellationToken));
    }

    private static GuestView View(MeetingGuest guest, PersonalData personal) => new(
        guest.Id, guest.Kind, personal.Decrypt(guest.Name, guest.Id), guest.Branch, guest.PersonKind, guest.At, guest.By,
        MeetingGuest.ReceiptNumber(guest.ReceiptYear, guest.ReceiptSequence), guest.RemovedAt, guest.RemovedBy, guest.RemovedReason);
}
