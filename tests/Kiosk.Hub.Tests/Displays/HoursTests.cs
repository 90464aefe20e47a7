using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Displays;

/// <summary>Screen hours and volume hours: from the form to what the display is told.</summary>
public class HoursTests
{
    [Fact]
    public async Task Hours_reach_the_display_are_kept_when_not_named_and_go_when_emptied()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (_, display) = await hub.AddRoomWithDisplayAsync();
        var (path, input) = ($"/api/displays/{display}", hub.DisplayInput());
        PowerTime[] lit = [new(1, "08:00", "21:30"), new(6, "20:00", "02:00")];
        VolumeTime[] quiet = [new(0, "21:00", "07:00", 10), new(3, "00:00", "00:00", 0)];
        await admin.PutAsync<object>(path, input with { PowerHours = lit, VolumeHours = quiet });
        var shown = await admin.GetAsync<DisplaySummary>(path);
        Assert.Equal(lit, shown.PowerHours);
        Assert.Equal(quiet, shown.VolumeHours);
        var told = await hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(display));
        Assert.Equal(lit, told!.PowerHours);
        Assert.Equal(quiet, told.VolumeHours);

        await admin.PutAsync<object>(path, input with { Name = "大厅" });
        Assert.Equal(quiet, (await hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(display)))!.VolumeHours);
        await admin.PutAsync<object>(path, input with { PowerHours = [], VolumeHours = [] });
        told = await hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(display));
        Assert.Null(told!.PowerHours);
        Assert.Null(told.VolumeHours);
    }

    [Fact]
    public async Task Download_rules_reach_the_display_are_kept_when_not_named_and_go_when_emptied()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (_, display) = await hub.AddRoomWithDisplayAsync();
        var (path, input) = ($"/api/displays/{display}", hub.DisplayInput());
        async Task<DownloadRules?> ToldAsync() => (await hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(display)))!.Downloads;
        Assert.Null(await ToldAsync());
        DownloadTime[] night = [new(0, "22:00", "06:00"), new(3, "12:00", "13:30")];
        await admin.PutAsync<object>(path, input with { Downloads = new DownloadRules(2_000, night, 8_000) });
        Assert.Equal((2_000, 8_000), ((await ToldAsync())!.CapKbps, (await ToldAsync())!.CacheMegabytes));
        Assert.Equal(night, (await ToldAsync())!.Windows);
        Assert.Equal(night, (await admin.GetAsync<DisplaySummary>(path)).Downloads!.Windows);

        await admin.PutAsync<object>(path, input with { Name = "大厅" });
        Assert.Equal(2_000, (await ToldAsync())!.CapKbps);
        await admin.PutAsync<object>(path, input with { Downloads = new DownloadRules(null, [], null) });
        Assert.Null(await ToldAsync());
    }

    [Theory]
    [InlineData(63, 8_000, "22:00")]
    [InlineData(10_000_001, 8_000, "22:00")]
    [InlineData(2_000, 499, "22:00")]
    [InlineData(2_000, 100_000_001, "22:00")]
    [InlineData(2_000, 8_000, "22 Uhr")]
    public async Task Download_rules_that_mean_nothing_are_refused(int kbps, int megabytes, string start)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (_, display) = await hub.AddRoomWithDisplayAsync();
        var rules = new DownloadRules(kbps, [new(1, start, "06:00")], megabytes);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.PutAsync<object>($"/api/displays/{display}", hub.DisplayInput() with { Downloads = rules }));
        Assert.Equal("invalid_input", refused.Code);
    }

    [Theory]
    [InlineData(7, "08:00", "09:00", 10)]
    [InlineData(1, "8 Uhr", "09:00", 10)]
    [InlineData(1, "08:00", "24:00", 10)]
    [InlineData(1, "08:00", "09:00", 101)]
    [InlineData(1, "08:00", "09:00", -1)]
    public async Task Hours_that_mean_nothing_are_refused_in_a_sentence(int day, string start, string end, int percent)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (_, display) = await hub.AddRoomWithDisplayAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.PutAsync<object>($"/api/displays/{display}", hub.DisplayInput() with { VolumeHours = [new(day, start, end, percent)] }));
        Assert.Equal("invalid_input", refused.Code);
    }
}
