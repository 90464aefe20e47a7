using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>Takes the pictures of planning meetings from the demo, at a desk and on a phone. Explicit, because it makes documents and asserts little.</summary>
[Collection(EndToEndRun.Name)]
public sealed class MeetingPictures
{
    private static readonly string _folder = Path.Combine(Published.Root, "docs", "pictures");

    private sealed record Sample(Guid Unit, MeetingDetail Evening, MeetingDetail Volunteers, IReadOnlyList<MemberSummary> Members);

    [Theory(Explicit = true)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Take(string language)
    {
        await using var world = await World.CreateAsync("--Hub:Demo=true", $"--Hub:Language={language}");
        var password = await world.Hub.SaysAsync("[：:] ?([a-z2-9]{14})");
        using var admin = await OperatorSession.SignInAsync(world.Hub.Address, "admin", password);
        var sample = await SeedAsync(admin, language == "zh-CN");
        var page = await AdminPage.OpenAsync(world.Browser, world.Hub.Address, language);
        await page.SignInAsync("admin", password);
        if (language == "en")
        {
            await page.Of("language-en").ClickAsync();
        }

        foreach (var (width, height, suffix) in ((int, int, string)[])[(1366, 768, ""), (390, 844, "-phone")])
        {
            await page.Page.SetViewportSizeAsync(width, height);
            await AdminAsync(page, sample, $"{suffix}-{language}");
        }

        await PrintAsync(page, world.Hub.Address, sample, language);
        await PhoneAsync(world, admin, sample, language);
    }

    private static async Task<Sample> SeedAsync(OperatorSession admin, bool chinese)
    {
        var demo = await Until.GotAsync(async () => (await admin.GetAsync<Page<MeetingSummary>>("/api/meetings")).Items.OrderBy(each => each.Start).FirstOrDefault(), "the demo's meeting");
        var members = (await admin.GetAsync<Page<MemberSummary>>($"/api/members?orgUnitId={demo.OrgUnitId}&take=200")).Items;
        for (var at = 0; at < 4; at++)
        {
            var post = new[] { MemberPost.Secretary, MemberPost.DeputySecretary, MemberPost.OrganisationOfficer, MemberPost.DisciplineOfficer }[at];
            await admin.PutAsync<object>($"/api/members/{members[at].Id}", new MemberInput(
                members[at].OrgUnitId, members[at].MemberNumber, members[at].Name, members[at].Kind, false, null, [post]));
        }

        var day = new DateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Date.Ticks, DateTimeKind.Unspecified).AddDays(1);
        MeetingInput Input(string type, string title, DateTime start) => new(
            demo.OrgUnitId, demo.RoomId, type, title, start, start.AddMinutes(120), "Asia/Shanghai", null, [], null, null, null);
        var evening = await admin.PostAsync<MeetingDetail>("/api/meetings", Input("MemberAssembly", chinese ? "十二月党员大会暨党课" : "December assembly and lecture", day.AddHours(19)) with
        {
            HostMemberIds = [members[0].Id, members[1].Id],
            Roster = new RosterRule([PersonKind.FullMember, PersonKind.ProbationaryMember], null, Observers: [members[^1].Id]),
            Sessions =
            [
                new MeetingSessionInput("MemberAssembly", null, day.AddHours(19), chinese ? ["宣布到会情况", "讨论预备党员转正", "表决"] : ["Who is present", "A probationary member's full membership", "Vote"]),
                new MeetingSessionInput("PartyLecture", chinese ? "党章第一讲" : "The charter, first lecture", day.AddHours(20), chinese ? ["集体学习", "交流发言"] : ["Reading together", "Discussion"]),
            ],
        });
        var volunteers = await admin.PostAsync<MeetingDetail>("/api/meetings", Input("VolunteerService", chinese ? "社区清洁志愿服务" : "Cleaning the neighbourhood", day.AddDays(1).AddHours(9)));
        await admin.PutAsync<object>($"/api/meetings/{volunteers.Summary.Id}/roster/{members[2].Id}", new RosterChange());
        await admin.PostAsync<MeetingSeriesView>("/api/meeting-series", new MeetingSeriesInput(
            Input("ThemeDay", chinese ? "主题党日" : "Theme day", day.AddDays(2).AddHours(15)), $"FREQ=WEEKLY;BYDAY={day.AddDays(2).DayOfWeek.ToString()[..2].ToUpperInvariant()}"));
        await admin.PostAsync<object>($"/api/meetings/{evening.Summary.Id}/materials", new MeetingMaterialInput(chinese ? "《中国共产党章程》" : "The charter", null, "https://www.12371.cn/special/zggcdzc/"));
        await admin.PutAsync<MinutesView>($"/api/meetings/{evening.Summary.Id}/minutes", new MinutesInput(
            chinese ? "会议由支部书记主持。\n一、宣布到会情况，符合规定人数。\n二、介绍人介绍了情况，到会党员发表了意见。" : "The secretary presided.\n1. Presence was announced; the quorum was met.\n2. The sponsors spoke, and members gave their opinions.",
            [new MinutesDecision(chinese ? "同意按期转为正式党员" : "Full membership is granted on time", 14, 0, 1)], members[2].Name, 0));
        return new Sample(demo.OrgUnitId, evening, volunteers, members);
    }

    private static async Task AdminAsync(AdminPage page, Sample sample, string suffix)
    {
        await GoAsync(page, "meetings");
        await page.Of("org-unit-switch").SelectOptionAsync(sample.Unit.ToString());
        await page.Of("meeting-new").First.ClickAsync();
        await page.Of("meeting-room").WaitForAsync();
        await ShootAsync(page.Page, "admin-meeting-new" + suffix);
        await page.Of("dialog-close").ClickAsync();
        await page.Of("meeting-calendars").ClickAsync();
        await page.Of("calendar-name").FillAsync("Phone");
        await page.Of("calendar-create").ClickAsync();
        await page.Of("calendar-url").WaitForAsync();
        await ShootAsync(page.Page, "admin-meeting-calendars" + suffix);
        await GoAsync(page, $"meetings/{sample.Evening.Summary.Id}");
        await page.Of("meeting-edit").ClickAsync();
        foreach (var tab in new[] { "agenda", "people" })
        {
            await page.Of("meeting-form-tabs").Locator($"[data-value={tab}]").ClickAsync();
            if (tab == "people")
            {
                await page.Page.WaitForFunctionAsync("() => /\\d/.test(document.querySelector('[data-testid=roster-count]')?.textContent ?? '')");
            }

            await ShootAsync(page.Page, $"admin-meeting-{tab}{suffix}");
        }

        foreach (var part in new[] { "roster", "materials", "minutes" })
        {
            await GoAsync(page, $"meetings/{sample.Evening.Summary.Id}?part={part}");
            await page.Of(part == "roster" ? "roster-row" : part == "materials" ? "material" : "minutes-text").First.WaitForAsync();
            await ShootAsync(page.Page, $"admin-meeting-{part}{suffix}");
        }

        await GoAsync(page, "meetings/series");
        await page.Of("series-meeting").First.WaitForAsync();
        await ShootAsync(page.Page, "admin-meeting-series" + suffix);
        await GoAsync(page, "settings/meeting-types");
        await page.Of("type-edit").First.WaitForAsync();
        await ShootAsync(page.Page, "admin-meeting-types" + suffix);
        await page.Of("type-edit").First.ClickAsync();
        await page.Of("type-save").WaitForAsync();
        await ShootAsync(page.Page, "admin-meeting-type" + suffix);
    }

    private static async Task PrintAsync(AdminPage page, Uri hub, Sample sample, string language)
    {
        await page.Page.SetViewportSizeAsync(900, 1200);
        foreach (var sheet in new[] { "sheet", "minutes" })
        {
            await page.Page.GotoAsync(new Uri(hub, $"/print/meetings/{sample.Evening.Summary.Id}/{sheet}?lang={language}").ToString());
            await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"print-{sheet}-{language}.png"), FullPage = true });
        }
    }

    private static async Task PhoneAsync(World world, OperatorSession admin, Sample sample, string language)
    {
        var ticket = await admin.PostAsync<EnrolmentTicket>($"/api/members/{sample.Members[0].Id}/enrolment");
        var phone = await world.EnrolPhoneAsync(ticket.Url, "482913", language);
        foreach (var (path, name) in ((string, string)[])
            [("/my/meetings", "meetings"), ($"/my/meetings/{sample.Evening.Summary.Id}", "meeting"), ("/my/sign-ups", "sign-ups"), ($"/my/meetings/{sample.Volunteers.Summary.Id}", "sign-up"), ("/my/calendar", "calendar")])
        {
            await phone.GotoAsync(new Uri(world.Hub.Address, path).ToString());
            await phone.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"phone-plan-{name}-{language}.png"), FullPage = true });
        }
    }

    private static async Task GoAsync(AdminPage page, string path)
    {
        await page.GoAsync(path);
        await page.Page.WaitForFunctionAsync("() => document.querySelector('h1') && !document.querySelector('.loading')");
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        await page.EvaluateAsync("() => document.fonts.ready.then(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))))");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }
}
