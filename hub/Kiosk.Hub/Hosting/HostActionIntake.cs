using System.Security.Cryptography;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>
/// Takes what hosts did at kiosks. The card is verified again, the right to host is looked up here whatever the kiosk believed;
/// what cannot be applied is kept with its code. The same action again is answered as the first time.
/// </summary>
internal sealed class HostActionIntake(HubWriter writer, CardIssuers issuers, MeetingRunner runner, TimeProvider time) : IHostActionIntake
{
    public async Task<HostActionBatchReply> TakeAsync(Guid displayId, HostActionBatch batch, CancellationToken cancellationToken)
    {
        var results = new List<HostActionResult>(batch.Entries.Count);
        foreach (var entry in batch.Entries)
        {
            var read = issuers.Read(entry.Card);
            var now = time.GetUtcNow();
            var stored = await writer.WriteAsync<HostActionResult>(
                async (db, cancellation) => await TakeAsync(db, displayId, entry, read, now, cancellation), cancellationToken);
            results.Add(stored.Value!);
        }

        return new HostActionBatchReply(results);
    }

    private async Task<HostActionResult> TakeAsync(
        HubDbContext db, Guid displayId, HostActionEntry entry, CardRead read, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.TakeFeedTurnAsync(cancellationToken);
        var content = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entry, KioskJson.Options));
        if (await db.Set<HostAction>().AsNoTracking().SingleOrDefaultAsync(action => action.Id == entry.Id, cancellationToken) is { } first)
        {
            // Another action under a used id is no repeat; it is told nothing about the first.
            return first.Content is { } known && known.AsSpan().SequenceEqual(content) && first.DisplayId == displayId
                ? new HostActionResult(entry.Id, first.Outcome, first.MeetingId ?? first.Named)
                : new HostActionResult(entry.Id, HostActionOutcome.Conflict, entry.MeetingId);
        }

        var trusted = entry.Clock is not ClockState.Unknown;
        var at = trusted && entry.ObservedAt < now ? entry.ObservedAt.ToUniversalTime() : now;
        var member = read.Card is { } card ? await db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == card.MemberId, cancellationToken) : null;
        var refusal = await CardRefusalAsync(db, read, member, at, cancellationToken);

        HostAction Row(HostActionOutcome outcome, Guid? meetingId = null) => new()
        {
            Id = entry.Id, Kind = entry.Kind, Outcome = outcome, Named = entry.MeetingId, MeetingId = meetingId, MemberId = member?.Id, DisplayId = displayId, At = at,
            ReceivedAt = now, Clock = entry.Clock, Until = entry.Until, Point = entry.Point, Count = entry.Count, Content = content,
        };

        HostActionResult Keep(HostActionOutcome outcome, Guid? about = null)
        {
            db.Add(Row(outcome));
            db.SignalChanged(Topics.Meetings, about);
            return new HostActionResult(entry.Id, outcome, about ?? entry.MeetingId);
        }

        if (refusal is { } refused)
        {
            return Keep(refused);
        }

        if (entry.Kind is HostActionKind.PinLocked)
        {
            return Keep(HostActionOutcome.Recorded);
        }

        if (HostActionRules.IsInvalid(entry) || HostActionLimits.IsLongAgo(at, now))
        {
            return Keep(HostActionOutcome.Invalid);
        }

        var roomId = await db.Set<Display>().Where(display => display.Id == displayId).Select(display => display.RoomId).SingleOrDefaultAsync(cancellationToken);
        if (entry.Kind is HostActionKind.Start)
        {
            var started = await StartMeeting.DecideAsync(db, entry, member!.Id, roomId, at, now, cancellationToken);
            if (started.Meeting is not { } running)
            {
                return Keep(started.Outcome);
            }

            await runner.AddAsync(db, running, Row(started.Outcome, running.Id), now, cancellationToken);
            return new HostActionResult(entry.Id, started.Outcome, running.Id);
        }

        var meetingId = await db.Set<MeetingAlias>().Where(alias => alias.Id == entry.MeetingId).Select(alias => (Guid?)alias.MeetingId).SingleOrDefaultAsync(cancellationToken) ?? entry.MeetingId;
        var meeting = await db.Set<Meeting>().AsTracking().SingleOrDefaultAsync(candidate => candidate.Id == meetingId, cancellationToken);
        if (meeting is null || meeting.RoomId != roomId)
        {
            return Keep(HostActionOutcome.WrongMeeting);
        }

        if (!await HostRights.CoversAsync(db, member!.Id, meeting, cancellationToken))
        {
            return Keep(HostActionOutcome.NotHost, meeting.Id);
        }

        if (meeting.State is MeetingState.Cancelled)
        {
            return Keep(HostActionOutcome.MeetingCancelled, meeting.Id);
        }

        if (await HostActionRules.IsTooManyAsync(db, meeting.Id, entry.Kind, cancellationToken))
        {
            return Keep(HostActionOutcome.TooMany, meeting.Id);
        }

        var verdict = await HostActionLimits.OfAsync(db, meeting, entry, at, cancellationToken);
        if (!verdict.Counts)
        {
            return Keep(verdict.Outcome!.Value, meeting.Id);
        }

        var outcome = verdict.Outcome ?? HostActionOutcome.Applied;
        await runner.AddAsync(db, meeting, Row(outcome, meeting.Id), now, cancellationToken);
        return new HostActionResult(entry.Id, outcome, meeting.Id);
    }

    private static async Task<HostActionOutcome?> CardRefusalAsync(HubDbContext db, CardRead read, Member? member, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (read.Card is not { } card)
        {
            return read.Refusal is CheckInOutcome.WrongIssuer ? HostActionOutcome.WrongIssuer : HostActionOutcome.UnknownCard;
        }

        var stored = card.Serial <= int.MaxValue
            ? await db.Set<MemberCard>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Serial == (int)card.Serial, cancellationToken)
            : null;
        if (member is null || stored is null || stored.MemberId != card.MemberId)
        {
            return HostActionOutcome.UnknownCard;
        }

        return stored.RevokedAt is { } revoked && at >= revoked ? HostActionOutcome.RevokedCard
            : member.Suspended ? HostActionOutcome.MemberSuspended
            : null;
    }
}
