using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>
/// Takes the pictures of docs/pictures from the demo: <c>docs/pictures/take.sh</c>. Explicit, because it makes documents and asserts little.
/// </summary>
[Collection(EndToEndRun.Name)]
public sealed class Pictures
{
    private static readonly string _folder = Path.Combine(Published.Root, "docs", "pictures");

    [Theory(Explicit = true)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Take(string language)
    {
        var identity = Path.Combine(Directory.CreateTempSubdirectory("kiosk-pictures-").FullName, "room");
        await using var world = await World.CreateAsync(
            "--Hub:Demo=true", $"--Hub:Language={language}", $"--Hub:DemoPairing={Path.Combine(identity, "identity.json")}");
        var password = await world.Hub.SaysAsync("[：:] ?([a-z2-9]{14})");
        var room = await world.OpenKioskAsync(identity, language: language);
        using var admin = await OperatorSession.SignInAsync(world.Hub.Address, "admin", password);
        var root = admin.Info.Grants[0].OrgUnitId;
        await room.Page.Locator("#meeting:not([hidden])").WaitForAsync(new LocatorWaitForOptions { Timeout = 240_000 });

        var landscape = await ClaimAsync(world, admin, root, language, 1920, 1080);
        var portrait = await ClaimAsync(world, admin, root, language, 1080, 1920);
        await CheckSomebodyInAsync(admin);
        await ShootAsync(room, language, "kiosk-meeting");
        await ShootAsync(landscape, language, "kiosk-signage-landscape");
        await ShootAsync(portrait, language, "kiosk-signage-portrait");
        var chinese = language == "zh-CN";
        await PublishAsync(admin, root, NoticeKind.Banner, chinese ? "停水通知" : "Water will be off", chinese ? "今晚八点到十点停水，请提前储水。" : "Tonight from eight to ten. Please store some water.");
        await landscape.Page.Locator("#banner:not([hidden])").WaitForAsync();
        await portrait.Page.Locator("#banner:not([hidden])").WaitForAsync();
        await ShootAsync(landscape, language, "kiosk-banner-landscape");
        await ShootAsync(portrait, language, "kiosk-banner-portrait");
        await AdminAsync(world, password, language);
        await PhoneAsync(world, admin, room, language);
        await PublishAsync(admin, root, NoticeKind.Takeover, chinese ? "请立即离开大楼" : "Please leave the building now", chinese ? "沿绿色指示从最近的楼梯离开，不要乘坐电梯。" : "Follow the green signs to the nearest stairs. Do not use the lift.");
        await landscape.Page.Locator("#takeover:not([hidden])").WaitForAsync();
        await ShootAsync(landscape, language, "kiosk-takeover");
    }

    private static async Task<KioskScreen> ClaimAsync(World world, OperatorSession admin, Guid root, string language, int width, int height)
    {
        var screen = await world.OpenKioskAsync($"screen-{width}", language: language, width: width, height: height);
        var code = await screen.PairingCodeAsync();
        await ShootAsync(screen, language, width > height ? "kiosk-pairing-landscape" : "kiosk-pairing-portrait");
        var name = (language, width > height) switch
        {
            ("zh-CN", true) => "大厅电视",
            ("zh-CN", false) => "电梯口竖屏",
            (_, true) => "Lobby TV",
            _ => "Lift screen",
        };
        await admin.PostAsync<DisplaySummary>("/api/displays", new ClaimDisplay(code, null, new DisplayInput(
            name, root, null, "Asia/Shanghai", width > height ? Orientation.Landscape : Orientation.Portrait, [], language, 60, false, Disclosure.Public, [])));
        await screen.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('#playback video, #playback img')].some(each => (each.currentTime ?? 1) > 0.5)", null, new PageWaitForFunctionOptions { Timeout = 120_000 });
        return screen;
    }

    private static async Task CheckSomebodyInAsync(OperatorSession admin)
    {
        var meeting = (await admin.GetAsync<Page<MeetingSummary>>("/api/meetings")).Items.OrderBy(each => each.Start).First();
        foreach (var row in (await admin.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting.Id}/attendance")).Take(9))
        {
            await admin.PostAsync<object>($"/api/meetings/{meeting.Id}/check-ins", new HelperCheckIn(row.MemberId, "demo"));
        }
    }

    private static Task<NoticeSummary> PublishAsync(OperatorSession admin, Guid root, NoticeKind kind, string title, string text) => admin.PostAsync<NoticeSummary>(
        "/api/notices",
        new NoticeInput(root, kind, NoticeUrgency.Important, title, text, [Scopes.Org(root)], null, TimeProvider.System.GetUtcNow().AddHours(2), Disclosure.Public, null));

    private static async Task AdminAsync(World world, string password, string language)
    {
        var page = await AdminPage.OpenAsync(world.Browser, world.Hub.Address, language);
        await page.SignInAsync("admin", password);
        if (language == "en")
        {
            await page.Of("language-en").ClickAsync();
        }

        foreach (var (path, name) in ((string, string)[])[("", "today"), ("displays", "displays"), ("media", "media"), ("playlists", "playlists"), ("schedule", "schedule"), ("notices", "notices"), ("meetings", "meetings"), ("members", "members")])
        {
            await page.GoAsync(path);
            await page.Of("rail").WaitForAsync();
            await page.Page.WaitForFunctionAsync("() => document.querySelector('h1') && !document.querySelector('.loading')");
            await page.Page.EvaluateAsync("() => document.fonts.ready.then(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))))");
            await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"admin-{name}-{language}.png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    private static async Task PhoneAsync(World world, OperatorSession admin, KioskScreen room, string language)
    {
        var member = (await admin.GetAsync<Page<MemberSummary>>("/api/members?take=200")).Items[^1];
        var ticket = await admin.PostAsync<EnrolmentTicket>($"/api/members/{member.Id}/enrolment");
        var phone = await world.EnrolPhoneAsync(ticket.Url, "482913", language);
        var address = await Until.GotAsync(
            async () => (await QrReader.ReadAsync(await room.ScreenshotAsync())).FirstOrDefault(text => text.Contains("/c/", StringComparison.Ordinal)), "a check-in code");
        await phone.GotoAsync(address);
        await phone.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"phone-check-in-{language}.png") });
        await phone.ClickAsync("button[type=submit]");
        await phone.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"phone-done-{language}.png") });
    }

    private static async Task ShootAsync(KioskScreen screen, string language, string name) =>
        await screen.ScreenshotAsync(Path.Combine(_folder, $"{name}-{language}.png"));
}
