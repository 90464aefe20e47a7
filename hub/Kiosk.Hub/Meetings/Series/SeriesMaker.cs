using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Series;

/// <summary>Makes the meetings of a series ahead, inside a <see cref="HubWriter"/> transaction. Only dates after the last one made are ever made, so what was moved or cancelled stays so.</summary>
internal static class SeriesMaker
{
    /// <summary>How far ahead; and always the next one.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(90);

    /// <summary>Of one series in one transaction.</summary>
    private const int MostAtOnce = 100;

    /// <param name="hostUnits">Units of the operator who makes or changes the series; null when time makes the next ones.</param>
    /// <param name="freeRoom">Refuses when the room is taken; otherwise the meeting is made and the admin shows the clash.</param>
    public static async Task<Result<Done>> MakeAsync(
        HubDbContext db, MeetingSeries series, IReadOnlyList<Guid>? hostUnits, bool freeRoom, HashSet<Guid> rooms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await DueAsync(db, series, now, cancellationToken);
        if (due.Count == 0)
        {
            return default(Done);
        }

        var template = JsonSerializer.Deserialize<MeetingInput>(series.Template, KioskJson.Options)!;
        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == series.OrgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        var types = await MeetingTypes.OfAsync(db, OrgUnit.IdsOf(path)[0], cancellationToken);
        var agreed = await AgreedAsync(db, series.Id, cancellationToken);
        foreach (var occurrence in due)
        {
            var plan = PlannedMeeting.Of(Shift(template, occurrence.StartLocal, occurrence.EndLocal), types);
            if (!plan.IsOk)
            {
                // Its type was removed: the meeting still takes place.
                plan = PlannedMeeting.Of(Shift(template, occurrence.StartLocal, occurrence.EndLocal) with { Type = "Other", Sessions = [] }, types);
            }

            if (!plan.IsOk)
            {
                return plan.Error;
            }

            var made = await StoreMeeting.WriteAsync(db, null, new CheckedMeeting(plan.Value, path, hostUnits, agreed), rooms, freeRoom: false, now, cancellationToken);
            if (!made.IsOk)
            {
                return made.Error;
            }

            (made.Value.SeriesId, made.Value.OccurrenceLocal) = (series.Id, occurrence.StartLocal);
            series.MadeThrough = occurrence.StartLocal;
            await db.SaveChangesAsync(cancellationToken);
            if (freeRoom && await StoreMeeting.ClashAsync(db, made.Value.RoomId, made.Value.Id, made.Value.Start, made.Value.End, cancellationToken) is { } taken)
            {
                return MeetingsErrors.RoomTakenOn(made.Value.StartLocal, taken);
            }
        }

        return default(Done);
    }

    /// <summary>The template for another day: its sessions move with it.</summary>
    public static MeetingInput Shift(MeetingInput template, DateTime startLocal, DateTime endLocal)
    {
        var moved = startLocal - PlannedMeeting.Whole(template.StartLocal);
        return template with
        {
            StartLocal = startLocal,
            EndLocal = endLocal,
            Sessions = [.. (template.Sessions ?? []).Select(session => session with { StartLocal = session.StartLocal + moved })],
            Revision = null,
        };
    }

    public static string Keep(MeetingInput template) => JsonSerializer.Serialize(template with { Revision = null, PastConfirmed = false, PaidAgainConfirmed = false }, KioskJson.Options);

    private static async Task<IReadOnlyList<EventOccurrence>> DueAsync(HubDbContext db, MeetingSeries series, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dates = SeriesDates.Of(series);
        var from = series.MadeThrough is { } made && MeetingTimes.At(made, series.TimeZone) is var last && last >= now ? last.AddSeconds(1) : now;
        var until = now + Ahead;
        var ends = series.EndsBefore is { } before ? MeetingTimes.At(before, series.TimeZone) : (DateTimeOffset?)null;
        var due = dates.Between(from, ends < until ? ends.Value : until, MostAtOnce);
        if (due.Count > 0)
        {
            return due;
        }

        var coming = await db.Set<Meeting>().AnyAsync(meeting => meeting.SeriesId == series.Id && meeting.State == MeetingState.Scheduled && meeting.Start >= now, cancellationToken);
        return coming ? [] : dates.Between(from, ends ?? now + MeetingTimes.FurthestAhead, 1);
    }

    // Who agreed to take part once takes part in the next one too.
    private static async Task<IReadOnlyList<Guid>> AgreedAsync(HubDbContext db, Guid seriesId, CancellationToken cancellationToken) => await (
        from unit in db.Set<MeetingUnit>()
        join meeting in db.Set<Meeting>() on unit.MeetingId equals meeting.Id
        where meeting.SeriesId == seriesId && unit.State == JointState.Accepted
        select unit.OrgUnitId).Distinct().ToListAsync(cancellationToken);
}
