using System.Globalization;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Guests;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>GET, POST /api/meetings/{id}/head-counts: 人数清点, to reconcile the room with the check-ins.</summary>
internal static class CountHeads
{
    private const int MostRows = 100;

    public static async Task<Results<Ok<IReadOnlyList<HeadCountView>>, ProblemHttpResult>> ListAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var counts = await db.Set<HeadCount>().AsNoTracking().Where(count => count.MeetingId == id)
            .OrderByDescending(count => count.At).ThenByDescending(count => count.Id).Take(MostRows).ToListAsync(cancellationToken);
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<HeadCountView>>([.. counts.Select(count => View(count, meeting))]);
    }

    public static async Task<Results<Ok<HeadCountView>, ProblemHttpResult>> AddAsync(
        Guid id, HeadCountInput input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var invalid = new Validation().Text(input.Note, "note", 200, optional: true)
            .Require(input.Counted is >= 0 and <= 20_000, "counted", CheckInsText.Get("head_count_form")).Error();
        if (invalid is not null)
        {
            return Problems.From(invalid);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteAsync<HeadCount>(
            async (database, cancellation) =>
            {
                var (all, observers, others) = await InRoomAsync(database, id, cancellation);
                var count = new HeadCount
                {
                    Id = Guid.CreateVersion7(now), MeetingId = id, Counted = input.Counted, CheckedIn = all, Others = others, Observers = observers, At = now, By = by,
                    Note = string.IsNullOrWhiteSpace(input.Note) ? null : input.Note.Trim(),
                };
                database.Add(count);
                database.SignalChanged(Topics.Meetings, id);
                return count;
            },
            cancellationToken);
        return result.IsOk
            ? TypedResults.Ok(View(result.Value, await db.Set<Meeting>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken)))
            : Problems.From(result.Error);
    }

    /// <summary>Everybody known to be there now: members who came and did not leave, members noted as guests, and guests.</summary>
    private static async Task<(int All, int Observers, int Others)> InRoomAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken)
    {
        var members = db.Set<Attendance>().Where(row => row.MeetingId == meetingId && row.State != AttendanceState.Pending && row.LeftAt == null);
        var observers = await members.CountAsync(
            row => db.Set<RosterMember>().Any(entry => entry.MeetingId == meetingId && entry.MemberId == row.MemberId && entry.Kind == RosterKind.Observer), cancellationToken);
        var others = await ListUnexpected.Came(db, meetingId).CountAsync(row => row.LeftAt == null, cancellationToken)
            + await ListUnexpected.Noted(db, meetingId).Select(record => record.MemberId).Distinct().CountAsync(cancellationToken)
            + await db.Set<MeetingGuest>().CountAsync(guest => guest.MeetingId == meetingId && guest.RemovedAt == null, cancellationToken);
        var expected = await members.CountAsync(
            row => db.Set<RosterMember>().Any(entry => entry.MeetingId == meetingId && entry.MemberId == row.MemberId && entry.Kind != RosterKind.Observer), cancellationToken);
        return (expected + observers + others, observers, others);
    }

    private static HeadCountView View(HeadCount count, Meeting meeting)
    {
        var difference = count.Counted - count.CheckedIn;
        var key = difference switch { 0 => "head_count_equal", > 0 => "head_count_more", _ => "head_count_fewer" };
        // Who comes after it is not in it: the sentence says of when it is.
        var local = MeetingTimes.Local(count.At, meeting.TimeZone);
        var at = local.ToString(DateOnly.FromDateTime(local.Date) == MeetingTimes.LocalDate(meeting.Start, meeting.TimeZone) ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new HeadCountView(
            count.Id, count.Counted, count.CheckedIn, difference, CheckInsText.Get(key, count.Counted, count.CheckedIn, Math.Abs(difference), at, MadeOf(count)), count.At, count.By, count.Note);
    }

    /// <summary>The tile of who is present counts the expected alone; whatever else is in the number is said.</summary>
    private static string MadeOf(HeadCount count)
    {
        if (count.Others + count.Observers == 0)
        {
            return "";
        }

        var parts = new List<string> { CheckInsText.Get("head_count_roster", count.CheckedIn - count.Others - count.Observers) };
        if (count.Observers > 0)
        {
            parts.Add(CheckInsText.Get("head_count_observers", count.Observers));
        }

        if (count.Others > 0)
        {
            parts.Add(CheckInsText.Get("head_count_others", count.Others));
        }

        return CheckInsText.Get("head_count_made_of", string.Join(CheckInsText.Get("head_count_comma"), parts));
    }
}
