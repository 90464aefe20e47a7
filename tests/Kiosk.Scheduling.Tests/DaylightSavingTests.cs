using CsCheck;
using Kiosk.Contracts.Feeds;
using NodaTime;
using NodaTime.TimeZones;
using static Kiosk.Scheduling.Tests.Given;

namespace Kiosk.Scheduling.Tests;

public class DaylightSavingTests
{
    private static EventOccurrence[] Expand(ScheduleEvent source, string zone, DateTimeOffset from, int days = 2) =>
        [.. ScheduleRules.Expand(source, zone, from, from.AddDays(days))];

    [Fact]
    public void Start_in_a_gap_moves_forward()
    {
        var source = Event(1, Local(2027, 3, 1, 2, 30), Local(2027, 3, 1, 4), "FREQ=DAILY");
        var day = Assert.Single(Expand(source, "Europe/Berlin", Utc(2027, 3, 27, 23), 1));
        Assert.Equal(Utc(2027, 3, 28, 1, 30), day.Start); // 03:30 summer time
        Assert.Equal(Utc(2027, 3, 28, 2), day.End); // 04:00 summer time
        Assert.Equal(Local(2027, 3, 28, 2, 30), day.StartLocal);
    }

    [Fact]
    public void Ambiguous_time_means_the_first()
    {
        var source = Event(1, Local(2026, 11, 1, 1, 30), Local(2026, 11, 1, 3));
        var day = Assert.Single(Expand(source, "America/New_York", Utc(2026, 11, 1)));
        Assert.Equal(Utc(2026, 11, 1, 5, 30), day.Start); // 01:30 EDT, the first of two
        Assert.Equal(Utc(2026, 11, 1, 8), day.End); // 03:00 EST
    }

    [Fact]
    public void Event_that_lies_inside_a_gap_keeps_its_length()
    {
        var source = Event(1, Local(2027, 3, 28, 2, 15), Local(2027, 3, 28, 2, 45));
        var day = Assert.Single(Expand(source, "Europe/Berlin", Utc(2027, 3, 27, 12)));
        Assert.Equal(TimeSpan.FromMinutes(30), day.End - day.Start);
    }

    [Fact]
    public void Start_in_a_gap_that_would_pass_the_end_takes_the_end_with_it()
    {
        var source = Event(1, Local(2027, 3, 7, 2, 30), Local(2027, 3, 7, 3, 15), "FREQ=WEEKLY;COUNT=6");
        var all = Expand(source, "Europe/Berlin", Utc(2027, 3, 1), 60);
        Assert.Equal([7, 14, 21, 28, 4, 11], all.Select(one => one.StartLocal.Day));
        Assert.All(all, one => Assert.Equal(TimeSpan.FromMinutes(45), one.End - one.Start));
        Assert.Equal(Utc(2027, 3, 28, 1, 30), all[3].Start); // 03:30 summer time
    }

    [Fact]
    public void End_in_a_gap_moves_forward()
    {
        var source = Event(1, Local(2027, 3, 28, 1, 30), Local(2027, 3, 28, 2, 30));
        var day = Assert.Single(Expand(source, "Europe/Berlin", Utc(2027, 3, 27, 12)));
        Assert.Equal((Utc(2027, 3, 28, 0, 30), Utc(2027, 3, 28, 1, 30)), (day.Start, day.End));
    }

    [Fact]
    public void Half_hour_gap_of_lord_howe_is_half_an_hour()
    {
        var source = Event(1, Local(2026, 10, 4, 2, 10), Local(2026, 10, 4, 4));
        var day = Assert.Single(Expand(source, "Australia/Lord_Howe", Utc(2026, 10, 3)));
        Assert.Equal(Utc(2026, 10, 3, 15, 40), day.Start); // 02:40 at +11
    }

    [Fact]
    public void Shanghai_has_no_edges_now()
    {
        var source = Event(1, Local(2026, 1, 1, 2, 30), Local(2026, 1, 1, 3), "FREQ=DAILY");
        var all = ScheduleRules.Expand(source, Shanghai, Utc(2026, 1, 1), Utc(2026, 12, 31));
        Assert.All(all, o => Assert.Equal(TimeSpan.FromHours(8), o.StartLocal - o.Start.UtcDateTime));
    }

    [Fact]
    public void Daily_events_back_to_back_leave_no_hole_on_any_edge()
    {
        string[] zones = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"];
        (from zone in Pick(zones)
         from cut in Gen.Int[1, 1439]
         from minute in Gen.Int[0, 4 * 365 * 1440]
         select (zone, cut, minute)).Sample(t =>
         {
             var midnight = Local(2024, 1, 1);
             var cut = midnight.AddMinutes(t.cut);
             var schedule = Compiled(
                 Display(t.zone),
                 Schedule(Scopes.Org(Head), Event(1, midnight, cut, "FREQ=DAILY"), Event(2, cut, midnight.AddDays(1), "FREQ=DAILY")));
             var now = Utc(2024, 1, 3).AddMinutes(t.minute);
             Assert.Equal("schedule", ScheduleResolver.Resolve(schedule, ReadySet.Everything, now).Rule);
         }, iter: 3_000);
    }

    [Fact]
    public void Wall_clock_mapping_agrees_with_the_zone_database()
    {
        string[] zones = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"];
        (from zone in Pick(zones)
         from minute in Gen.Int[0, 3 * 365 * 1440]
         select (zone, minute)).Sample(t =>
         {
             var local = Local(2025, 1, 1).AddMinutes(t.minute);
             var zone = DateTimeZoneProviders.Tzdb[t.zone];
             var mapping = zone.MapLocal(LocalDateTime.FromDateTime(local));
             var expected = mapping.Count == 0
                 ? Resolvers.ReturnForwardShifted(mapping.LocalDateTime, zone, mapping.EarlyInterval, mapping.LateInterval).ToInstant()
                 : mapping.First().ToInstant();
             Assert.Equal(expected.ToDateTimeOffset(), Zones.ToInstant(local, t.zone));
         }, iter: 20_000);
    }
}
