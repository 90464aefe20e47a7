using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Series;

/// <summary>
/// PUT /api/meetings/{id}/following: the series ends before this meeting, and another goes on from it. The meetings that follow stay the same meetings
/// and move to the dates of the new one in order, so that leave and sign-ups stay with them; what was changed or cancelled alone stays as it is.
/// </summary>
internal sealed class ChangeFollowing(CheckMeeting check, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time)
{
    private const int MostMeetings = 200;

    public static async Task<Results<Ok<MeetingDetail>, ProblemHttpResult>> HandleAsync(
        Guid id, FollowingChange input, ChangeFollowing change, HubDbContext db, CancellationToken cancellationToken)
    {
        var changed = await change.ChangeAsync(id, input, cancellationToken);
        return changed.IsOk ? TypedResults.Ok((await MeetingViews.DetailAsync(db, id, cancellationToken))!) : Problems.From(changed.Error);
    }

    private async Task<Result<Done>> ChangeAsync(Guid id, FollowingChange input, CancellationToken cancellationToken)
    {
        if (input.Meeting is null)
        {
            return MeetingsErrors.TypeUnknown();
        }

        var wanted = await check.CheckAsync(id, input.Meeting, cancellationToken);
        if (!wanted.IsOk)
        {
            return wanted.Error;
        }

        var found = await db.Set<Meeting>().AsNoTracking().SingleAsync(meeting => meeting.Id == id, cancellationToken);
        if (found is not { SeriesId: { } seriesId, OccurrenceLocal: { } occurrence })
        {
            return MeetingsErrors.SeriesUnknown();
        }

        var before = SeriesDates.Of(await db.Set<MeetingSeries>().AsNoTracking().SingleAsync(series => series.Id == seriesId, cancellationToken));
        var meeting = wanted.Value.Plan.Input;
        var rule = string.IsNullOrWhiteSpace(input.RecurrenceRule) ? before.Rule : SeriesDates.Clean(input.RecurrenceRule);
        var sameRule = rule == before.Rule && meeting.TimeZone == before.TimeZone;
        var dates = new SeriesDates(
            PlannedMeeting.Whole(meeting.StartLocal), PlannedMeeting.Whole(meeting.EndLocal), meeting.TimeZone, sameRule ? before.RuleFrom(occurrence) : rule, []);
        if (dates.Check() is { } invalid)
        {
            return invalid;
        }

        // The meeting that was opened is the first of them; a day off the rule would leave it behind.
        if (!dates.Meets(dates.StartLocal))
        {
            return MeetingsErrors.RuleDoesNotFit();
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        return await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await database.TakeFeedTurnAsync(cancellation);
                var old = await database.Set<MeetingSeries>().SingleAsync(series => series.Id == seriesId, cancellation);
                if (old.CancelledAt is not null || old.EndsBefore is not null)
                {
                    return MeetingsErrors.SeriesEnded();
                }

                var series = new MeetingSeries
                {
                    Id = Guid.CreateVersion7(now),
                    OrgUnitId = meeting.OrgUnitId,
                    TimeZone = meeting.TimeZone,
                    StartLocal = dates.StartLocal,
                    EndLocal = dates.EndLocal,
                    RecurrenceRule = dates.Rule,
                    Template = SeriesMaker.Keep(meeting),
                    CreatedAt = now,
                    CreatedBy = by,
                };
                old.EndsBefore = occurrence;
                old.Revision++;
                database.Add(series);
                await database.SaveChangesAsync(cancellation);
                var changed = new HashSet<Guid>();
                return await MoveAsync(database, id, old, series, dates, wanted.Value, sameRule, occurrence, changed, now, cancellation) is { } refused ? refused
                    : await FillAsync(database, series, wanted.Value, changed, now, cancellation) is { } taken ? taken
                    : await PublishAsync(database, changed, now, cancellation);
            },
            cancellationToken);
    }

    private static async Task<Error?> MoveAsync(
        HubDbContext database, Guid id, MeetingSeries old, MeetingSeries series, SeriesDates dates, CheckedMeeting wanted, bool sameRule, DateTime from,
        HashSet<Guid> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var following = await database.Set<Meeting>().Where(meeting => meeting.SeriesId == old.Id && meeting.OccurrenceLocal != null)
            .OrderBy(meeting => meeting.Start).Take(MostMeetings).ToListAsync(cancellationToken);
        following = [.. following.Where(meeting => meeting.OccurrenceLocal >= from).OrderBy(meeting => meeting.OccurrenceLocal)];
        bool Follows(Meeting meeting) => meeting.Id == id || (meeting is { State: MeetingState.Scheduled, Detached: false } && meeting.CheckInOpens > now);
        // Under the same rule every date has its counterpart, also one that was cancelled, changed alone or left out; under another only what simply follows moves.
        var places = sameRule
            ? following.Select(meeting => (Local: meeting.OccurrenceLocal!.Value, Meeting: (Meeting?)meeting))
                .Concat(old.Skipped.Where(local => local >= from && following.All(meeting => meeting.OccurrenceLocal != local)).Select(local => (Local: local, Meeting: (Meeting?)null)))
                .OrderBy(place => place.Local).ToList()
            : [.. following.Where(Follows).Select(meeting => (Local: meeting.OccurrenceLocal!.Value, Meeting: (Meeting?)meeting))];
        var occurrences = dates.Between(MeetingTimes.At(dates.StartLocal, dates.TimeZone), now + MeetingTimes.FurthestAhead, places.Count);
        foreach (var (at, place) in places.Index())
        {
            if (at >= occurrences.Count)
            {
                if (place.Meeting is { } left && Follows(left))
                {
                    left.Cancel(null, now);
                    changed.Add(left.RoomId);
                }

                continue;
            }

            var occurrence = occurrences[at];
            if (sameRule && old.Skipped.Contains(place.Local))
            {
                series.Skipped = [.. series.Skipped.Append(occurrence.StartLocal)];
            }

            if (place.Meeting is not { } meeting)
            {
                series.MadeThrough = occurrence.StartLocal;
                continue;
            }

            if (Follows(meeting))
            {
                var input = SeriesMaker.Shift(wanted.Plan.Input, occurrence.StartLocal, occurrence.EndLocal) with { Revision = meeting.Id == id ? wanted.Plan.Input.Revision : null };
                var plan = wanted.Plan.At(input);
                if (!plan.IsOk)
                {
                    return plan.Error;
                }

                var stored = await StoreMeeting.WriteAsync(database, meeting.Id, wanted with { Plan = plan.Value }, changed, freeRoom: false, now, cancellationToken);
                if (!stored.IsOk)
                {
                    return stored.Error;
                }

                meeting.Detached = false;
            }

            (meeting.SeriesId, meeting.OccurrenceLocal) = (series.Id, occurrence.StartLocal);
            series.MadeThrough = occurrence.StartLocal;
        }

        await database.SaveChangesAsync(cancellationToken);
        return null;
    }

    // The rest of the new dates; then no room may be taken twice.
    private static async Task<Error?> FillAsync(
        HubDbContext database, MeetingSeries series, CheckedMeeting wanted, HashSet<Guid> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var made = await SeriesMaker.MakeAsync(database, series, wanted.HostUnits, freeRoom: false, changed, now, cancellationToken);
        if (!made.IsOk)
        {
            return made.Error;
        }

        await database.SaveChangesAsync(cancellationToken);
        foreach (var meeting in await database.Set<Meeting>().Where(meeting => meeting.SeriesId == series.Id && meeting.State == MeetingState.Scheduled && !meeting.Detached)
            .OrderBy(meeting => meeting.Start).ToListAsync(cancellationToken))
        {
            if (await StoreMeeting.ClashAsync(database, meeting.RoomId, meeting.Id, meeting.Start, meeting.End, cancellationToken) is { } taken)
            {
                return MeetingsErrors.RoomTakenOn(meeting.StartLocal, taken);
            }
        }

        return null;
    }

    private async Task<Result<Done>> PublishAsync(HubDbContext database, HashSet<Guid> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await rooms.PublishAsync(database, changed, now, cancellationToken);
        return default(Done);
    }
}
