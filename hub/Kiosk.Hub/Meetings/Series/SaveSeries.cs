using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Series;

/// <summary>POST /api/meeting-series, /api/meeting-series/{id}/cancel and /skip.</summary>
internal sealed class SaveSeries(CheckMeeting check, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, PointsRules rules, TimeProvider time)
{
    public static async Task<Results<Created<MeetingSeriesView>, ProblemHttpResult>> CreateAsync(
        MeetingSeriesInput input, SaveSeries series, HubDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var created = await series.AddAsync(input, cancellationToken);
        return created.IsOk
            ? TypedResults.Created($"/api/meeting-series/{created.Value}", (await ReadSeries.FindAsync(db, created.Value, time.GetUtcNow(), cancellationToken))!)
            : Problems.From(created.Error);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(Guid id, MeetingCancellation? input, SaveSeries series, CancellationToken cancellationToken) =>
        (await series.EndAsync(id, input?.Reason, cancellationToken)).ToHttp();

    public static async Task<Results<NoContent, ProblemHttpResult>> SkipAsync(Guid id, SkipOccurrence input, SaveSeries series, CancellationToken cancellationToken) =>
        (await series.SkipAsync(id, input.OccurrenceLocal, cancellationToken)).ToHttp();

    private async Task<Result<Guid>> AddAsync(MeetingSeriesInput input, CancellationToken cancellationToken)
    {
        if (input.Meeting is not { } meeting)
        {
            return MeetingsErrors.TypeUnknown();
        }

        if (PlannedMeeting.Unreadable(meeting) is { } unreadable)
        {
            return unreadable;
        }

        var now = time.GetUtcNow();
        var dates = new SeriesDates(PlannedMeeting.Whole(meeting.StartLocal), PlannedMeeting.Whole(meeting.EndLocal), meeting.TimeZone, SeriesDates.Clean(input.RecurrenceRule), []);
        if (dates.Check() is { } invalid)
        {
            return invalid;
        }

        if (dates.Between(now, now + MeetingTimes.FurthestAhead, 1) is not [var first])
        {
            return MeetingsErrors.SeriesOver();
        }

        var wanted = await check.CheckAsync(null, SeriesMaker.Shift(meeting, first.StartLocal, first.EndLocal), cancellationToken);
        if (!wanted.IsOk)
        {
            return wanted.Error;
        }

        var by = access.Name;
        return await writer.WriteAsync<Guid>(
            async (database, cancellation) =>
            {
                var plan = wanted.Value.Plan;
                var series = new MeetingSeries
                {
                    Id = Guid.CreateVersion7(now),
                    OrgUnitId = meeting.OrgUnitId,
                    TimeZone = meeting.TimeZone,
                    StartLocal = dates.StartLocal,
                    EndLocal = dates.EndLocal,
                    RecurrenceRule = dates.Rule,
                    Template = SeriesMaker.Keep(plan.Input),
                    CreatedAt = now,
                    CreatedBy = by,
                };
                database.Add(series);
                await database.SaveChangesAsync(cancellation);
                var changed = new HashSet<Guid>();
                var made = await SeriesMaker.MakeAsync(database, series, wanted.Value.HostUnits, freeRoom: true, changed, now, cancellation);
                if (!made.IsOk)
                {
                    return made.Error;
                }

                await rooms.PublishAsync(database, changed, now, cancellation);
                return series.Id;
            },
            cancellationToken);
    }

    /// <summary>What has not begun is cancelled, and nothing more is made. Doing it twice is the same as once.</summary>
    private async Task<Result<Done>> EndAsync(Guid id, string? why, CancellationToken cancellationToken)
    {
        var reason = string.IsNullOrWhiteSpace(why) ? null : why.Trim();
        if (new Validation().Text(reason, "reason", 120, optional: true).Error() is { } invalid)
        {
            return invalid;
        }

        if (await ReadSeries.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return denied;
        }

        var now = time.GetUtcNow();
        return await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var series = await database.Set<MeetingSeries>().SingleAsync(candidate => candidate.Id == id, cancellation);
                if (series.CancelledAt is not null)
                {
                    return default(Done);
                }

                (series.CancelledAt, series.EndsBefore) = (now, MeetingTimes.Local(now, series.TimeZone));
                series.Revision++;
                await CancelAsync(database, database.Set<Meeting>().Where(meeting => meeting.SeriesId == id), reason, now, cancellation);
                return default(Done);
            },
            cancellationToken);
    }

    private async Task<Result<Done>> SkipAsync(Guid id, DateTime at, CancellationToken cancellationToken)
    {
        if (await ReadSeries.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return denied;
        }

        if (MeetingTimes.YearError(at) is not null)
        {
            return MeetingsErrors.OccurrenceUnknown();
        }

        var (now, local) = (time.GetUtcNow(), PlannedMeeting.Whole(at));
        return await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var series = await database.Set<MeetingSeries>().SingleAsync(candidate => candidate.Id == id, cancellation);
                if (series.CancelledAt is not null || series.EndsBefore <= local)
                {
                    return MeetingsErrors.SeriesEnded();
                }

                if (MeetingTimes.At(local, series.TimeZone) <= now || !SeriesDates.Of(series).Meets(local))
                {
                    return MeetingsErrors.OccurrenceUnknown();
                }

                if (!series.Skipped.Contains(local))
                {
                    series.Skipped = [.. series.Skipped.Append(local).Order()];
                    series.Revision++;
                }

                await CancelAsync(database, database.Set<Meeting>().Where(meeting => meeting.SeriesId == id && meeting.OccurrenceLocal == local), null, now, cancellation);
                return default(Done);
            },
            cancellationToken);
    }

    private async Task CancelAsync(HubDbContext database, IQueryable<Meeting> meetings, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await database.TakeFeedTurnAsync(cancellationToken);
        var changed = new HashSet<Guid>();
        foreach (var meeting in await meetings.Where(meeting => meeting.State == MeetingState.Scheduled && meeting.Start > now).ToListAsync(cancellationToken))
        {
            await database.LockMeetingAsync(meeting.Id, cancellationToken);
            await PayWaiting.CancelAsync(database, meeting, reason, rules, now, cancellationToken);
            changed.Add(meeting.RoomId);
        }

        database.SignalChanged(Topics.Meetings);
        await rooms.PublishAsync(database, changed, now, cancellationToken);
    }
}
