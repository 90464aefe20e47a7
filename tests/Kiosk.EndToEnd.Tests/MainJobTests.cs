using Kiosk.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>The main job as its users meet it: real processes, real Chromium, real media, nothing called behind the pages.</summary>
[Collection(EndToEndRun.Name)]
public sealed class MainJobTests
{
    private const string Room = "一号活动室";

    [Fact]
    public async Task Scheduled_video_plays_notice_is_painted_and_members_check_in_by_phone_and_by_card()
    {
        await using var world = await World.CreateAsync();
        var admin = await AdminPage.OpenAsync(world.Browser, world.Hub.Address);
        await admin.SetUpAsync(await world.Hub.SetUpLinkAsync(), "东湖街道党委");

        // A member with a card exists before the kiosk starts, because the fake camera's film is fixed at start.
        var phoneLink = await admin.AddMemberAsync("张小三");
        await admin.AddMemberAsync("李四海");
        var card = await World.ReadCardAsync(admin);

        var screen = await world.OpenKioskAsync("kiosk", await Samples.CardBeforeCameraAsync(world.Folder, card));
        await screen.PairAsync(admin, "门厅大屏", Room);

        var (video, photo) = (await Samples.VideoAsync(world.Folder, 6), await Samples.JpegAsync(world.Folder));
        await admin.UploadAsync(video, photo);
        await admin.CreatePlaylistAsync("每日播放", "宣传片", "活动照片");
        await admin.ScheduleAllDayAsync("全天", "每日播放");
        await screen.PlaysAsync();

        await admin.PublishBannerAsync("停水通知", "今晚八点到十点停水，请提前储水。");
        await screen.Page.Locator("#banner:has-text('停水通知')").WaitForAsync();
        await admin.Page.Locator("[data-testid=notice-row][data-title='停水通知'] [data-testid=receipts][data-painted='1'][data-targeted='1']").WaitForAsync();

        await admin.CreateMeetingNowAsync("十一月党员大会", Room);
        var phone = await world.EnrolPhoneAsync(phoneLink, "482913");
        await CheckInByPhoneAsync(screen, phone);
        await screen.Page.Locator("#meeting:has-text('张*三')").WaitForAsync();
        // The other member's card has been in front of the camera all along.
        await screen.Page.Locator("#meeting:has-text('李*海')").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });

        foreach (var name in (string[])["张小三", "李四海"])
        {
            await admin.OpenMemberAsync(name);
            await admin.Of("posting").First.WaitForAsync();
            Assert.Equal(1, await admin.Of("posting").CountAsync());
        }

        // What was on screen before the meeting came is in the proof of play.
        await admin.GoAsync("plays");
        await admin.Page.Locator("[data-testid=play-sum][data-name^='宣传片']").WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000 });
    }

    /// <summary>The phone's camera reads the code from the screen; the page it opens needs no script.</summary>
    private static async Task CheckInByPhoneAsync(KioskScreen screen, IPage phone)
    {
        await screen.Page.Locator("#meeting:not([hidden])").WaitForAsync();
        var address = await Until.GotAsync(
            async () => (await QrReader.ReadAsync(await screen.ScreenshotAsync())).FirstOrDefault(text => text.Contains("/c/", StringComparison.Ordinal)),
            "a check-in code on the screen");
        await phone.GotoAsync(address);
        Assert.DoesNotContain("/c/", new Uri(phone.Url).AbsolutePath, StringComparison.Ordinal);
        await phone.ClickAsync("button[type=submit]");
        await phone.Locator("body:has-text('签到成功')").WaitForAsync();
    }
}
