using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>Creates, changes and deletes schedule events.</summary>
internal sealed class SaveScheduleEvent(HubWriter writer, TimeProvider clock)
{
    public static async Task<Results<Created<ScheduleEventDetail>, ProblemHttpResult>> CreateAsync(
        ScheduleEventInput input, OperatorAccess access, HubDbContext db, SaveScheduleEvent events, CancellationToken cancellationToken)
    {
        if (await CheckTargetAsync(input, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var created = await events.AddAsync(input, cancellationToken);
        if (!created.IsOk)
        {
            return Problems.From(created.Error);
        }

        return (await ReadSchedule.FindAsync(created.Value, access, db, cancellationToken)).ToCreated(entry => $"/api/schedule/events/{entry.Id}");
    }

    public static async Task<Results<Ok<ScheduleEventDetail>, ProblemHttpResult>> UpdateAsync(
        Guid id, ScheduleEventInput input, OperatorAccess access, HubDbContext db, SaveScheduleEvent events, CancellationToken cancellationToken)
    {
        if (await CheckOwnerAsync(id, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var owner = await db.Set<CalendarEvent>().Where(entry => entry.Id == id).Select(entry => entry.OrgUnitId).SingleAsync(cancellationToken);
        var owned = input with { OrgUnitId = owner };
        if (await CheckTargetAsync(owned, access, db, cancellationToken) is { } target)
        {
            return Problems.From(target);
        }

        var changed = await events.ReplaceAsync(id, owned, cancellationToken);
        return changed.IsOk ? (await ReadSchedule.FindAsync(id, access, db, cancellationToken)).ToHttp() : Problems.From(changed.Error);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, OperatorAccess access, HubDbContext db, SaveScheduleEvent events, CancellationToken cancellationToken)
    {
        if (await CheckOwnerAsync(id, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        return (await events.RemoveAsync(id, cancellationToken)).ToHttp();
    }

    /// <summary>Who may aim there has been checked; everything else is checked here.</summary>
    public async Task<Result<Guid>> AddAsync(ScheduleEventInput input, CancellationToken cancellationToken)
    {
        if (Check(input) is { } invalid)
        {
            return invalid;
        }

        var now = clock.GetUtcNow();
        var wanted = Normalised(input);
        return await writer.WriteAsync<Guid>(
            async (db, token) =>
            {
                if (await CheckContentAsync(db, wanted, token) is { } refused)
                {
                    return refused;
                }

                if (IsOver(wanted, now))
                {
                    return ScheduleErrors.EventOver();
                }

                var entry = new CalendarEvent
                {
                    Id = Guid.CreateVersion7(now),
                    OrgUnitId = wanted.OrgUnitId,
                    Title = wanted.Title,
                    Scope = wanted.Scope,
                    PlaylistId = wanted.PlaylistId,
                    StartLocal = wanted.StartLocal,
                    EndLocal = wanted.EndLocal,
                    TimeZone = wanted.TimeZone,
                    RecurrenceRule = wanted.RecurrenceRule,
                    ExceptionDates = [.. wanted.ExceptionDates],
                    Priority = wanted.Priority,
                    Disclosure = wanted.Disclosure,
                    UpdatedAt = now,
                };
                db.Add(entry);
                await ScheduleFeeds.RebuildAsync(db, [entry.Scope], now, token);
                db.SignalChanged(Topics.Schedule, entry.Id);
                return entry.Id;
            },
            cancellationToken);
    }

    private async Task<Result<Done>> ReplaceAsync(Guid id, ScheduleEventInput input, CancellationToken cancellationToken)
    {
        if (Check(input) is { } invalid)
        {
            return invalid;
        }

        var now = clock.GetUtcNow();
        var wanted = Normalised(input);
        return await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (await CheckContentAsync(db, wanted, token) is { } refused)
                {
                    return refused;
                }

                if (await db.Set<CalendarEvent>().SingleOrDefaultAsync(entry => entry.Id == id, token) is not { } entry)
                {
                    return ScheduleErrors.NotFound();
                }

                if (wanted.Revision != entry.Revision)
                {
                    return ScheduleErrors.Changed();
                }

                // Times that stand are not asked about again, e.g. when the title of what ran last week is corrected.
                var stands = (wanted.StartLocal, wanted.EndLocal, wanted.TimeZone, wanted.RecurrenceRule) == (entry.StartLocal, entry.EndLocal, entry.TimeZone, entry.RecurrenceRule);
                if (!stands && IsOver(wanted, now))
                {
                    return ScheduleErrors.EventOver();
                }

                var before = entry.Scope;
                (entry.Title, entry.Scope, entry.PlaylistId) = (wanted.Title, wanted.Scope, wanted.PlaylistId);
                (entry.StartLocal, entry.EndLocal, entry.TimeZone) = (wanted.StartLocal, wanted.EndLocal, wanted.TimeZone);
                (entry.RecurrenceRule, entry.ExceptionDates) = (wanted.RecurrenceRule, [.. wanted.ExceptionDates]);
                (entry.Priority, entry.Disclosure) = (wanted.Priority, wanted.Disclosure);
                (entry.Revision, entry.UpdatedAt) = (entry.Revision + 1, now);
                await ScheduleFeeds.RebuildAsync(db, [before, entry.Scope], now, token);
                db.SignalChanged(Topics.Schedule, id);
                return default(Done);
            },
            cancellationToken);
    }

    private async Task<Result<Done>> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (await db.Set<CalendarEvent>().SingleOrDefaultAsync(entry => entry.Id == id, token) is not { } entry)
                {
                    return ScheduleErrors.NotFound();
                }

                db.Remove(entry);
                await ScheduleFeeds.RebuildAsync(db, [entry.Scope], now, token);
                db.SignalChanged(Topics.Schedule, id);
                return default(Done);
            },
            cancellationToken);
    }

    private static InvalidInput? Check(ScheduleEventInput input) => new Validation()
        .Text(input.Title, "title", 120)
        .Require(input.Priority is >= 0 and <= 100, "priority", SchedulesText.Get("priority_out_of_range"))
        .Error();

    private static ScheduleEventInput Normalised(ScheduleEventInput input)
    {
        var rule = input.RecurrenceRule?.Trim();
        if (rule?.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase) == true)
        {
            rule = rule["RRULE:".Length..];
        }

        return input with
        {
            Title = input.Title.Trim(),
            StartLocal = Local(input.StartLocal),
            EndLocal = Local(input.EndLocal),
            TimeZone = string.IsNullOrWhiteSpace(input.TimeZone) ? null : input.TimeZone.Trim(),
            RecurrenceRule = string.IsNullOrEmpty(rule) ? null : rule,
            ExceptionDates = [.. (input.ExceptionDates ?? []).Select(Local).Distinct().Order()],
        };
    }

    // Whole seconds of a clock on a wall; a kind or fraction a client sent has no meaning.
    private static DateTime Local(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);

    // Without a zone of its own it is over when it is over everywhere.
    private static bool IsOver(ScheduleEventInput input, DateTimeOffset now) =>
        ScheduleRules.IsOver(new ScheduleEvent(
            Guid.Empty, input.Title, input.StartLocal, input.EndLocal, input.TimeZone, input.RecurrenceRule, input.ExceptionDates, input.Priority,
            input.Disclosure, new PlaylistRef(input.PlaylistId, "", "")), "Etc/GMT+12", now);

    private static async Task<Error?> CheckContentAsync(HubDbContext db, ScheduleEventInput input, CancellationToken cancellationToken)
    {
        var problem = ScheduleRules.Validate(new ScheduleEvent(
            Guid.Empty, input.Title, input.StartLocal, input.EndLocal, input.TimeZone, input.RecurrenceRule, input.ExceptionDates, input.Priority,
            input.Disclosure, new PlaylistRef(input.PlaylistId, "", "")));
        if (problem is not null)
        {
            return ScheduleErrors.Invalid(problem);
        }

        var line = await ContentReach.UsableByAsync(db, input.OrgUnitId, cancellationToken);
        var ceiling = await db.Set<OrgUnit>().Where(unit => line.Contains(unit.Id)).MinAsync(unit => unit.PriorityCeiling, cancellationToken);
        if (input.Priority > ceiling)
        {
            return ScheduleErrors.PriorityAboveCeiling(ceiling);
        }

        return await db.Set<Playlist>().AnyAsync(playlist => playlist.Id == input.PlaylistId && line.Contains(playlist.OrgUnitId), cancellationToken)
            ? null
            : ScheduleErrors.PlaylistUnreachable();
    }

    private static async Task<Error?> CheckTargetAsync(ScheduleEventInput input, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Editor, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return denied;
        }

        if (await TargetResolver.CheckAsync(access, db, OperatorRole.Editor, input.Scope, cancellationToken) is { } outside)
        {
            return outside;
        }

        // Else a unit's ceiling could be passed by by owning the event elsewhere.
        var target = await ScopeUnits.UnitOfAsync(db, input.Scope, cancellationToken);
        return target is { } unit && (await ContentReach.UsableByAsync(db, unit, cancellationToken)).Contains(input.OrgUnitId)
            ? null
            : ScheduleErrors.TargetOutside();
    }

    private static async Task<Error?> CheckOwnerAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var found = await ReadSchedule.FindAsync(id, access, db, cancellationToken);
        return found.IsOk ? await access.CheckSeenAsync(OperatorRole.Editor, found.Value.OrgUnitId, cancellationToken) : found.Error;
    }
}
