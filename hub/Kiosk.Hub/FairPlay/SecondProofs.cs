using System.Security.Cryptography;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.FairPlay;

/// <summary>Where somebody's second proof stands.</summary>
/// <param name="Number">The number to tap; null once it is settled, or when it has run out.</param>
internal sealed record ProofStanding(ProofState State, int? Number, DateTimeOffset? Until);

/// <summary>Gives out the numbers that are tapped on the room's screen. A number is one person's as long as it waits.</summary>
internal sealed class SecondProofs(HubWriter writer, DisplayPresence presence, AttendanceFeeds feeds, FairPlayOptions options, TimeProvider time)
{
    private const int Smallest = 10;
    private const int Largest = 99;

    /// <summary>
    /// After a check-in by phone: the proof that is asked of this member, or null. Nobody is asked while the room's display cannot reach the hub,
    /// since the number could not be tapped.
    /// </summary>
    public async Task<ProofStanding?> AfterCheckInAsync(HubDbContext db, Guid meetingId, Guid memberId, Guid displayId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var held = await db.Set<SecondProof>().AsNoTracking().SingleOrDefaultAsync(proof => proof.MeetingId == meetingId && proof.MemberId == memberId, cancellationToken);
        if (held is { State: ProofState.Waiting, Number: not null } waiting && waiting.NumberUntil > now)
        {
            return StandingOf(waiting, now);
        }

        var asked = held is { State: ProofState.Waiting }
            || (presence.IsOnline(displayId) && await db.Set<ProofRule>().AnyAsync(rule => rule.MeetingId == meetingId && rule.On, cancellationToken));
        return asked ? await GiveAsync(meetingId, memberId, cancellationToken) : held is null ? null : StandingOf(held, now);
    }

    /// <summary>Where it stands; nothing is changed.</summary>
    public async Task<ProofStanding?> FindAsync(HubDbContext db, Guid meetingId, Guid memberId, CancellationToken cancellationToken) =>
        await db.Set<SecondProof>().AsNoTracking().SingleOrDefaultAsync(proof => proof.MeetingId == meetingId && proof.MemberId == memberId, cancellationToken) is { } held
            ? StandingOf(held, time.GetUtcNow())
            : null;

    /// <summary>A number that counts, for somebody who is asked; made when there is none or it has run out.</summary>
    public async Task<ProofStanding?> GiveAsync(Guid meetingId, Guid memberId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var given = await writer.WriteAsync<ProofStanding>((db, cancellation) => GiveAsync(db, meetingId, memberId, now, cancellation), cancellationToken);
        return given.Value;
    }

    private async Task<Result<ProofStanding>> GiveAsync(HubDbContext db, Guid meetingId, Guid memberId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var attendance = await db.Set<Attendance>().AsNoTracking().SingleOrDefaultAsync(row => row.MeetingId == meetingId && row.MemberId == memberId, cancellationToken);
        if (attendance is null or { State: AttendanceState.Pending })
        {
            return CheckInErrors.NotCheckedIn();
        }

        var proof = await db.Set<SecondProof>().SingleOrDefaultAsync(row => row.MeetingId == meetingId && row.MemberId == memberId, cancellationToken);
        if (proof is null)
        {
            db.Add(proof = new SecondProof { MeetingId = meetingId, MemberId = memberId, State = ProofState.Waiting, AskedAt = now });
        }
        else if (proof.State is not ProofState.Waiting && attendance.UndoneAt is { } undone && undone > proof.AskedAt)
        {
            // Proven for an attendance that was taken back: this is another one.
            (proof.State, proof.AskedAt, proof.AskedBy, proof.SettledAt, proof.SettledBy, proof.DisplayId, proof.Word, proof.Number) = (ProofState.Waiting, now, null, null, null, null, null, null);
        }

        if (proof.State is not ProofState.Waiting || (proof.Number is not null && proof.NumberUntil > now))
        {
            return StandingOf(proof, now);
        }

        await db.Set<SecondProof>().Where(row => row.MeetingId == meetingId && row.State == ProofState.Waiting && row.NumberUntil <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Number, (int?)null), cancellationToken);
        // Also those tapped a moment ago: a repeated tap must not meet somebody else's number.
        var recently = now.AddSeconds(-options.NumberSeconds);
        var taken = await db.Set<SecondProof>().Where(row => row.MeetingId == meetingId && row.Number != null && row.NumberUntil > recently)
            .Select(row => row.Number!.Value).ToListAsync(cancellationToken);
        var free = Enumerable.Range(Smallest, Largest - Smallest + 1).Except(taken).ToList();
        // With ninety people at once some wait for a number; the host can confirm them by hand.
        proof.Number = free.Count == 0 ? null : free[RandomNumberGenerator.GetInt32(free.Count)];
        proof.NumberUntil = proof.Number is null ? null : now.AddSeconds(options.NumberSeconds);
        var room = await db.Set<Meeting>().Where(meeting => meeting.Id == meetingId).Select(meeting => meeting.RoomId).SingleAsync(cancellationToken);
        db.OnCommitted(_ => feeds.Touch([room]));
        db.SignalChanged(Topics.Meetings, meetingId);
        return StandingOf(proof, now);
    }

    private static ProofStanding StandingOf(SecondProof proof, DateTimeOffset now) => proof is { State: ProofState.Waiting, Number: { } number, NumberUntil: { } until } && until > now
        ? new(proof.State, number, until)
        : new(proof.State, null, null);
}
