using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>需要看一眼 as the host meets it: in the real admin, at once, with pictures kept in artifacts/fair-play to be looked at.</summary>
public sealed class FairPlayPageTests
{
    private static readonly string _folder = Path.Combine(Published.Root, "artifacts", "fair-play");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Host_sees_at_once_what_needs_a_look_and_settles_it(string language)
    {
        Directory.CreateDirectory(_folder);
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var (room, _) = await hub.AddRoomWithDisplayAsync("党员活动室");
        await using var display = await hub.ConnectDisplayAsync(TestContext.Current.CancellationToken, hub.DisplayInput(roomId: room));
        var members = new List<MemberSummary>();
        foreach (var name in (string[])["张小三", "李四海", "王建国", "赵敏", "孙丽华", "周卫东", "吴桂英", "郑爱民", "欧阳明月"])
        {
            members.Add(await HubApplication.AddMemberAsync(host, name, hub.RootUnitId));
        }

        var meeting = (await hub.AddMeetingAsync(host, room, [.. members.Select(member => member.Id)])).Summary;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var admin = await AdminPage.OpenAsync(browser, hub.Address, language);
        await admin.SignInAsync(HubApplication.AdminUserName, HubApplication.AdminPassword);
        if (language == "en")
        {
            await admin.Of("language-en").ClickAsync();
        }

        await admin.GoAsync($"meetings/{meeting.Id}");
        await admin.Page.Locator("[data-testid=fair-play][data-waiting='0']").WaitForAsync();

        // A couple that says so; a phone that checks two in; one from elsewhere.
        await CoupleAsync(hub, host, display, meeting, members[0], members[1]);
        using (var phone = await hub.SignedInPhoneAsync(members[2].Id))
        {
            await CheckInAsync(hub, display, meeting, phone);
            phone.SetCookie("kiosk-member", (await hub.AddMemberSessionsAsync([members[3].Id]))[0], "/");
            await CheckInAsync(hub, display, meeting, phone);
        }

        foreach (var at in (int[])[4, 5, 6, 7, 8])
        {
            using var phone = await hub.SignedInPhoneAsync(members[at].Id, at == 8 ? "127.9.1.1" : null);
            await CheckInAsync(hub, display, meeting, phone);
        }

        // Without a reload.
        await admin.Page.Locator("[data-testid=fair-play][data-waiting='2']").WaitForAsync();
        await admin.Of("fair-ask").First.ClickAsync();
        await admin.Page.Locator("[data-testid=fair-play][data-unconfirmed='1']").WaitForAsync();
        await ShootAsync(admin, "waiting", language);
        await admin.Page.Locator("[data-testid=fair-flag][data-code=one_phone] [data-testid=fair-word]").FillAsync(language == "en" ? "Both are here" : "两位都在");
        await admin.Page.Locator("[data-testid=fair-flag][data-code=one_phone] [data-testid=fair-answer]").ClickAsync();
        await admin.Page.Locator("[data-testid=fair-play][data-waiting='1']").WaitForAsync();
        await admin.Of("fair-confirm").ClickAsync();
        await admin.Page.Locator("[data-testid=fair-play][data-unconfirmed='0']").WaitForAsync();
        await admin.Page.Locator("[data-testid=fair-settled] summary").ClickAsync();
        await ShootAsync(admin, "settled", language);
        // Takes the one from elsewhere back: its flag goes by itself.
        await admin.Page.Locator("[data-testid=fair-flag][data-code=far_network] [data-testid=fair-undo]").ClickAsync();
        await admin.Of("undo-reason").FillAsync(language == "en" ? "Not in the room" : "不在会场");
        await admin.Of("confirm-yes").ClickAsync();
        await admin.Page.Locator("[data-testid=fair-play][data-waiting='0']").WaitForAsync();
    }

    private static async Task CoupleAsync(HubApplication hub, OperatorSession host, DisplayClient display, MeetingSummary meeting, MemberSummary owner, MemberSummary other)
    {
        using (await hub.EnrolledPhoneAsync(host, other.Id, "731904"))
        {
        }

        using var phone = await hub.EnrolledPhoneAsync(host, owner.Id);
        await CheckInAsync(hub, display, meeting, phone);
        await phone.OpenAsync("/c?other=true");
        Assert.Equal("accepted", (await phone.SubmitAsync("/c?other=true", ("number", other.MemberNumber), ("pin", "731904"))).Code);
    }

    private static async Task CheckInAsync(HubApplication hub, DisplayClient display, MeetingSummary meeting, PhoneBrowser phone)
    {
        await phone.OpenAsync("/c/" + await hub.DisplayCodeAsync(display.DisplayId, meeting));
        Assert.Equal("accepted", (await phone.SubmitAsync("/c")).Code);
    }

    private static async Task ShootAsync(AdminPage admin, string name, string language)
    {
        foreach (var (width, height) in ((int, int)[])[(1366, 768), (390, 844)])
        {
            await admin.Page.SetViewportSizeAsync(width, height);
            await admin.Page.EvaluateAsync("() => { document.querySelector('[data-testid=fair-play]').scrollIntoView({ block: 'start' }); return new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))); }");
            await admin.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"{name}-{width}-{language}.png") });
            Assert.True(await admin.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than {width}");
        }

        await admin.Page.SetViewportSizeAsync(1366, 768);
    }
}
