using Kiosk.Contracts.CheckIns;
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
        return TypedResults.Ok<IReadOnlyList<HeadCountView>>([.. counts.Select(View)]);
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
                var count = new HeadCount
                {
                    Id = Guid.CreateVersion7(now), MeetingId = id, Counted = input.Counted, CheckedIn = await InRoomAsync(database, id, cancellation), At = now, By = by,
                    Note = string.IsNullOrWhiteSpace(input.Note) ? null : input.Note.Trim(),
                };
                database.Add(count);
                database.SignalChanged(Topics.Meetings, id);
                return count;
            },
            cancellationToken);
        return result.IsOk ? TypedResults.Ok(View(result.Value)) : Problems.From(result.Error);
    }

    /// <summary>Everybody known to be there now: members who came and did not leave, members noted as guests, and guests.</summary>
    public static async Task<int> InRoomAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken)
    {
        var came = db.Set<Attendance>().Where(row => row.MeetingId == meetingId && row.State != AttendanceState.Pending);
        var members = await came.CountAsync(row => row.LeftAt == null, cancellationToken);
        var noted = await db.Set<CheckInRecord>().Where(record => record.MeetingId == meetingId && record.Outcome == CheckInOutcome.Guest && record.MemberId != null
                && !came.Any(row => row.MemberId == record.MemberId))
            .Select(record => record.MemberId).Distinct().CountAsync(cancellationToken);
        return members + noted + await db.Set<MeetingGuest>().CountAsync(guest => guest.MeetingId == meetingId && guest.RemovedAt == null, cancellationToken);
    }

    private static HeadCountView View(HeadCount count)
    {
        var difference = count.Counted - count.CheckedIn;
        var key = difference switch { 0 => "head_count_equal", > 0 => "head_count_more", _ => "head_count_fewer" };
        return new HeadCountView(
            count.Id, count.Counted, count.CheckedIn, difference, CheckInsText.Get(key, count.Counted, count.CheckedIn, Math.Abs(difference)), count.At, count.By, count.Note);
    }
}
