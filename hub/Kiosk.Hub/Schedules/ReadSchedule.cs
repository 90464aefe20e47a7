using System.Linq.Expressions;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>The calendar: the events of the caller's units and those aimed at them from above.</summary>
internal static class ReadSchedule
{
    private const int MaxDays = 62;
    private const int FirstYear = 1900;
    private const int LastYear = 9000;

    // More than a calendar can show; the most important are kept.
    private const int MostEvents = 2_000;
    private const int MostOccurrences = 5_000;

    // Only where an event follows each display's own zone; the wall-clock times shown are the same in any.
    private const string AnyZone = "Asia/Shanghai";

    public static async Task<Results<Ok<IReadOnlyList<ScheduleOccurrence>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, DateOnly from, DateOnly to, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (to < from)
        {
            return Problems.From(ScheduleErrors.RangeInverted());
        }

        // Beyond these years no arithmetic with zones is safe.
        if (from.Year < FirstYear || to.Year > LastYear)
        {
            return Problems.From(ScheduleErrors.YearsOutOfRange(FirstYear, LastYear));
        }

        if (to.DayNumber - from.DayNumber > MaxDays)
        {
            return Problems.From(ScheduleErrors.SpanTooLong(MaxDays));
        }

        var reach = await ContentReach.OfAsync(access, db, orgUnitId, cancellationToken);
        if (!reach.IsOk)
        {
            return Problems.From(reach.Error);
        }

        var (first, last) = (from.ToDateTime(TimeOnly.MinValue).AddDays(-2), to.ToDateTime(TimeOnly.MinValue).AddDays(3));
        var events = await VisibleAsync(
            db, reach.Value, cancellationToken, during: entry => entry.StartLocal < last && (entry.RecurrenceRule != null || entry.EndLocal > first));
        var names = await NamesAsync(db, events, cancellationToken);
        var (start, end) = (from.ToDateTime(TimeOnly.MinValue), to.AddDays(1).ToDateTime(TimeOnly.MinValue));

        // Two days of slack cover every zone; what is too much goes by its wall-clock time.
        var (since, until) = (new DateTimeOffset(start, TimeSpan.Zero).AddDays(-2), new DateTimeOffset(end, TimeSpan.Zero).AddDays(2));
        IReadOnlyList<ScheduleOccurrence> occurrences =
        [
            .. events
                .SelectMany(entry => ScheduleRules.Expand(entry.ToContract(new PlaylistRef(entry.PlaylistId, "", "")), AnyZone, since, until), (entry, at) => (entry, at))
                .Where(pair => pair.at.StartLocal < end && pair.at.EndLocal > start)
                .OrderBy(pair => pair.at.StartLocal).ThenByDescending(pair => pair.entry.Priority).ThenBy(pair => pair.entry.Id)
                .Take(MostOccurrences)
                .Select(pair => new ScheduleOccurrence(
                    pair.entry.Id, pair.entry.Title, names.Scopes[pair.entry.Scope], names.Playlists[pair.entry.PlaylistId], pair.at.StartLocal, pair.at.EndLocal,
                    pair.entry.Priority, pair.entry.RecurrenceRule is not null, pair.entry.Disclosure, pair.entry.Scope)),
        ];
        return TypedResults.Ok(occurrences);
    }

    public static async Task<Results<Ok<ScheduleEventDetail>, ProblemHttpResult>> GetAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken) =>
        (await FindAsync(id, access, db, cancellationToken)).ToHttp();

    internal static async Task<Result<ScheduleEventDetail>> FindAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var reach = await ContentReach.OfAsync(access, db, null, cancellationToken);
        if (!reach.IsOk)
        {
            return reach.Error;
        }

        var events = await VisibleAsync(db, reach.Value, cancellationToken, id);
        if (events.Count == 0)
        {
            return ScheduleErrors.NotFound();
        }

        var entry = events[0];
        var names = await NamesAsync(db, events, cancellationToken);
        return new ScheduleEventDetail(
            entry.Id, entry.OrgUnitId, entry.Title, entry.Scope, names.Scopes[entry.Scope], entry.PlaylistId, names.Playlists[entry.PlaylistId],
            entry.StartLocal, entry.EndLocal, entry.TimeZone, entry.RecurrenceRule, entry.ExceptionDates, entry.Priority, entry.Disclosure, entry.Revision);
    }

    // Restricted events of a unit above are its own affair.
    private static async Task<IReadOnlyList<CalendarEvent>> VisibleAsync(
        HubDbContext db, ContentReach reach, CancellationToken cancellationToken, Guid? only = null, Expression<Func<CalendarEvent, bool>>? during = null)
    {
        var (exact, prefixes) = await ScopeUnits.ConcerningAsync(db, reach.Own, reach.Above, cancellationToken);
        var query = db.Set<CalendarEvent>().AsNoTracking();
        if (only is not null)
        {
            query = query.Where(entry => entry.Id == only);
        }

        if (during is not null)
        {
            query = query.Where(during);
        }

        var found = await query
            .Where(entry => reach.Own.Contains(entry.OrgUnitId)
                || (entry.Disclosure != Disclosure.Restricted && (exact.Contains(entry.Scope) || entry.Scope.StartsWith("tag:"))))
            .OrderByDescending(entry => entry.Priority).ThenBy(entry => entry.Id).Take(MostEvents)
            .ToListAsync(cancellationToken);
        return [.. found.Where(entry => reach.Own.Contains(entry.OrgUnitId)
            || !entry.Scope.StartsWith("tag:", StringComparison.Ordinal)
            || prefixes.Any(prefix => entry.Scope.StartsWith(prefix, StringComparison.Ordinal)))];
    }

    private static async Task<(Dictionary<string, string> Scopes, Dictionary<Guid, string> Playlists)> NamesAsync(
        HubDbContext db, IReadOnlyList<CalendarEvent> events, CancellationToken cancellationToken)
    {
        List<string> scopes = [.. events.Select(entry => entry.Scope).Distinct()];
        var names = await TargetResolver.NamesAsync(db, scopes, cancellationToken);
        var ids = events.Select(entry => entry.PlaylistId).Distinct().ToList();
        var playlists = await db.Set<Playlist>().Where(playlist => ids.Contains(playlist.Id)).ToDictionaryAsync(playlist => playlist.Id, playlist => playlist.Name, cancellationToken);
        return (scopes.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second), playlists);
    }
}
