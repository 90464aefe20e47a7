using System.Globalization;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using static Kiosk.Scheduling.Tests.Given;

namespace Kiosk.Scheduling.Tests;

public class ScheduleExplainerTests
{
    private static readonly DateTimeOffset Noon = Utc(2026, 11, 22, 4);

    [Fact]
    public void Every_loser_is_named_with_the_rule_it_lost_by()
    {
        ScheduleEvent All(int id, int priority, Disclosure disclosure = Disclosure.Public) =>
            Event(id, Local(2026, 11, 22), Local(2026, 11, 23), priority: priority, disclosure: disclosure);
        var earlier = Event(6, Local(2026, 11, 21), Local(2026, 11, 23), priority: 5);
        var schedule = Compiled(
            Display(),
            Schedule(Scopes.Display(DisplayId), All(2, 5), All(1, 5), earlier, All(3, 4), All(4, 9, Disclosure.Internal), All(5, 9)),
            Schedule(Scopes.Org(Head), All(7, 5)).WithDefault(8));
        var explained = ScheduleExplainer.Explain(schedule, ReadySet.Of((c, _) => c != Content(5)), Noon);
        var reasons = explained.Reasons.ToDictionary(r => r.Subject, r => r.Code);
        Assert.Equal("schedule", explained.Reasons[0].Code);
        Assert.Equal("event 2", explained.Reasons[0].Subject);
        Assert.Equal("id_order", reasons["event 1"]);
        Assert.Equal("lower_priority", reasons["event 3"]);
        Assert.Equal("not_for_audience", reasons["event 4"]);
        Assert.Equal("not_ready", reasons["event 5"]);
        Assert.Equal("earlier_start", reasons["event 6"]);
        Assert.Equal("less_specific", reasons["event 7"]);
        Assert.Equal("covered_by", reasons["playlist 8"]);
    }

    [Fact]
    public void Next_change_skips_window_edges_where_nothing_changes()
    {
        var schedule = Compiled(Display(), Schedule(Scopes.Org(Head), Event(1, Local(2026, 12, 31), Local(2027, 1, 1))).WithDefault(2));
        var explained = ScheduleExplainer.Explain(schedule, ReadySet.Everything, Noon);
        Assert.Equal(Utc(2026, 12, 30, 16), explained.NextChange);
    }

    [Fact]
    public void Next_change_is_null_when_nothing_is_planned() =>
        Assert.Null(ScheduleExplainer.Explain(Compiled(Display()), ReadySet.Everything, Noon).NextChange);

    [Fact]
    public void Every_code_has_a_sentence_in_both_languages()
    {
        var codes = typeof(ReasonCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.NotEmpty(codes);
        foreach (var code in codes)
        {
            var zh = new Reason(code, "甲", "org").In(CultureInfo.GetCultureInfo("zh-CN"));
            var en = new Reason(code, "甲", "org").In(CultureInfo.GetCultureInfo("en"));
            Assert.DoesNotContain(code + ":", zh, StringComparison.Ordinal);
            Assert.NotEqual(zh, en);
        }
    }
}
