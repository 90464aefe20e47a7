using Kiosk.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>The hub goes away in the middle: the kiosk plays on, takes cards, and nothing is lost or doubled by kill -9 on either side.</summary>
[Collection(EndToEndRun.Name)]
public sealed class HubAwayTests
{
    private const string Room = "二号活动室";

    [Fact]
    public async Task Card_taken_while_the_hub_is_away_arrives_once_after_both_were_killed()
    {
        await using var world = await World.CreateAsync();
        var admin = await AdminPage.OpenAsync(world.Browser, world.Hub.Address);
        await admin.SetUpAsync(await world.Hub.SetUpLinkAsync(), "西湖街道党委");
        await admin.AddMemberAsync("赵小五");
        var card = await World.ReadCardAsync(admin);
        var screen = await world.OpenKioskAsync("kiosk");
        await screen.PairAsync(admin, "活动室大屏", Room);
        await admin.UploadAsync(await Samples.VideoAsync(world.Folder, 5));
        await admin.CreatePlaylistAsync("循环", "宣传片");
        await admin.ScheduleAllDayAsync("全天", "循环");
        await screen.PlaysAsync();
        // A second display in no room shows whether playback goes on; the room's own shows the meeting.
        var lobby = await world.OpenKioskAsync("lobby");
        await lobby.PairAsync(admin, "门厅");
        await lobby.PlaysAsync();
        await admin.CreateMeetingNowAsync("支部党员大会", Room);
        await screen.Page.Locator("#meeting:not([hidden])").WaitForAsync();

        world.Hub.Kill();
        await lobby.Page.Locator("#offline:not([hidden])").WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000, State = WaitForSelectorState.Attached });
        await lobby.PlaysAsync();
        await Until.TrueAsync(
            async () => !(await QrReader.ReadAsync(await screen.ScreenshotAsync())).Any(text => text.Contains("/c/", StringComparison.Ordinal)),
            "the code has left the screen",
            90);
        await screen.SwipeAsync(card, "签到已记下");

        await screen.KillAsync();
        await screen.StartAgainAsync();
        await screen.Page.Locator("#meeting:not([hidden])").WaitForAsync();
        await lobby.PlaysAsync();

        await world.Hub.StartAgainAsync();
        await admin.OpenMemberAsync("赵小五");
        await Until.TrueAsync(
            async () =>
            {
                await admin.OpenMemberAsync("赵小五");
                return await admin.Of("posting").CountAsync() > 0;
            },
            "the check-in has arrived and paid",
            120);
        // Killed again after the answer: the journal offers nothing twice.
        await screen.KillAsync();
        await screen.StartAgainAsync();
        await screen.Page.Locator("#meeting:has-text('赵*五')").WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000 });
        await admin.OpenMemberAsync("赵小五");
        Assert.Equal(1, await admin.Of("posting").CountAsync());

        // The lobby went on playing while the hub was away, and that is told, too.
        await admin.GoAsync("plays");
        await admin.Page.Locator("[data-testid=plays-by] [data-value=display]").ClickAsync();
        await admin.Page.Locator("[data-testid=play-sum][data-name='门厅'] [data-testid=play-open]").ClickAsync(new LocatorClickOptions { Timeout = 90_000 });
        await admin.Page.Locator("[data-testid=play][data-name^='宣传片']").Nth(5).WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000 });
    }
}
