using Bunit;
using Kiosk.Admin.Features.Plays;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

public sealed class PlaysPageTests
{
    private static readonly Guid Film = Guid.NewGuid();

    [Fact]
    public async Task Sums_lead_to_the_showings_behind_them_and_back()
    {
        await using var context = Context(12);
        var page = context.Render<PlaysPage>();
        page.WaitForElement("[data-testid=play-sum][data-name=宣传片]");
        Assert.Contains("共 12 次，播完 10 次，时长 2:00", page.Find("[data-testid=plays-total]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=play-open]").Click();
        page.WaitForElement("[data-testid=play]");
        var rows = page.FindAll("[data-testid=play]").Select(row => row.TextContent).ToList();
        Assert.Contains("播完", rows[0], StringComparison.Ordinal);
        Assert.Contains("中途换下", rows[1], StringComparison.Ordinal);
        Assert.Contains("一小时内 60 次，播完 59 次", rows[2], StringComparison.Ordinal);
        Assert.Contains("不知道时间", rows[2], StringComparison.Ordinal);
        Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.Contains($"/api/plays?", StringComparison.Ordinal) && request.PathAndQuery.Contains($"mediaId={Film}", StringComparison.Ordinal));
        Assert.Contains($"mediaId={Film}", page.Find("[data-testid=plays-xlsx]").GetAttribute("href"), StringComparison.Ordinal);

        page.Find("[data-testid=plays-media-any]").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain("mediaId", context.Hub.Requests[^1].PathAndQuery, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_was_shown_the_page_says_when_something_will_be()
    {
        await using var context = Context(0);
        var page = context.Render<PlaysPage>();
        page.WaitForElement("[data-testid=empty]");
        Assert.Contains("一两分钟", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=plays-xlsx]"));
    }

    private static AdminContext Context(int plays)
    {
        var context = new AdminContext();
        var now = new DateTimeOffset(2026, 11, 27, 2, 0, 0, TimeSpan.Zero);
        PlaySum[] sums = plays == 0 ? [] : [new PlaySum(Film, "宣传片", false, plays, 10, 120_000, 2, now)];
        context.Hub.Answer("GET", "/api/plays/report", new PlaySums(new Page<PlaySum>(sums, sums.Length), plays, plays == 0 ? 0 : 10, plays * 10_000L));
        PlayRow Row(int count, int completed, ClockState clock = ClockState.Synced) => new(
            Guid.NewGuid(), now, now.AddSeconds(10), Film, "宣传片", Guid.NewGuid(), "大厅", "Asia/Shanghai", "党委", "default", 10_000, count, completed, clock);
        context.Hub.Answer("GET", "/api/plays", new Page<PlayRow>([Row(1, 1), Row(1, 0), Row(60, 59, ClockState.Unknown)], 3));
        return context;
    }
}
