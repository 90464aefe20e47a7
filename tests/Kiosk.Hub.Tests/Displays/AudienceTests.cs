using System.Net;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Displays;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Displays;

public sealed class AudienceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audience_widens_and_narrows_with_the_clock_and_so_does_what_the_display_may_fetch()
    {
        // A Sunday, 18:00 in Shanghai.
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-22T10:00:00Z", null));
        await using var hub = await HubApplication.StartAsync(time);
        var input = hub.DisplayInput() with { AudienceTimes = [new AudienceTime(0, "19:00", "21:00", Disclosure.Internal)] };
        await using var display = await hub.ConnectDisplayAsync(Stop, input);
        var (scope, self) = (Scopes.Org(hub.RootUnitId), FeedKeys.Display(display.DisplayId));
        var (lobby, members) = (FeedKeys.Notices(scope, Disclosure.Public), FeedKeys.Notices(scope, Disclosure.Internal));
        using var admin = await hub.SignInAsync();
        var secret = await admin.PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput("内部", Disclosure.Internal) with { Expiry = time.GetUtcNow().AddDays(2) });
        Assert.Equal(0, secret.Receipts.Targeted);
        Assert.Contains(lobby, display.Follows);
        Assert.Equal(HttpStatusCode.NotFound, (await display.GetAsync(DeviceRoutes.Feed(members), Stop)).Status);

        time.Skip(TimeSpan.FromHours(1));
        await display.UntilAsync(d => d.Feeds.ContainsKey(members), Stop);
        Assert.Equal([secret.Id], display.Document<NoticesDocument>(members).Notices.Select(notice => notice.Id));
        Assert.DoesNotContain(lobby, display.Document<DisplayDocument>(self).Follows);
        Assert.Equal(1, (await admin.GetAsync<NoticeSummary>($"/api/notices/{secret.Id}")).Receipts.Targeted);

        time.Skip(TimeSpan.FromHours(2));
        await display.UntilAsync(d => d.Document<DisplayDocument>(self).Follows.Contains(lobby), Stop);
        Assert.Equal(HttpStatusCode.NotFound, (await display.GetAsync(DeviceRoutes.Feed(members), Stop)).Status);
        Assert.DoesNotContain(members, (await display.HelloAsync(Stop)).Follows);
    }

    [Fact]
    public void Window_across_midnight_ends_on_the_next_day_and_a_narrowing_one_holds_beyond_the_horizon()
    {
        var now = DateTimeOffset.Parse("2026-11-22T10:00:00Z", null);
        var windows = AudienceCalendar.Windows(Disclosure.Internal, [new AudienceTime(0, "22:00", "06:00", Disclosure.Public)], "Asia/Shanghai", [], now);
        Assert.Contains(new AudienceWindow(now.AddHours(4), now.AddHours(12), Disclosure.Public), windows);
        Assert.Contains(windows, window => window.Start <= now.AddYears(1) && window.End > now.AddYears(1) && window.Audience == Disclosure.Public);
        Assert.Equal(now.AddHours(4), AudienceCalendar.NextChange(windows, "Asia/Shanghai", now));
    }
}
