using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>A meeting that is over, on a notebook and on a phone: names stay in a line, a bar belongs to its card, a caption keeps off its field. Pictures are kept in artifacts/look.</summary>
public sealed class AttendanceLookTests
{
    private static readonly string _folder = Path.Combine(Published.Root, "artifacts", "look");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Names_bars_and_captions_keep_their_place(string language)
    {
        Directory.CreateDirectory(_folder);
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var (room, door) = await hub.AddRoomWithDisplayAsync("党员活动室");
        var members = new List<MemberSummary>();
        foreach (var name in (string[])["张小三", "李四海", "欧阳建国", "王秀兰"])
        {
            members.Add(await HubApplication.AddMemberAsync(host, name, hub.RootUnitId));
        }

        var meeting = (await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, [.. members.Select(member => member.Id)]))).Summary;
        var path = $"/api/meetings/{meeting.Id}";
        foreach (var member in members.Take(3))
        {
            await hub.UploadScansAsync(door, hub.CardScan(meeting.Id, await hub.CardAsync(host, member.Id)));
        }

        await host.PostAsync<object>(path + "/check-ins/undo", new UndoCheckIn(members[2].Id, "点错人"));
        await host.PostAsync<GuestView>(path + "/guests", new GuestInput(GuestKind.Guest, "王来宾"));
        await host.PostAsync<GuestView>(path + "/guests", new GuestInput(GuestKind.Visitor, "李外单", "市人民医院第一党支部", PersonKind.FullMember));
        await host.PostAsync<HeadCountView>(path + "/head-counts", new HeadCountInput(5, "后排一人"));
        await host.PostAsync<object>(path + "/close");

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var admin = await AdminPage.OpenAsync(browser, hub.Address, language);
        await admin.SignInAsync(HubApplication.AdminUserName, HubApplication.AdminPassword);
        if (language == "en")
        {
            await admin.Of("language-en").ClickAsync();
        }

        foreach (var (width, height) in ((int, int)[])[(1366, 768), (390, 844)])
        {
            await admin.Page.SetViewportSizeAsync(width, height);
            await admin.GoAsync($"meetings/{meeting.Id}");
            await admin.Of("attendance-undone").WaitForAsync();
            await admin.Of("count-latest").WaitForAsync();
            await ShootAsync(admin, $"wall-{width}-{language}", "attendance-desk");
            var lines = await admin.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.seat-name b')].map(name => name.getBoundingClientRect().height / parseFloat(getComputedStyle(name).lineHeight))");
            Assert.Equal(4, lines.Length);
            Assert.All(lines, each => Assert.InRange(each, 0, 1.5));

            await admin.GoAsync($"meetings/{meeting.Id}?part=minutes");
            await admin.Of("minutes-save").WaitForAsync();
            await ShootAsync(admin, $"minutes-{width}-{language}", "minutes");
            Assert.True(await admin.Page.EvaluateAsync<bool>("""
                () => { const bar = document.querySelector('[data-testid=minutes] > .sticky-actions'), card = bar.parentElement;
                    return getComputedStyle(bar).backgroundColor === getComputedStyle(card).backgroundColor && getComputedStyle(bar).backgroundImage === 'none'
                        && bar.getBoundingClientRect().width > card.clientWidth - 2; }
                """));
            // While the page goes on below it the bar stands whole at the bottom of the window.
            Assert.InRange(await admin.Page.EvaluateAsync<double>("() => { document.querySelector('[data-testid=minutes]').scrollIntoView({ block: 'start' }); return innerHeight - document.querySelector('[data-testid=minutes] > .sticky-actions').getBoundingClientRect().bottom; }"), -0.5, 0.5);
            await admin.Page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
            Assert.True(await admin.Page.EvaluateAsync<bool>("""
                () => [...document.querySelectorAll('[data-testid=minutes] .help')].at(-1).getBoundingClientRect().bottom <= document.querySelector('[data-testid=minutes] > .sticky-actions').getBoundingClientRect().top
                """));

            await admin.GoAsync("meetings");
            await admin.Of("meeting-new").ClickAsync();
            await admin.Of("meeting-unit").WaitForAsync();
            Assert.True(await admin.Page.EvaluateAsync<bool>("() => { const set = document.querySelector('[data-testid=recurrence]'); return set.querySelector('select').getBoundingClientRect().top - set.querySelector('legend').getBoundingClientRect().bottom >= 4; }"));
            await ShootAsync(admin, $"form-{width}-{language}");
        }

        await admin.Page.SetViewportSizeAsync(900, 1200);
        foreach (var paper in (string[])["sheet", "minutes"])
        {
            await admin.Page.GotoAsync(new Uri(hub.Address, $"/print/meetings/{meeting.Id}/{paper}?lang={language}").ToString());
            Assert.Contains("-0001", await admin.Page.Locator("table.others").InnerTextAsync(), StringComparison.Ordinal);
            var rows = await admin.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('table.others tbody .name, table.others tbody .short')].map(cell => { const text = document.createRange(); text.selectNodeContents(cell); return text.getClientRects().length; })");
            Assert.All(rows, each => Assert.InRange(each, 0, 1));
            await ShootAsync(admin, $"print-{paper}-{language}");
        }
    }

    private static async Task ShootAsync(AdminPage admin, string name, string? from = null)
    {
        if (from is not null)
        {
            await admin.Of(from).EvaluateAsync("part => part.scrollIntoView({ block: 'start' })");
        }

        await admin.Page.EvaluateAsync("() => document.fonts.ready.then(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))))");
        await admin.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, name + ".png") });
        Assert.True(await admin.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than its window");
    }
}
