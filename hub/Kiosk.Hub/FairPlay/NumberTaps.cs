using System.Collections.Concurrent;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.FairPlay;

/// <summary>Numbers tapped on a room's screen. Wrong ones are limited, so that nobody tries all ninety.</summary>
internal sealed class NumberTaps(HubWriter writer, AttendanceFeeds feeds, FairPlayOptions options, TimeProvider time)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _repeat = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, (int Wrong, DateTimeOffset Since)> _tries = new();

    public async Task<NumberTapReply> TakeAsync(Guid displayId, NumberTap tap, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_tries.TryGetValue(displayId, out var tries) && tries.Wrong >= options.WrongNumbers && now - tries.Since < _pause)
        {
            return new NumberTapReply(NumberTapOutcome.TooManyTries, null);
        }

        var result = await writer.WriteAsync<NumberTapReply>((db, cancellation) => TakeAsync(db, displayId, tap, now, cancellation), cancellationToken);
        var reply = result.Value!;
        if (reply.Outcome is NumberTapOutcome.UnknownNumber)
        {
            _tries.AddOrUpdate(displayId, (1, now), (_, before) => now - before.Since < _pause ? (before.Wrong + 1, before.Since) : (1, now));
        }

        return reply;
    }

    private async Task<Result<NumberTapReply>> TakeAsync(HubDbContext db, Guid displayId, NumberTap tap, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unknown = new NumberTapReply(NumberTapOutcome.UnknownNumber, null);
        var meeting = await (
            from held in db.Set<Meeting>()
            join display in db.Set<Display>() on held.RoomId equals display.RoomId
            where held.Id == tap.MeetingId && display.Id == displayId && held.State == MeetingState.Scheduled
            select new { held.RoomId, held.MembersSession }).SingleOrDefaultAsync(cancellationToken);
        if (meeting is null)
        {
            return unknown;
        }

        var justNow = now - _repeat;
        var proof = await db.Set<SecondProof>().Where(row => row.MeetingId == tap.MeetingId && row.Number == tap.Number
                && ((row.State == ProofState.Waiting && row.NumberUntil > now) || (row.State == ProofState.Tapped && row.DisplayId == displayId && row.SettledAt > justNow)))
            .OrderBy(row => row.State == ProofState.Waiting ? 0 : 1).FirstOrDefaultAsync(cancellationToken);
        if (proof is null || !await db.Set<Attendance>().AnyAsync(
            row => row.MeetingId == tap.MeetingId && row.MemberId == proof.MemberId && row.State != AttendanceState.Pending, cancellationToken))
        {
            return unknown;
        }

        if (proof.State is ProofState.Waiting)
        {
            (proof.State, proof.SettledAt, proof.DisplayId) = (ProofState.Tapped, now, displayId);
            db.OnCommitted(_ => feeds.Touch([meeting.RoomId]));
            db.SignalChanged(Topics.Meetings, tap.MeetingId);
        }

        var name = meeting.MembersSession ? await db.Set<Member>().Where(member => member.Id == proof.MemberId).Select(member => member.Name).SingleAsync(cancellationToken) : null;
        return new NumberTapReply(NumberTapOutcome.Proven, name is null ? null : NameMask.Mask(name));
    }
}
