using CsCheck;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using NodaTime;
using static Kiosk.Scheduling.Tests.Given;

namespace Kiosk.Scheduling.Tests;

/// <summary>The index against a model that walks every day and sorts everything.</summary>
public class NaiveModelTests
{
    private static readonly string[] TimeZones = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"];

    private static readonly string[] ScopeNames =
        [Scopes.Display(DisplayId), Scopes.Room(RoomId), Scopes.Group(GroupId), Scopes.Tag(Head, "x"), Scopes.Org(Branch), Scopes.Org(Head)];

    private sealed record Rule(string? Text, Func<DateTime, DateTime, bool> Fires);

    private static readonly Gen<Rule> GenRule = Gen.OneOf(
        Gen.Const(new Rule(null, (first, day) => day == first)),
        Gen.Int[1, 4].Select(n => new Rule($"FREQ=DAILY;INTERVAL={n}", (first, day) => day >= first && (day - first).Days % n == 0)),
        Gen.Int[1, 9].Select(n => new Rule($"FREQ=DAILY;COUNT={n}", (first, day) => day >= first && (day - first).Days < n)),
        Gen.Int[1, 60].Select(n => new Rule(
            $"FREQ=DAILY;UNTIL={Local(2026, 10, 1).AddDays(n):yyyyMMdd}", (first, day) => day >= first && day <= Local(2026, 10, 1).AddDays(n))),
        Gen.Const(new Rule("FREQ=WEEKLY;BYDAY=MO,WE,SU", (first, day) => day >= first && day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Wednesday or DayOfWeek.Sunday && day >= first)),
        Gen.Int[1, 28].Select(n => new Rule($"FREQ=MONTHLY;BYMONTHDAY={n}", (first, day) => day >= first && day.Day == n)));

    private static readonly Gen<(ScheduleEvent Event, Rule Rule, string Scope)> GenEvent =
        from id in Gen.Int[1, 1_000_000]
        from rule in GenRule
        from day in Gen.Int[0, 50]
        from minute in Gen.Int[0, 95]
        from length in Gen.Int[1, 200]
        from zone in Gen.OneOf(Gen.Const((string?)null), Pick(TimeZones).Select(z => (string?)z))
        from priority in Gen.Int[0, 3]
        from disclosure in Gen.Enum<Disclosure>()
        from scope in Pick(ScopeNames)
        from skip in Gen.Int[0, 20].Array[0, 2]
        let start = Local(2026, 10, 1).AddDays(day).AddMinutes(15 * minute)
        let except = skip.Select(s => start.AddDays(s)).ToArray()
        select (Event(id, start, start.AddMinutes(15 * length), rule.Text, zone, priority, disclosure, except), rule, scope);

    private static readonly Gen<int> GenMinute = Gen.Int[0, 60 * 1440];

    [Fact]
    public void Index_agrees_with_the_naive_model_at_every_instant()
    {
        (from events in GenEvent.Array[0, 12]
         from zone in Pick(TimeZones)
         from minutes in GenMinute.Array[6]
         from audience in Gen.Enum<Disclosure>()
         from broken in Gen.Int[0, 3]
         select (events: events.DistinctBy(e => e.Event.Id).ToArray(), zone, minutes, audience, broken)).Sample(t =>
         {
             var display = Display(t.zone, t.audience);
             var schedule = Compiled(display, [.. t.events.GroupBy(e => e.Scope).Select(g => Schedule(g.Key, [.. g.Select(e => e.Event)]))]);
             var ready = ReadySet.Of((c, _) => t.broken == 0 || c.Id.ToByteArray()[0] % 4 != t.broken);
             foreach (var minute in t.minutes)
             {
                 var now = Utc(2026, 10, 5).AddMinutes(minute);
                 var shown = ScheduleResolver.Resolve(schedule, ready, now);
                 var expected = Naive(t.events, t.zone, now, e => e.Disclosure <= t.audience && ready.CanPlay(e.Content, t.audience));
                 Assert.Equal(expected?.Event.Id, shown.Event?.Event.Id);
                 Assert.Equal(expected?.Start, shown.Event?.Start);

                 // Nothing may change before the instant that was promised.
                 Assert.True(shown.NextChange > now);
                 var justBefore = ScheduleResolver.Resolve(schedule, ready, shown.NextChange.AddTicks(-1));
                 Assert.Equal(shown.Event?.Event.Id, justBefore.Event?.Event.Id);
                 var between = now.AddTicks((shown.NextChange - now).Ticks / 2);
                 Assert.Equal(Naive(t.events, t.zone, between, e => e.Disclosure <= t.audience && ready.CanPlay(e.Content, t.audience))?.Event.Id, shown.Event?.Event.Id);
             }
         }, iter: 4_000);
    }

    private static (ScheduleEvent Event, DateTimeOffset Start)? Naive(
        (ScheduleEvent Event, Rule Rule, string Scope)[] events, string displayZone, DateTimeOffset now, Func<ScheduleEvent, bool> allowed)
    {
        var running =
            from e in events
            where allowed(e.Event)
            let zone = DateTimeZoneProviders.Tzdb[e.Event.TimeZone ?? displayZone]
            from offset in Enumerable.Range(-6, 9)
            let day = now.UtcDateTime.Date.AddDays(offset)
            where e.Rule.Fires(e.Event.StartLocal.Date, day)
            let start = day + e.Event.StartLocal.TimeOfDay
            where !e.Event.ExceptionDates.Contains(start)
            let begin = zone.AtLeniently(LocalDateTime.FromDateTime(start)).ToDateTimeOffset().ToUniversalTime()
            let lasts = e.Event.EndLocal - e.Event.StartLocal
            let wall = zone.AtLeniently(LocalDateTime.FromDateTime(start + lasts)).ToDateTimeOffset()
            let until = wall > begin ? wall : begin + lasts
            where begin <= now && now < until
            orderby e.Event.Priority descending, Array.IndexOf(ScopeNames, e.Scope), begin descending, e.Event.Id descending
            select ((ScheduleEvent, DateTimeOffset)?)(e.Event, begin);
        return running.FirstOrDefault();
    }
}
