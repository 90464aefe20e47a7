using Kiosk.Admin.Features.Schedules;

namespace Kiosk.Admin.Tests;

public sealed class RecurrenceTests
{
    private static readonly DateOnly Start = new(2026, 11, 20);

    [Theory]
    [InlineData("FREQ=DAILY", Repeat.Daily)]
    [InlineData("FREQ=DAILY;UNTIL=20261231T235959", Repeat.Daily)]
    [InlineData("FREQ=DAILY;COUNT=10", Repeat.Daily)]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", Repeat.Weekdays)]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,SU", Repeat.Weekly)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=20", Repeat.MonthlyDay)]
    [InlineData("FREQ=MONTHLY;BYDAY=3FR;COUNT=4", Repeat.MonthlyWeekday)]
    [InlineData("FREQ=MONTHLY;BYDAY=-1SA", Repeat.MonthlyWeekday)]
    public void Rule_read_and_written_again_is_the_same(string rule, Repeat repeat)
    {
        var recurrence = Recurrence.Parse(rule, Start);

        Assert.Equal(repeat, recurrence.Repeat);
        Assert.Equal(rule, recurrence.ToRule());
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1")]
    [InlineData("FREQ=DAILY;UNTIL=20261231T120000Z")]
    [InlineData("FREQ=DAILY;COUNT=many")]
    [InlineData("nonsense")]
    public void Rule_the_form_has_no_words_for_is_kept_untouched(string rule)
    {
        var recurrence = Recurrence.Parse(rule, Start);

        Assert.Equal(Repeat.Other, recurrence.Repeat);
        Assert.Equal(rule, recurrence.ToRule());
    }

    [Fact]
    public void No_rule_is_once_with_choices_preset_to_the_start()
    {
        var recurrence = Recurrence.Parse(null, Start);

        Assert.Null(recurrence.ToRule());
        Assert.Equal("FREQ=WEEKLY;BYDAY=FR", (recurrence with { Repeat = Repeat.Weekly }).ToRule());
        Assert.Equal("FREQ=MONTHLY;BYMONTHDAY=20", (recurrence with { Repeat = Repeat.MonthlyDay }).ToRule());
        Assert.Equal("FREQ=MONTHLY;BYDAY=3FR", (recurrence with { Repeat = Repeat.MonthlyWeekday }).ToRule());
    }

    [Fact]
    public void Moving_the_start_keeps_the_length_across_midnight()
    {
        var draft = EventDraft.At(new DateTime(2026, 11, 20, 22, 0, 0), new DateTime(2026, 11, 21, 1, 0, 0), Guid.Empty);

        draft.MoveStart(new DateOnly(2026, 11, 25), new TimeOnly(23, 30));

        Assert.Equal(new DateTime(2026, 11, 26, 2, 30, 0), draft.EndLocal);
        Assert.Equal(DayOfWeek.Wednesday, draft.Recurrence.Weekday);
    }
}
