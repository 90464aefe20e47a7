using System.Net;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Displays;

public class RemovalTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Removed_display_is_in_no_list_its_player_is_out_and_its_number_is_not_given_again()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput("一楼大厅"));
        var number = (await admin.GetAsync<DisplaySummary>($"/api/displays/{display.DisplayId}")).Number;

        await admin.DeleteAsync($"/api/displays/{display.DisplayId}?confirm={Uri.EscapeDataString("一楼大厅")}");

        await display.Closed.WaitAsync(Eventually.Deadline, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, (await display.GetAsync(DeviceRoutes.Feed(FeedKeys.Display(display.DisplayId)), Stop)).Status);
        Assert.Equal(0, (await admin.GetAsync<Page<DisplaySummary>>("/api/displays")).Total);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => admin.GetAsync<DisplaySummary>($"/api/displays/{display.DisplayId}"))).Status);
        await using var next = await hub.PairDisplayAsync(hub.DisplayInput("二楼"));
        Assert.Equal(number + 1, (await admin.GetAsync<DisplaySummary>($"/api/displays/{next.DisplayId}")).Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?confirm=yes")]
    public async Task Removing_without_the_name_changes_nothing(string query)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        await using var display = await hub.PairDisplayAsync(hub.DisplayInput("一楼大厅"));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.DeleteAsync($"/api/displays/{display.DisplayId}{query}"));

        Assert.Equal("confirm_name", refused.Code);
        Assert.Contains("一楼大厅", refused.Sentence, StringComparison.Ordinal);
        Assert.True((await admin.GetAsync<DisplaySummary>($"/api/displays/{display.DisplayId}")).Paired);
    }

    [Fact]
    public async Task Check_ins_at_a_removed_display_keep_its_name()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        await evening.ScanAsync(await evening.CardAsync());

        await evening.Host.DeleteAsync($"/api/displays/{evening.DisplayId}?confirm={Uri.EscapeDataString("党员活动室")}");

        Assert.Equal("党员活动室", Assert.Single(await evening.RecordsAsync()).DisplayName);
    }
}

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class RemovalTestsOnPostgres : RemovalTests;
