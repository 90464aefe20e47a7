using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>A display is found, looked at and started anew from the admin: real hub, real player, real Chromium at both ends. Pictures are kept in artifacts/remote to be looked at.</summary>
[Collection(EndToEndRun.Name)]
public sealed class RemoteOperationTests
{
    private static readonly string _folder = Path.Combine(Published.Root, "artifacts", "remote");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Display_is_found_looked_at_and_started_anew_from_the_admin(string language)
    {
        Directory.CreateDirectory(_folder);
        await using var world = await World.CreateAsync();
        var admin = await AdminPage.OpenAsync(world.Browser, world.Hub.Address, language);
        await admin.SetUpAsync(await world.Hub.SetUpLinkAsync(), language == "en" ? "East Lake" : "东湖街道党委");
        var screen = await world.OpenKioskAsync("kiosk", language: language);
        await screen.PairAsync(admin, language == "en" ? "Lobby" : "门厅大屏", language == "en" ? "Room one" : "一号活动室");
        await admin.GoAsync("displays");
        if (language == "en")
        {
            await admin.Of("language-en").ClickAsync();
        }

        await admin.Of("display-card").First.Locator("button").ClickAsync();
        await admin.Page.Locator("[data-testid=display-tabs] [data-value=remote]").ClickAsync();
        await admin.Of("remote").WaitForAsync();

        await PressAsync(admin, DeviceCommandKinds.Identify);
        await screen.Page.Locator("#identify:has-text('1')").WaitForAsync();
        await screen.ScreenshotAsync(Path.Combine(_folder, $"identify-{language}.png"));
        await OutcomeAsync(admin, DeviceCommandKinds.Identify, DisplayCommandState.Done);

        await PressAsync(admin, DeviceCommandKinds.Screenshot);
        await OutcomeAsync(admin, DeviceCommandKinds.Screenshot, DisplayCommandState.Done);
        await admin.Page.WaitForFunctionAsync("() => document.querySelector('[data-testid=remote-picture]')?.naturalWidth === 1280");
        await ShootAsync(admin, "done", language);

        await PressAsync(admin, DeviceCommandKinds.LogExcerpt);
        await OutcomeAsync(admin, DeviceCommandKinds.LogExcerpt, DisplayCommandState.Done);
        Assert.Contains("Connected to", await admin.Of("remote-log").InnerTextAsync(), StringComparison.Ordinal);

        await PressAsync(admin, DeviceCommandKinds.RestartRenderer);
        await admin.Of("confirm-yes").ClickAsync();
        await OutcomeAsync(admin, DeviceCommandKinds.RestartRenderer, DisplayCommandState.Done);

        // The display goes away: what is asked now waits, and says until when; it can be taken back.
        await screen.CutPowerAsync();
        await admin.Of("remote-away").WaitForAsync();
        await PressAsync(admin, DeviceCommandKinds.ClearCache);
        await admin.Of("confirm-yes").ClickAsync();
        await OutcomeAsync(admin, DeviceCommandKinds.ClearCache, DisplayCommandState.Queued);
        await ShootAsync(admin, "away", language);
        await admin.Of("remote-cancel").First.ClickAsync();
        await OutcomeAsync(admin, DeviceCommandKinds.ClearCache, DisplayCommandState.Cancelled);
    }

    private static Task PressAsync(AdminPage admin, string kind) => admin.Page.Locator($"[data-testid=remote-issue][data-kind={kind}]").ClickAsync();

    private static Task OutcomeAsync(AdminPage admin, string kind, DisplayCommandState state) =>
        admin.Page.Locator($"[data-testid=remote-action] [data-testid=remote-outcome][data-kind={kind}][data-state={Codes.Of(state)}]").WaitForAsync();

    private static async Task ShootAsync(AdminPage admin, string name, string language)
    {
        foreach (var (width, height, size) in ((int, int, string)[])[(1366, 768, ""), (390, 844, "-phone")])
        {
            await admin.Page.SetViewportSizeAsync(width, height);
            await admin.Page.EvaluateAsync("() => document.fonts.ready.then(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))))");
            Assert.True(await admin.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
            // All of the dialog, however long.
            await admin.Page.AddStyleTagAsync(new PageAddStyleTagOptions { Content = ".modal{position:absolute!important;overflow:visible!important;height:auto!important}.modal-box,.modal-body{max-height:none!important;overflow:visible!important}" });
            await admin.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"{name}-{language}{size}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        }

        await admin.Page.SetViewportSizeAsync(1600, 1000);
    }
}
