using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Series;

/// <summary>GET /api/meeting-series?orgUnitId= and /api/meeting-series/{id}.</summary>
internal static class ReadSeries
{
    private const int MostSeries = 200;

    private const int MostMeetings = 120;

    public static async Task<Results<Ok<IReadOnlyList<MeetingSeriesView>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, OperatorAccess access, HubDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Host, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var (ids, now) = (units.Value, time.GetUtcNow());
        // Those that still go on, and those with meetings to come.
        var series = await db.Set<MeetingSeries>().AsNoTracking()
            .Where(entry => ids.Contains(entry.OrgUnitId) && (entry.EndsBefore == null
                || db.Set<Meeting>().Any(meeting => meeting.SeriesId == entry.Id && meeting.State == MeetingState.Scheduled && meeting.End > now)))
            .OrderBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id).Take(MostSeries).ToListAsync(cancellationToken);
        var views = new List<MeetingSeriesView>();
        foreach (var entry in series)
        {
            views.Add(await ViewAsync(db, entry, now, cancellationToken));
        }

        return TypedResults.Ok<IReadOnlyList<MeetingSeriesView>>(views);
    }

    public static async Task<Results<Ok<MeetingSeriesView>, ProblemHttpResult>> GetAsync(
        Guid id, OperatorAccess access, HubDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        await CheckAsync(db, access, id, cancellationToken) is { } error
            ? Problems.From(error)
            : TypedResults.Ok((await FindAsync(db, id, time.GetUtcNow(), cancellationToken))!);

    /// <summary>Null when the series exists and the operator hosts its unit.</summary>
    public static async Task<Error?> CheckAsync(HubDbContext db, OperatorAccess access, Guid id, CancellationToken cancellationToken)
    {
        var unit = await db.Set<MeetingSeries>().Where(series => series.Id == id).Select(series => (Guid?)series.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        return unit is { } known ? await access.CheckAsync(OperatorRole.Host, known, cancellationToken) : MeetingsErrors.SeriesUnknown();
    }

    public static async Task<MeetingSeriesView?> FindAsync(HubDbContext db, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Set<MeetingSeries>().AsNoTracking().SingleOrDefaultAsync(series => series.Id == id, cancellationToken) is { } found
            ? await ViewAsync(db, found, now, cancellationToken)
            : null;

    private static async Task<MeetingSeriesView> ViewAsync(HubDbContext db, MeetingSeries series, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var template = System.Text.Json.JsonSerializer.Deserialize<MeetingInput>(series.Template, Contracts.KioskJson.Options)!;
        var root = await MeetingTypes.RootOfAsync(db, series.OrgUnitId, cancellationToken);
        var types = await MeetingTypes.OfAsync(db, root, cancellationToken);
        var codes = template.Sessions is { Count: > 1 } sessions ? sessions.Select(session => session.Type) : [template.Type];
        var room = await db.Set<Room>().Where(candidate => candidate.Id == template.RoomId).Select(candidate => candidate.Name).SingleOrDefaultAsync(cancellationToken);
        var meetings = await (
            from meeting in db.Set<Meeting>().AsNoTracking()
            join place in db.Set<Room>() on meeting.RoomId equals place.Id
            where meeting.SeriesId == series.Id && meeting.End > now
            orderby meeting.Start, meeting.Id
            select new SeriesMeeting(
                meeting.Id, meeting.OccurrenceLocal!.Value, meeting.Start, meeting.End, place.Name, meeting.State, meeting.Detached,
                meeting.State == MeetingState.Scheduled && db.Set<Meeting>().Any(other => other.RoomId == meeting.RoomId && other.Id != meeting.Id
                    && other.State == MeetingState.Scheduled && other.Start < meeting.End && other.End > meeting.Start))).Take(MostMeetings).ToListAsync(cancellationToken);
        var dates = SeriesDates.Of(series);
        var from = series.MadeThrough is { } made ? MeetingTimes.At(made, series.TimeZone).AddSeconds(1) : now;
        var next = series.EndsBefore is null ? dates.Between(from < now ? now : from, now + MeetingTimes.FurthestAhead, 5) : [];
        return new MeetingSeriesView(
            series.Id, series.OrgUnitId, template.Title, template.Type,
            string.Join(MeetingsText.Get("type_separator"), codes.Select(code => types.FirstOrDefault(type => type.Code == code)?.Name ?? code).Distinct()),
            template.RoomId, room ?? "", series.StartLocal, series.EndLocal, series.TimeZone, series.RecurrenceRule, series.EndsBefore, series.CancelledAt, meetings,
            [.. series.Skipped.Where(local => MeetingTimes.At(local, series.TimeZone) > now)], [.. next.Select(occurrence => occurrence.StartLocal)], series.Revision);
    }
}
