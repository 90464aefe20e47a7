using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>Pictures of signing in, the own account, operators and backup, in both sizes: <c>docs/pictures/take.sh</c>. Explicit, because it makes documents and asserts little.</summary>
[Collection(EndToEndRun.Name)]
public sealed class SignInPictures
{
    private static readonly string _folder = Path.Combine(Published.Root, "docs", "pictures");

    [Theory(Explicit = true)]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Take(string language)
    {
        var backups = Directory.CreateTempSubdirectory("kiosk-pictures-").FullName;
        await using var world = await World.CreateAtAsync(
            "localhost", $"--Hub:Backup:Folder={backups}", "--Hub:Organisation:Authority=http://127.0.0.1:9", language == "en" ? "--Hub:Organisation:Name=City account" : "--Hub:Organisation:Name=市委统一账号",
            "--Hub:SignIn:RequireStrongSignIn:0=Admin");
        var page = await AdminPage.OpenAsync(world.Browser, world.Hub.Address, language);
        await page.SetUpAsync(await world.Hub.SetUpLinkAsync(), language == "en" ? "Lakeside committee" : "南湖街道党委");
        if (language == "en")
        {
            await page.Of("language-en").ClickAsync();
        }

        await ShootAsync(page, "", "strong", language);
        var devtools = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        await page.GoAsync("settings/account");
        await page.Of("passkey-add").ClickAsync();
        await page.Of("passkey-name").WaitForAsync();
        await ShootNowAsync(page, "passkey-add", language);
        await page.Of("passkey-save").ClickAsync();
        await page.Of("passkey-row").WaitForAsync();
        using (var admin = await OperatorSession.SignInAsync(world.Hub.Address, "wang", AdminPage.Password))
        {
            await admin.PostAsync<OperatorInvitation>("/api/operators", new NewOperator("li.hua", language == "en" ? "Li Hua" : "李华", OperatorRole.Host, admin.Info.Grants[0].OrgUnitId, "li.hua@example.org"));
        }

        for (var wrong = 0; wrong < 3; wrong++)
        {
            await Assert.ThrowsAsync<RefusedException>(() => OperatorSession.SignInAsync(world.Hub.Address, "li.hua", "wrong password"));
        }

        await ShootAsync(page, "settings/account", "account", language);
        await ShootAsync(page, "settings/operators", "operators", language);
        await page.GoAsync("settings/backup");
        await page.Of("backup-run").First.WaitForAsync();
        await ShootAsync(page, "settings/backup", "backup", language);
        await page.Of("sign-out").ClickAsync();
        await page.Of("sign-in-passkey").WaitForAsync();
        await ShootNowAsync(page, "sign-in", language);
    }

    private static async Task ShootAsync(AdminPage page, string path, string name, string language)
    {
        await page.GoAsync(path);
        await page.Of("rail").WaitForAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('h1') && !document.querySelector('.loading')");
        await ShootNowAsync(page, name, language);
    }

    private static async Task ShootNowAsync(AdminPage page, string name, string language)
    {
        foreach (var (width, height, size) in ((int, int, string)[])[(1366, 768, ""), (390, 844, "-phone")])
        {
            await page.Page.SetViewportSizeAsync(width, height);
            await page.Page.EvaluateAsync("() => document.fonts.ready.then(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))))");
            await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_folder, $"admin-{name}{size}-{language}.png") });
        }

        await page.Page.SetViewportSizeAsync(1366, 768);
    }
}
