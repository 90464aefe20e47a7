using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core.Tests.Media;

public sealed class CachePlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static WantedMedia Soon(string name, double hours, long bytes = 100) => new(name, "video/mp4", bytes, Now.AddHours(hours));

    private static WantedMedia Far(string name, long bytes = 100) => new(name, "video/mp4", bytes, DateTimeOffset.MaxValue, false);

    private static StoredMedia Here(string name, double neededHoursAgo = 0, long bytes = 100) => new(name, "video/mp4", bytes, Now.AddHours(-neededHoursAgo));

    private static CachePlan Plan(long budget, WantedMedia[] wanted, StoredMedia[] here, params string[] held) => CachePlan.Of(wanted, held, here, budget);

    [Fact]
    public void Nobody_s_files_go_first_the_longest_unneeded_before_the_others()
    {
        var plan = Plan(300, [Soon("a", 1), Soon("b", 2)], [Here("old", 40), Here("older", 900), Here("a")]);
        Assert.Equal(["b"], plan.Fetch.Select(f => f.Sha256));
        Assert.Equal(["older", "old"], plan.Droppable);
        Assert.Empty(plan.Refused);
    }

    [Fact]
    public void Quota_that_is_too_small_leaves_out_what_is_needed_last_and_drops_nothing_that_is_needed()
    {
        var plan = Plan(350, [Soon("a", 0), Soon("b", 10), Soon("c", 20), Soon("d", 40)], [Here("c"), Here("d")]);
        Assert.Equal(["a"], plan.Fetch.Select(f => f.Sha256));
        Assert.Equal(["b"], plan.Refused.Select(f => f.Sha256));
        Assert.Empty(plan.Droppable);
        Assert.Equal(400, plan.NeededBytes);

        plan = Plan(250, [Soon("a", 0), Soon("b", 10), Soon("c", 20), Soon("d", 40, 40)], []);
        Assert.Equal(["a", "b", "d"], plan.Fetch.Select(f => f.Sha256)); // a small one still fits
        Assert.Equal(["c"], plan.Refused.Select(f => f.Sha256));
    }

    [Fact]
    public void What_is_needed_beyond_two_days_makes_way_for_what_is_needed_within()
    {
        var plan = Plan(300, [Soon("a", 1), Soon("b", 2), Far("x"), Far("y")], [Here("x"), Here("y"), Here("a")]);
        Assert.Equal(["b"], plan.Fetch.Select(f => f.Sha256));
        Assert.Equal(["y"], plan.Droppable);
        Assert.Empty(plan.Refused);
    }

    [Fact]
    public void Far_away_media_without_room_are_no_fault_and_files_of_items_on_their_way_are_held()
    {
        var plan = Plan(200, [Soon("new", 1), Far("x")], [Here("last", 900)], "last");
        Assert.Equal(["new"], plan.Fetch.Select(f => f.Sha256));
        Assert.Empty(plan.Droppable);
        Assert.Empty(plan.Refused);
    }

    [Fact]
    public void Ten_thousand_files_are_planned_in_a_blink()
    {
        WantedMedia[] wanted = [.. Enumerable.Range(0, 10_000).Select(n => Soon($"w{n}", n / 500.0))];
        StoredMedia[] here = [.. Enumerable.Range(5_000, 10_000).Select(n => Here($"w{n}"))];
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(5_000, Plan(long.MaxValue, wanted, here).Fetch.Count);
            return TimeProvider.System.GetElapsedTime(began);
        });
        Assert.True(best < TimeSpan.FromMilliseconds(200), $"{best.TotalMilliseconds} ms");
    }
}
