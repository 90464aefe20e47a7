using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.FairPlay;

/// <summary>The host asks for the second proof: of everybody from now on, or of one person; and confirms by hand whom they see in the room.</summary>
internal static class AskProof
{
    /// <summary>PUT /api/meetings/{id}/second-proof.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> EverybodyAsync(
        Guid id, SecondProofInput input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                if (await database.Set<ProofRule>().SingleOrDefaultAsync(rule => rule.MeetingId == id, cancellation) is { } held)
                {
                    (held.On, held.By, held.At) = held.On == input.AskEverybody ? (held.On, held.By, held.At) : (input.AskEverybody, by, now);
                }
                else
                {
                    database.Add(new ProofRule { MeetingId = id, On = input.AskEverybody, By = by, At = now });
                }

                database.SignalChanged(Topics.Meetings, id);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>POST /api/meetings/{id}/second-proof/{memberId}: the number itself comes when the phone asks for it.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> OneAsync(
        Guid id, Guid memberId, OperatorAccess access, HubDbContext db, HubWriter writer, AttendanceFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                if (!await database.Set<Attendance>().AnyAsync(row => row.MeetingId == id && row.MemberId == memberId && row.State != AttendanceState.Pending, cancellation))
                {
                    return CheckInErrors.NotCheckedIn();
                }

                var proof = await database.Set<SecondProof>().SingleOrDefaultAsync(row => row.MeetingId == id && row.MemberId == memberId, cancellation);
                if (proof is { State: ProofState.Waiting })
                {
                    return default(Done);
                }

                if (proof is null)
                {
                    database.Add(new SecondProof { MeetingId = id, MemberId = memberId, State = ProofState.Waiting, AskedAt = now, AskedBy = by });
                }
                else
                {
                    (proof.State, proof.AskedAt, proof.AskedBy, proof.SettledAt, proof.SettledBy, proof.DisplayId, proof.Word, proof.Number, proof.NumberUntil) =
                        (ProofState.Waiting, now, by, null, null, null, null, null, null);
                }

                database.SignalChanged(Topics.Meetings, id);
                await TouchAsync(database, id, feeds, cancellation);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>POST /api/meetings/{id}/second-proof/{memberId}/confirm.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> ConfirmAsync(
        Guid id, Guid memberId, ProofConfirmation input, OperatorAccess access, HubDbContext db, HubWriter writer, AttendanceFeeds feeds, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        if (new Validation().Text(input.Word, "word", 200).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (now, by, word) = (time.GetUtcNow(), access.Name, input.Word.Trim());
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                if (await database.Set<SecondProof>().SingleOrDefaultAsync(row => row.MeetingId == id && row.MemberId == memberId, cancellation) is not { } proof)
                {
                    return FairPlayErrors.ProofUnknown();
                }

                // Tapped meanwhile: that says more.
                if (proof.State is ProofState.Waiting)
                {
                    (proof.State, proof.SettledAt, proof.SettledBy, proof.Word) = (ProofState.Confirmed, now, by, word);
                    database.SignalChanged(Topics.Meetings, id);
                    await TouchAsync(database, id, feeds, cancellation);
                }

                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    // The room's screen shows the number pad as long as its document says that a number waits.
    private static async Task TouchAsync(HubDbContext db, Guid meetingId, AttendanceFeeds feeds, CancellationToken cancellationToken)
    {
        var room = await db.Set<Meeting>().Where(meeting => meeting.Id == meetingId).Select(meeting => meeting.RoomId).SingleAsync(cancellationToken);
        db.OnCommitted(_ => feeds.Touch([room]));
    }
}
