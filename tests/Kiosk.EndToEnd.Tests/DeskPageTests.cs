using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>The secretary's evening at the desk: from 今天 to each page that solves what waits, in the real admin, with pictures kept in artifacts/desk to be looked at.</summary>
public sealed class DeskPageTests
{
    private static readonly string _folder = Path.Combine(Published.Root, "artifacts", "desk");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Secretary_is_led_from_today_to_what_waits_and_settles_it(string language)
    {
        Directory.CreateDirectory(_folder);
        var english = language == "en";
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var (room, door) = await hub.AddRoomWithDisplayAsync(english ? "Members' room" : "党员活动室");
        var members = new List<MemberSummary>();
        foreach (var name in english ? (string[])["Zhang San", "Li Sihai", "Wang Jianguo"] : ["张小三", "李四海", "王建国"])
        {
            members.Add(await HubApplication.AddMemberAsync(host, name, hub.RootUnitId));
        }

        var input = hub.MeetingInputFor(room, [.. members.Select(member => member.Id)]) with { Title = english ? "November members' meeting" : "十一月党员大会", Agenda = english ? ["Report", "Discussion"] : ["学习", "讨论"] };
        var meeting = (await host.PostAsync<MeetingDetail>("/api/meetings", input)).Summary;
        var card = await hub.MakeHostAsync(host, members[0].Id);
        await hub.UploadActionsAsync(door, hub.Act(HostActionKind.Begin, meeting.Id, card), hub.Act(HostActionKind.Count, meeting.Id, card) with { Count = new VoteCount(3, 0, 3, 0, 2) });
        await hub.UploadActionsAsync(door, hub.Act(HostActionKind.Close, meeting.Id, await hub.CardAsync(host, members[1].Id)), hub.Act(HostActionKind.Close, meeting.Id, "not a card"));
        await hub.UploadScansAsync(door, hub.CardScan(meeting.Id, "not a card"));
        await hub.UploadScansAsync(door, hub.CardScan(Guid.CreateVersion7(), await hub.CardAsync(host, members[1].Id)));
        using (var phone = await hub.EnrolledPhoneAsync(host, members[2].Id))
        {
            await phone.OpenAsync($"/my/meetings/{meeting.Id}/leave");
            await phone.SubmitAsync($"/my/meetings/{meeting.Id}/leave", ("kind", "Sick"), ("reason", english ? "Back surgery" : "腰椎手术"));
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var admin = await AdminPage.OpenAsync(browser, hub.Address, language);
        await admin.SignInAsync(HubApplication.AdminUserName, HubApplication.AdminPassword);
        if (english)
        {
            await admin.Of("language-en").ClickAsync();
        }

        await Expect(admin, 3);
        await ShootAsync(admin, "today", language);
        await admin.Page.Locator("[data-testid=today-waiting][data-code=leave]").ClickAsync();
        await admin.Of("leave-row").WaitForAsync();
        Assert.DoesNotContain(english ? "Back surgery" : "腰椎", await admin.Page.ContentAsync(), StringComparison.Ordinal);
        await ShootAsync(admin, "leave", language);
        await admin.Of("leave-approve").ClickAsync();
        await admin.Page.Locator("[data-testid=leave-row][data-state=approved]").WaitForAsync();
        await admin.GoAsync("");
        await Expect(admin, 2);
        await admin.Page.Locator("[data-testid=today-waiting][data-code=unmatched]").ClickAsync();
        await admin.Of("unmatched-likely").WaitForAsync();
        await ShootAsync(admin, "unmatched", language);
        await admin.Of("unmatched-accept").ClickAsync();
        await admin.Of("unmatched-reason").FillAsync(english ? "Was there" : "确实到会");
        await ShootAsync(admin, "unmatched-dialog", language);
        await admin.Of("unmatched-send").ClickAsync();
        await admin.Of("empty").WaitForAsync();
        await ShootAsync(admin, "unmatched-none", language);
        await admin.GoAsync("");
        await Expect(admin, 1);
        await admin.Page.Locator("[data-testid=today-waiting][data-code=records]").ClickAsync();
        await admin.Of("open-dismiss").ClickAsync();
        await admin.Of("settle-reason").FillAsync(english ? "A try" : "试卡");
        await admin.Of("settle-send").ClickAsync();
        await admin.Of("open-records").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await admin.GoAsync("");
        await admin.Of("today-waiting-none").WaitForAsync();
        await ShootAsync(admin, "today-none", language);

        await admin.GoAsync($"meetings/host-events?meeting={meeting.Id}");
        await admin.Of("host-event").First.WaitForAsync();
        Assert.Equal(4, await admin.Of("host-event").CountAsync());
        await ShootAsync(admin, "host-events", language);

        await host.PostAsync<object>($"/api/meetings/{meeting.Id}/close");
        await AwayAsync(hub, host, members[1], members[2], english);
        await admin.GoAsync($"members/{members[1].Id}");
        await admin.Of("elsewhere-row").WaitForAsync();
        await ShootAsync(admin, "member-elsewhere", language, "[data-testid=member-elsewhere]");

        await admin.GoAsync($"displays?show={door}");
        await admin.Page.Locator("[data-testid=display-tabs] [data-value=edit]").ClickAsync();
        await admin.Of("display-more").Locator("summary").ClickAsync();
        await admin.Of("volume-hours-add").ClickAsync();
        await admin.Of("power-hours-add").ClickAsync();
        await ShootAsync(admin, "display-form", language, "[data-testid=volume-hours]");
        await admin.Of("display-save").ClickAsync();
        await admin.Of("display-dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        var told = await hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(door));
        Assert.Equal((7, 10, 7), (told!.VolumeHours!.Count, told.VolumeHours[0].Percent, told.PowerHours!.Count));
    }

    /// <summary>The member's home is another branch now.</summary>
    private static async Task AwayAsync(HubApplication hub, OperatorSession host, MemberSummary member, MemberSummary expected, bool english)
    {
        var home = await host.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(hub.RootUnitId, english ? "Branch of members away" : "流动党员支部", OrgUnitKind.Branch));
        var (room, door) = await hub.AddRoomWithDisplayAsync(english ? "Village hall" : "外地活动室");
        var there = (await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, [expected.Id]) with { Title = english ? "Theme day in the village" : "外地主题党日" })).Summary;
        await host.PutAsync<object>($"/api/members/{member.Id}", new MemberInput(home.Id, member.MemberNumber, member.Name, member.Kind, false, null, Status: MemberStatus.Floating));
        await hub.UploadScansAsync(door, hub.CardScan(there.Id, await hub.CardAsync(host, member.Id)));
    }

    private static async Task Expect(AdminPage admin, int waiting) =>
        await admin.Page.WaitForFunctionAsync("count => document.querySelectorAll('[data-testid=today-waiting]').length === count", waiting);

    private static async Task ShootAsync(AdminPage admin, string name, string language, string? at = null)
    {
        foreach (var (width, height) in ((int, int)[])[(1600, 1000), (390, 844)])
        {
            await admin.Page.SetViewportSizeAsync(width, height);
            await admin.Page.EvaluateAsync("at => { (at ? document.querySelector(at) : document.body).scrollIntoView({ block: 'start' }); return document.fonts.ready.then(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))); }", at);
            await admin.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"{name}-{width}-{language}.png") });
            Assert.True(await admin.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than {width}");
        }

        await admin.Page.SetViewportSizeAsync(1600, 1000);
    }
}
