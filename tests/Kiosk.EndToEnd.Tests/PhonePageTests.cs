using System.Globalization;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>
/// Every phone page in real Chromium without script: nothing is cut at 320 px with letters twice as large, every target is big enough for a thumb,
/// every text stands out, in both schemes and languages. The pictures are kept in artifacts/phone-pages to be looked at.
/// </summary>
public sealed class PhonePageTests
{
    private static readonly string _folder = Path.Combine(Published.Root, "artifacts", "phone-pages");

    private static readonly string[] _pages =
        ["sign-in", "enrol", "check-in", "other", "wrong-pin", "done", "again", "points", "card", "meetings", "leave", "data", "meeting", "sign-ups", "volunteers", "make-up", "make-up-empty", "host-pin", "elsewhere", "proof-ask", "proof-number", "refused"];

    /// <summary>What is wrong with the page at hand, as sentences.</summary>
    private const string Faults = """
        () => {
          const faults = [];
          const wide = document.documentElement.scrollWidth;
          if (wide > innerWidth) { faults.push(`wider than the screen: ${wide} > ${innerWidth}`); }
          const shown = (element) => element.getClientRects().length > 0;
          for (const target of document.querySelectorAll('a, button, summary, input:not([type=hidden]):not([type=radio]), label.choice, textarea')) {
            const { height, width, left, right } = target.getBoundingClientRect();
            const what = `${target.tagName} ${(target.textContent || target.name || '').trim().slice(0, 20)}`;
            if (shown(target) && (height < 47.5 || width < 47.5)) { faults.push(`${what}: ${width.toFixed(0)}×${height.toFixed(0)}`); }
            if (left < -1 || right > innerWidth + 1) { faults.push(`${what}: outside the screen`); }
          }
          const rgb = (text) => { const [r, g, b, a = 1] = (text.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number); return { r, g, b, a }; };
          const light = ({ r, g, b }) => { const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
          const behind = (element) => {
            const layers = [];
            for (let at = element; at; at = at.parentElement) {
              const colour = rgb(getComputedStyle(at).backgroundColor);
              if (colour.a > 0) { layers.push(colour); }
              if (colour.a >= 1) { break; }
            }
            return layers.reduceRight((under, over) => ({ r: over.r * over.a + under.r * (1 - over.a), g: over.g * over.a + under.g * (1 - over.a), b: over.b * over.a + under.b * (1 - over.a), a: 1 }), { r: 255, g: 255, b: 255, a: 1 });
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !shown(element)) { continue; }
            const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 7) { faults.push(`contrast ${contrast.toFixed(1)}: ${walker.currentNode.data.trim().slice(0, 20)}`); }
          }
          const first = [...document.querySelectorAll('button:not(.quiet)')];
          if (first.length > 1) { faults.push('more than one primary button'); }
          if (innerHeight > 800 && document.documentElement.scrollHeight <= innerHeight && first.length === 1 && first[0].getBoundingClientRect().top < innerHeight * 0.45) { faults.push('primary button out of reach of the thumb'); }
          return faults;
        }
        """;

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_page_is_whole_legible_and_within_reach(string language)
    {
        Directory.CreateDirectory(_folder);
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var (room, _) = await hub.AddRoomWithDisplayAsync(language == "en" ? "Members' room" : "党员活动室");
        await using var display = await hub.ConnectDisplayAsync(TestContext.Current.CancellationToken, hub.DisplayInput(roomId: room));
        var members = new List<MemberSummary>();
        foreach (var at in Enumerable.Range(0, 2))
        {
            members.Add(await HubApplication.AddMemberAsync(host, language == "en" ? $"Zhang Xiaoming {at}" : $"欧阳小{"明芳"[at]}", hub.RootUnitId));
        }

        var meeting = await hub.AddMeetingAsync(host, room, [.. members.Select(member => member.Id)]);
        var later = await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, [.. members.Select(member => member.Id)], startsIn: TimeSpan.FromDays(3)) with
        {
            Title = language == "en" ? "Theme day: visiting the exhibition about the village's history" : "主题党日：参观“红色记忆·村史”专题展览并开展座谈交流",
        });
        await host.PostAsync<object>($"/api/meetings/{later.Summary.Id}/materials", new MeetingMaterialInput(language == "en" ? "Reading list" : "学习材料：党章第三章节选", null, "https://study.example/chapter-3"));
        var volunteers = await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, [.. members.Select(member => member.Id)], "VolunteerService", TimeSpan.FromDays(4)) with
        {
            Title = language == "en" ? "Clearing snow at the village school" : "志愿服务：到村小学清扫积雪",
        });
        var missed = await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, [.. members.Select(member => member.Id)], startsIn: TimeSpan.FromHours(-5)) with
        {
            Title = language == "en" ? "Party lecture: study together" : "党课：学习党的二十届四中全会精神", PastConfirmed = true,
        });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-gpu"],
        });
        List<string> faults = [];
        foreach (var (member, at) in members.Select((member, at) => (member, at)))
        {
            // Both sizes and both schemes; the other language has them the other way round.
            var (small, dark) = (at == 1, at == (language == "en" ? 0 : 1));
            await using var phone = await browser.NewContextAsync(new BrowserNewContextOptions
            {
                Locale = language,
                ViewportSize = small ? new ViewportSize { Width = 320, Height = 568 } : new ViewportSize { Width = 390, Height = 844 },
                DeviceScaleFactor = 2,
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                IsMobile = true,
                HasTouch = true,
                JavaScriptEnabled = false,
            });
            var page = await phone.NewPageAsync();
            var walk = new Walk(hub, host, display, meeting.Summary, new Others(later.Summary.Id, volunteers.Summary.Id, missed.Summary.Id), member, page);
            foreach (var name in _pages)
            {
                await walk.GoAsync(name);
                if (small)
                {
                    await page.EvaluateAsync("() => { document.documentElement.style.fontSize = '200%'; }");
                }

                var look = $"{(small ? "320" : "390")}-{(dark ? "dark" : "light")}";
                await ShootAsync(page, $"{name}-{look}-{language}.png", small);
                faults.AddRange((await page.EvaluateAsync<string[]>(Faults)).Select(fault => $"{name} {look}: {fault}"));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Card_once_opened_is_there_without_a_network()
    {
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var member = await HubApplication.AddMemberAsync(host, "欧阳小明", hub.RootUnitId);
        await hub.CardAsync(host, member.Id);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        await using var phone = await browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await phone.NewPageAsync();
        await page.GotoAsync((await host.PostAsync<EnrolmentTicket>($"/api/members/{member.Id}/enrolment")).Url);
        await page.FillAsync("[name=pin]", "480215");
        await page.FillAsync("[name=again]", "480215");
        await page.ClickAsync("button[type=submit]");
        await page.GotoAsync(new Uri(hub.Address, "/my/card").ToString());
        await page.GotoAsync(new Uri(hub.Address, "/my/meetings").ToString());
        await phone.SetOfflineAsync(true);
        // What the browser does when a page is opened again from its history or its tabs.
        await page.GoBackAsync();
        Assert.Contains("欧阳小明", await page.TextContentAsync(".card"), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<int>("() => document.querySelector('.card img').naturalWidth") > 300);
    }

    /// <summary>
    /// Takes the picture of the whole page, again when it was just being asked for anew, as the number's page does by itself. The page itself is asked
    /// whether it is whole: the load event that is waited for elsewhere may have been of a page that has gone since.
    /// </summary>
    private static Task ShootAsync(IPage page, string name, bool whole) => Until.TrueAsync(
        async () =>
        {
            try
            {
                if (await page.EvaluateAsync<string>("() => document.readyState") != "complete")
                {
                    return false;
                }

                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, name), FullPage = whole });
                return true;
            }
            catch (PlaywrightException)
            {
                return false;
            }
        },
        $"a picture of {name}");

    /// <summary>Meetings besides tonight's.</summary>
    private sealed record Others(Guid Later, Guid Volunteers, Guid Missed);

    /// <summary>One member's way through the pages.</summary>
    private sealed class Walk(HubApplication hub, OperatorSession host, DisplayClient display, MeetingSummary meeting, Others others, MemberSummary member, IPage page)
    {
        private const string Pin = "480215";

        public async Task GoAsync(string name)
        {
            switch (name)
            {
                case "sign-in":
                    await OpenAsync("/my");
                    break;
                case "enrol":
                    await page.GotoAsync((await host.PostAsync<EnrolmentTicket>($"/api/members/{member.Id}/enrolment")).Url);
                    break;
                case "check-in":
                    await page.FillAsync("[name=pin]", Pin);
                    await page.FillAsync("[name=again]", Pin);
                    await page.ClickAsync("button[type=submit]");
                    await OpenAsync("/c/" + await hub.DisplayCodeAsync(display.DisplayId, meeting));
                    break;
                case "other":
                    await OpenAsync("/c?other=true");
                    break;
                case "wrong-pin":
                    await page.FillAsync("[name=number]", "X12345");
                    await page.FillAsync("[name=pin]", Pin);
                    await page.ClickAsync("button[type=submit]");
                    break;
                case "done":
                    await OpenAsync("/c");
                    await page.ClickAsync("button[type=submit]");
                    break;
                case "again":
                    await OpenAsync("/c");
                    break;
                case "points":
                    await AdjustAsync();
                    await OpenAsync("/my");
                    break;
                case "card":
                    await hub.CardAsync(host, member.Id);
                    await OpenAsync("/my/card");
                    break;
                case "leave":
                    await OpenAsync($"/my/meetings/{others.Later}/leave");
                    break;
                case "meeting":
                    await OpenAsync($"/my/meetings/{others.Later}");
                    break;
                case "volunteers":
                    await OpenAsync($"/my/meetings/{others.Volunteers}");
                    break;
                case "make-up":
                    await OpenAsync($"/my/meetings/{others.Missed}/make-up");
                    break;
                case "make-up-empty":
                    await page.ClickAsync("button[type=submit]");
                    break;
                case "host-pin":
                    await host.PutAsync<MemberHostView>($"/api/members/{member.Id}/host", new MemberHostInput(true));
                    await OpenAsync("/my/host-pin");
                    break;
                case "elsewhere":
                    await AwayAsync();
                    await OpenAsync("/my/meetings");
                    break;
                case "proof-ask":
                    await host.PostAsync<object>($"/api/meetings/{meeting.Id}/second-proof/{member.Id}");
                    await OpenAsync("/c/proof");
                    break;
                case "proof-number":
                    await page.ClickAsync("button[type=submit]");
                    break;
                case "refused":
                    await OpenAsync("/c/ABC");
                    break;
                default:
                    await OpenAsync("/my/" + name);
                    break;
            }
        }

        private Task<IResponse?> OpenAsync(string path) => page.GotoAsync(new Uri(hub.Address, path).ToString());

        /// <summary>The member's home is another branch now, which makes tonight one of the meetings they came to elsewhere.</summary>
        private async Task AwayAsync()
        {
            var home = await host.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(hub.RootUnitId, "驻外流动党员第一支部", OrgUnitKind.Branch));
            await host.PutAsync<object>($"/api/members/{member.Id}", new MemberInput(home.Id, member.MemberNumber, member.Name, member.Kind, false, null));
        }

        private async Task AdjustAsync()
        {
            foreach (var (amount, reason) in ((int, string)[])[(12, "志愿服务加分"), (-3, "兑换笔记本")])
            {
                using var content = System.Net.Http.Json.JsonContent.Create(new PointsAdjustment(amount, reason), options: KioskJson.Options);
                content.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"{amount}"));
                await host.SendAsync<PointsStatement>(HttpMethod.Post, $"/api/members/{member.Id}/points/adjust", content);
            }

        }
    }
}
