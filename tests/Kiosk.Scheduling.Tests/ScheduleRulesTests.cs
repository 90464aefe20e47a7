using System.Diagnostics;
using CsCheck;
using static Kiosk.Scheduling.Tests.Given;

namespace Kiosk.Scheduling.Tests;

public class ScheduleRulesTests
{
    private static readonly DateTime Nine = Local(2026, 11, 16, 9), Ten = Local(2026, 11, 16, 10);

    [Theory]
    [InlineData(null)]
    [InlineData("FREQ=DAILY")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU,TH")]
    [InlineData("FREQ=MONTHLY;BYDAY=2MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR")]
    [InlineData("FREQ=YEARLY;BYDAY=20MO")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")]
    [InlineData("FREQ=DAILY;COUNT=5")]
    [InlineData("FREQ=DAILY;UNTIL=20261116")]
    [InlineData("FREQ=DAILY;UNTIL=99991231")]
    [InlineData("FREQ=DAILY;UNTIL=99991231T235959Z")]
    [InlineData("FREQ=DAILY;UNTIL=99991231T235959")]
    [InlineData("FREQ=DAILY;UNTIL=20261116T010000Z")]
    public void Usual_rule_is_accepted(string? rule) => Assert.Null(ScheduleRules.Validate(Event(1, Nine, Ten, rule)));

    [Theory]
    [InlineData("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "rule_never_fires")]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "rule_never_fires")]
    [InlineData("FREQ=DAILY;UNTIL=20260101", "rule_never_fires")]
    [InlineData("FREQ=DAILY;UNTIL=00010101T000000Z", "rule_never_fires")]
    [InlineData("FREQ=SECONDLY", "rule_too_often")]
    [InlineData("FREQ=MINUTELY;INTERVAL=1", "rule_too_often")]
    [InlineData("FREQ=HOURLY", "rule_too_often")]
    [InlineData("FREQ=DAILY;BYHOUR=1,2,3", "rule_too_often")]
    [InlineData("FREQ=DAILY;BYSECOND=1,2,3", "rule_too_often")]
    [InlineData("FREQ=DAILY;COUNT=2000000000", "rule_count_too_large")]
    [InlineData("FREQ=DAILY;COUNT=0", "rule_invalid")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "rule_invalid")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999999999999", "rule_invalid")]
    [InlineData("FREQ=DAILY;COUNT=5;UNTIL=20271010", "rule_invalid")]
    [InlineData("FREQ=FORTNIGHTLY", "rule_invalid")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO", "rule_invalid")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU,-1FR", "rule_invalid")]
    [InlineData("FREQ=DAILY;BYDAY=2TU", "rule_invalid")]
    [InlineData("BYDAY=+1MO;FREQ=WEEKLY", "rule_invalid")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "rule_invalid")]
    [InlineData("every day", "rule_invalid")]
    [InlineData("", "rule_invalid")]
    public void Bad_rule_is_refused_with_its_code(string rule, string code) =>
        Assert.Equal(code, ScheduleRules.Validate(Event(1, Nine, Ten, rule))?.Code);

    [Fact]
    public void Rule_whose_every_day_is_left_out_never_fires() =>
        Assert.Equal("rule_never_fires", ScheduleRules.Validate(Event(1, Nine, Ten, "FREQ=DAILY;COUNT=2", except: [Nine, Nine.AddDays(1)]))?.Code);

    [Fact]
    public void Inverted_and_empty_range_is_refused()
    {
        Assert.Equal("range_inverted", ScheduleRules.Validate(Event(1, Ten, Nine))?.Code);
        Assert.Equal("range_inverted", ScheduleRules.Validate(Event(1, Nine, Nine))?.Code);
        Assert.Equal("event_too_long", ScheduleRules.Validate(Event(1, Nine, Nine.AddDays(40), "FREQ=DAILY"))?.Code);
        Assert.Equal("years_out_of_range", ScheduleRules.Validate(Event(1, DateTime.MinValue, DateTime.MinValue.AddHours(1)))?.Code);
        Assert.Equal("years_out_of_range", ScheduleRules.Validate(Event(1, DateTime.MaxValue.AddHours(-1), DateTime.MaxValue))?.Code);
    }

    [Theory]
    [InlineData("Asia/Peking")]
    [InlineData("China Standard Time")]
    [InlineData("")]
    public void Unknown_time_zone_is_refused(string zone) =>
        Assert.Equal("time_zone_unknown", ScheduleRules.Validate(Event(1, Nine, Ten, zone: zone))?.Code);

    [Fact]
    public void Any_rule_text_is_judged_in_bounded_time_and_never_throws()
    {
        var part = Pick(
            "FREQ=DAILY", "FREQ=YEARLY", "FREQ=WEEKLY", "FREQ=MONTHLY", "INTERVAL=999", "BYMONTHDAY=31,30,29", "BYMONTH=2,4", "BYDAY=MO,-1FR,5SU",
            "BYWEEKNO=53,-53", "BYYEARDAY=366,-366", "BYSETPOS=366,-1,5", "COUNT=10000", "UNTIL=20260101T000000Z", "WKST=SU", "BYDAY=", "X=1", ";", "=", "BYMONTH=13");
        part.Array[1, 6].Sample(parts =>
        {
            var source = Event(1, Nine, Ten, string.Join(';', parts));
            var clock = Stopwatch.StartNew();
            var problem = ScheduleRules.Validate(source);
            if (problem is null)
            {
                Assert.NotNull(ScheduleRules.Expand(source, Shanghai, Utc(2026, 1, 1), Utc(2028, 1, 1)));
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), source.RecurrenceRule);
        }, iter: 2_000);
    }

    [Fact]
    public void Expansion_gives_wall_clock_times_in_the_events_zone()
    {
        var all = ScheduleRules.Expand(Event(1, Nine, Ten, "FREQ=WEEKLY;BYDAY=MO", zone: "Europe/Berlin"), Shanghai, Utc(2026, 11, 16), Utc(2026, 12, 1));
        Assert.Equal([Nine, Nine.AddDays(7), Nine.AddDays(14)], all.Select(o => o.StartLocal));
        Assert.Equal(Utc(2026, 11, 16, 8), all[0].Start);
        Assert.Equal(Utc(2026, 11, 16, 9), all[0].End);
    }

    [Fact]
    public void Until_in_utc_is_compared_in_the_events_zone()
    {
        // Until 17 Nov 00:30 UTC is 08:30 in Shanghai: the 09:00 of that day is out.
        var source = Event(1, Nine, Ten, "FREQ=DAILY;UNTIL=20261117T003000Z");
        Assert.Single(ScheduleRules.Expand(source, Shanghai, Utc(2026, 1, 1), Utc(2027, 1, 1)));
    }
}
