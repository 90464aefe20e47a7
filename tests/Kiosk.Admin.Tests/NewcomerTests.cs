using Bunit;
using Kiosk.Admin.Features.Members;
using Kiosk.Admin.Features.Notices;
using Kiosk.Admin.Features.Schedules;
using Kiosk.Admin.Shared;
using Kiosk.Admin.Shared.Layout;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

/// <summary>What a first user stumbled over, one test each.</summary>
public sealed class NewcomerTests
{
    [Fact]
    public void Zone_is_named_only_where_its_clock_is_not_the_browser_s()
    {
        using var context = new AdminContext();
        var times = context.Services.GetRequiredService<Times>();
        var now = context.Clock.GetUtcNow();
        Assert.Equal("今天 19:30", times.Near(now.AddMinutes(30)));

        times.Own = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Assert.Equal("今天 19:30（北京时间）", times.Near(now.AddMinutes(30)));
        Assert.Equal("今天 19:30–20:00（北京时间）", times.Span(now.AddMinutes(30), now.AddHours(1), "Asia/Shanghai"));
        Assert.Equal("今天 12:30", times.Near(now.AddMinutes(30), "Europe/Berlin"));
        Assert.Equal("5 分钟前", times.Ago(now.AddMinutes(-5)));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(400, "400 B")]
    [InlineData(2048, "2 KB")]
    public void Small_file_is_not_told_as_nothing(long bytes, string text) => Assert.Equal(text, Times.Size(bytes));

    [Theory]
    [InlineData("settings/operators", OperatorRole.Host, true)]
    [InlineData("settings/rooms?x=1", OperatorRole.Editor, true)]
    [InlineData("settings/operators", OperatorRole.Admin, false)]
    [InlineData("members", OperatorRole.Editor, true)]
    [InlineData("members", OperatorRole.Host, false)]
    [InlineData("displays", OperatorRole.Host, false)]
    [InlineData("", OperatorRole.Host, false)]
    public void Page_of_another_role_is_refused_calmly(string address, OperatorRole role, bool refused)
    {
        using var context = new AdminContext(grants: [new RoleGrant(role, AdminContext.Root, "党委")]);
        Assert.Equal(refused, RailEntry.Refuses(context.Workspace, address));
        Assert.Equal(role == OperatorRole.Admin, RailEntry.For(context.Workspace).Any(entry => entry.Address.StartsWith("settings", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-60", "可用积分只有 50 分", true)]
    [InlineData("-50", "调整后可用 0 分", false)]
    [InlineData("30", "其中 20 分先抵扣以前欠的，调整后可用 60 分", false)]
    public void Adjustment_says_beforehand_what_will_happen(string amount, string sentence, bool blocked)
    {
        using var context = new AdminContext();
        var dialog = context.Render<AdjustDialog>(parameters => parameters.Add(each => each.Available, 50).Add(each => each.Owed, 20));
        dialog.Find("[data-testid=points-amount]").Input(amount);
        Assert.Contains(sentence, dialog.Markup, StringComparison.Ordinal);
        Assert.Equal(blocked, dialog.Find("[data-testid=points-save]").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("http://hub.test/admin/?return=%2Fprint%2Fcards%3Fids%3D1", "/print/cards?ids=1")]
    [InlineData("http://hub.test/admin/?return=https%3A%2F%2Fevil.test", null)]
    [InlineData("http://hub.test/admin/?return=%2F%2Fevil.test", null)]
    [InlineData("http://hub.test/admin/?return=%2Fprint%2F..%2Fapi", null)]
    [InlineData("http://hub.test/admin/", null)]
    public void Only_a_page_to_print_is_come_back_to(string address, string? page) => Assert.Equal(page, ReturnTo.Of(address));

    [Fact]
    public async Task Notice_taken_back_comes_back_with_its_picture()
    {
        await using var context = new AdminContext();
        var picture = Guid.NewGuid();
        var notice = new NoticeSummary(
            Guid.NewGuid(), 1, NoticeKind.Banner, NoticeUrgency.Normal, "停水通知", "今晚停水", AdminContext.Root, "党委", [Scopes.Org(AdminContext.Root)], ["党委"],
            context.Clock.GetUtcNow().AddMinutes(-5), context.Clock.GetUtcNow().AddHours(1), Disclosure.Public, null, "王敏", context.Clock.GetUtcNow(), new ReceiptCounts(0, 0, 0, 0, 0), picture);
        context.Hub.Answer("GET", "/api/notices", new Page<NoticeSummary>([notice], 1));
        context.Hub.Answer("POST", $"/api/notices/{notice.Id}/withdraw", notice);
        context.Hub.Answer("POST", "/api/notices", notice);
        var page = context.Render<NoticesPage>();
        page.WaitForElement("[data-testid=notice-withdraw]").Click();
        var toasts = context.Render<ToastArea>();
        toasts.WaitForElement("[data-testid=toast-undo]").Click();

        page.WaitForState(() => context.Hub.Requests.Exists(request => request is { Method: "POST", PathAndQuery: "/api/notices" }));
        Assert.Contains(picture.ToString(), context.Hub.Requests.Last(request => request is { Method: "POST", PathAndQuery: "/api/notices" }).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_a_whole_day_stand_above_the_hours_once()
    {
        using var context = new AdminContext();
        var id = Guid.NewGuid();
        var slots = Enumerable.Range(23, 7).Select(day => new SchedulePage.Slot(Occurrence(id, "日常播放", new DateTime(2026, 11, day), new DateTime(2026, 11, day).AddDays(1))))
            .Append(new SchedulePage.Slot(Occurrence(Guid.NewGuid(), "晚间", new DateTime(2026, 11, 25, 18, 0, 0), new DateTime(2026, 11, 25, 21, 0, 0)))).ToList();
        var strip = context.Render<WholeDays>(parameters => parameters.Add(each => each.Slots, slots));
        Assert.Contains("每天全天", Assert.Single(strip.FindAll("[data-testid=event-whole-day]")).TextContent, StringComparison.Ordinal);

        var list = context.Render<WeekList>(parameters => parameters.Add(each => each.Slots, slots).Add(each => each.Monday, new DateOnly(2026, 11, 23)));
        Assert.Equal(8, list.FindAll("[data-testid=week-event]").Count);
        Assert.Contains("18:00–21:00", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeat_moves_along_with_its_first_day()
    {
        var monday = new DateOnly(2026, 11, 23);
        var weekly = Recurrence.For(monday) with { Repeat = Repeat.Weekly, Days = [DayOfWeek.Monday, DayOfWeek.Saturday] };
        Assert.Equal([DayOfWeek.Wednesday, DayOfWeek.Monday], weekly.Moved(monday, monday.AddDays(2)).Days);
        Assert.Equal(25, (Recurrence.For(monday) with { Repeat = Repeat.MonthlyDay }).Moved(monday, monday.AddDays(2)).MonthDay);
        Assert.Equal((4, DayOfWeek.Wednesday), (Recurrence.For(monday) with { Repeat = Repeat.MonthlyWeekday }).Moved(monday, monday.AddDays(2)) is var moved ? (moved.Week, moved.Weekday) : default);
    }

    private static ScheduleOccurrence Occurrence(Guid id, string title, DateTime start, DateTime end) => new(id, title, "党委", "每日", start, end, 50, true, Disclosure.Public);
}
