using System.Globalization;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests.Support;

/// <summary>A branch secretary at the admin, in zh-CN, with a mouse and a keyboard.</summary>
internal sealed class AdminPage(IPage page, Uri hub)
{
    public const string Password = "一个很长的测试口令-2026";

    public IPage Page { get; } = page;

    public static async Task<AdminPage> OpenAsync(IBrowser browser, Uri hub, string language = "zh-CN")
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = language,
            TimezoneId = "Asia/Shanghai",
            ViewportSize = new ViewportSize { Width = 1600, Height = 1000 },
        });
        context.SetDefaultTimeout(60_000);
        return new AdminPage(await context.NewPageAsync(), hub);
    }

    /// <summary>First use: the one-time link of the console makes the administrator.</summary>
    public async Task SetUpAsync(string link, string organisation)
    {
        await Page.GotoAsync(link);
        await Page.FillAsync("[name=orgName]", organisation);
        await Page.FillAsync("[name=displayName]", "王书记");
        await Page.FillAsync("[name=userName]", "wang");
        await Page.FillAsync("[name=password]", Password);
        await Page.FillAsync("[name=passwordAgain]", Password);
        await Page.ClickAsync("button[type=submit]");
        await Of("rail").WaitForAsync();
    }

    public async Task SignInAsync(string userName, string password)
    {
        await GoAsync("");
        await Of("sign-in-user").FillAsync(userName);
        await Of("sign-in-password").FillAsync(password);
        await Of("sign-in-submit").ClickAsync();
        await Of("rail").WaitForAsync();
    }

    public ILocator Of(string testId) => Page.GetByTestId(testId);

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(hub, "/admin/" + path).ToString());

    /// <param name="room">The room is made when there is none of that name.</param>
    public async Task ClaimAsync(string code, string displayName, string? room)
    {
        await GoAsync($"displays/pair?code={code}");
        await Of("pair-preview").WaitForAsync();
        await Of("display-name").FillAsync(displayName);
        if (room is not null && await Of("display-room").Locator($"option:has-text('{room}')").CountAsync() > 0)
        {
            await Of("display-room").SelectOptionAsync(new SelectOptionValue { Value = await Of("display-room").Locator($"option:has-text('{room}')").GetAttributeAsync("value") });
        }
        else if (room is not null)
        {
            await Of("room-new").ClickAsync();
            await Of("room-new-name").FillAsync(room);
            await Of("room-new-save").ClickAsync();
            await Of("display-room").WaitForAsync();
        }

        await Of("pair-submit").ClickAsync();
        await Of("pair-dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>Uploads through the page and waits until each is ready.</summary>
    public async Task UploadAsync(params string[] files)
    {
        await GoAsync("media");
        await Of("upload-input").SetInputFilesAsync(files);
        foreach (var file in files)
        {
            await Page.Locator($"[data-testid=media-row][data-state=ready]:has-text('{Path.GetFileNameWithoutExtension(file)}')")
                .WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });
        }
    }

    public async Task CreatePlaylistAsync(string name, params string[] mediaNames)
    {
        await GoAsync("playlists/new");
        await Of("playlist-name").FillAsync(name);
        await Of("playlist-add-media").ClickAsync();
        foreach (var media in mediaNames)
        {
            await Page.Locator($"[data-testid=pick-media]:has-text('{media}')").ClickAsync();
        }

        await Of("dialog-close").ClickAsync();
        await Of("playlist-save").ClickAsync();
        await Of("playlist-dirty").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>All day, every day, everywhere in the organisation.</summary>
    /// <summary>From this morning until the end of tomorrow, whatever time it is: the dialog proposes the next full hour, late at night tomorrow's.</summary>
    public async Task ScheduleAllDayAsync(string title, string playlist)
    {
        var today = HomeNow;
        await GoAsync("schedule");
        await Of("event-new").ClickAsync();
        await Of("event-title").FillAsync(title);
        await Of("event-playlist").Locator($"option:has-text('{playlist}')").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        var value = await Of("event-playlist").Locator($"option:has-text('{playlist}')").GetAttributeAsync("value");
        await Of("event-playlist").SelectOptionAsync(value!);
        await FillAsync("event-start-day", Day(today));
        await FillAsync("event-start-time", "00:00");
        await FillAsync("event-end-day", Day(today.AddDays(1)));
        await FillAsync("event-end-time", "23:59");
        await Page.Locator("[data-testid=event-target] [data-scope^='org:']").First.CheckAsync();
        await Of("event-save").ClickAsync();
        await Of("event-dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    public async Task PublishBannerAsync(string title, string text)
    {
        await GoAsync("notices");
        await Of("notice-new").First.ClickAsync();
        await Page.Locator("[data-testid=notice-kind] [data-value=banner]").ClickAsync();
        await Of("notice-title").FillAsync(title);
        await Of("notice-text").FillAsync(text);
        await Page.Locator("[data-testid=notice-targets] [data-scope^='org:']").First.CheckAsync();
        await Of("notice-publish").ClickAsync();
        await Of("notice-dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>Creates a member, issues the card and gives the enrolment link.</summary>
    public async Task<string> AddMemberAsync(string name)
    {
        await GoAsync("members");
        await Of("member-new").First.ClickAsync();
        await Of("member-name").FillAsync(name);
        await Of("member-save").ClickAsync();
        await Of("member-dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await OpenMemberAsync(name);
        await Of("card-issue").ClickAsync();
        await Of("card-print").WaitForAsync();
        await Of("enrol").ClickAsync();
        return await Of("enrolment-link").InputValueAsync();
    }

    public async Task OpenMemberAsync(string name)
    {
        await GoAsync("members");
        await Page.Locator($"[data-testid=member-row]:has-text('{name}') [data-testid=member-open]").First.ClickAsync();
        await Of("points-available").WaitForAsync();
    }

    /// <summary>A members' assembly in the room that starts in a few minutes, so that check-in is open.</summary>
    public async Task CreateMeetingNowAsync(string title, string roomName)
    {
        var start = HomeNow.AddMinutes(8);
        await GoAsync("meetings");
        await Of("meeting-new").First.ClickAsync();
        await Of("meeting-type").SelectOptionAsync("MemberAssembly");
        await Of("meeting-title").FillAsync(title);
        await FillAsync("meeting-day", Day(start));
        await FillAsync("meeting-start", Time(start));
        await FillAsync("meeting-end", Time(start.AddHours(1)));
        var room = await Of("meeting-room").Locator($"option:has-text('{roomName}')").GetAttributeAsync("value");
        await Of("meeting-room").SelectOptionAsync(room!);
        await Of("meeting-save").ClickAsync();
        await Of("meeting-dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>The host looks members up on the meeting's page and checks them in one after the other, with a reason.</summary>
    public async Task CheckInByHelperAsync(IEnumerable<string> names, string reason)
    {
        await Of("helper-check-in").First.ClickAsync();
        foreach (var name in names)
        {
            await Of("helper-name").FillAsync(name);
            await Page.Locator($"[data-testid=helper-member][data-name='{name}']").ClickAsync();
            await Of("helper-reason").FillAsync(reason);
            await Page.Locator($"[data-testid=helper-submit]:has-text('{name}')").ClickAsync();
            await Page.Locator($"[data-testid=helper-submit]:has-text('{name}')").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        }

        await Of("dialog-close").First.ClickAsync();
    }

    /// <summary>Copies a paper sheet: who has signed on it, and why there was one.</summary>
    /// <returns>How many rows the page says were taken.</returns>
    public async Task<int> EnterPaperSheetAsync(Guid meetingId, IReadOnlyList<string> names, string reason)
    {
        await GoAsync($"meetings/{meetingId}/paper");
        foreach (var name in names)
        {
            await Page.Locator($"[data-testid=paper-row][data-name='{name}'] [data-testid=paper-tick]").CheckAsync();
        }

        await Of("paper-reason").FillAsync(reason);
        await Of("paper-send").ClickAsync();
        await Of("paper-result").WaitForAsync();
        return await Page.Locator("[data-testid=paper-outcome][data-outcome=Accepted]").CountAsync();
    }

    /// <summary>Writes the minutes with one decision and a photo, and declares them final.</summary>
    public async Task WriteMinutesAsync(Guid meetingId, string recorder, string text, string decision, int agreed, string photo)
    {
        await GoAsync($"meetings/{meetingId}?part=minutes");
        await Of("minutes-recorder").FillAsync(recorder);
        await Of("minutes-text").FillAsync(text);
        await Of("decision-add").ClickAsync();
        await Of("decision-text").FillAsync(decision);
        await Of("decision-for").FillAsync(agreed.ToString(CultureInfo.InvariantCulture));
        await Of("decision-for").PressAsync("Tab");
        await Of("minutes-photo-add").SetInputFilesAsync(photo);
        await Of("minutes-photo").Locator("img").WaitForAsync();
        await Of("minutes-final").ClickAsync();
        await Of("confirm-yes").ClickAsync();
        await Page.Locator("[data-testid=minutes][data-state=final]").WaitForAsync();
    }

    private static DateTimeOffset HomeNow =>
        TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day or a time: taken over when the field is left.</summary>
    private async Task FillAsync(string testId, string value)
    {
        await Of(testId).FillAsync(value);
        await Of(testId).PressAsync("Tab");
    }
}
