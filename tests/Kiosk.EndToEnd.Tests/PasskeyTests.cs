using System.Text.Json;
using Kiosk.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>Passkeys with Chromium's own authenticator, through the pages a secretary sees.</summary>
[Collection(EndToEndRun.Name)]
public sealed class PasskeyTests
{
    [Fact]
    public async Task Passkey_is_added_signs_in_without_password_or_code_and_signs_in_no_more_once_removed()
    {
        await using var world = await World.CreateAtAsync("localhost");
        var admin = await AdminPage.OpenAsync(world.Browser, world.Hub.Address);
        await admin.SetUpAsync(await world.Hub.SetUpLinkAsync(), "南湖街道党委");
        var authenticator = await Authenticator.AddAsync(admin.Page);

        await admin.GoAsync("settings/account");
        await admin.Of("passkey-add").ClickAsync();
        await admin.Of("passkey-name").FillAsync("值班室电脑");
        await admin.Of("passkey-save").ClickAsync();
        await admin.Page.Locator("[data-testid=passkey-row][data-name='值班室电脑']").WaitForAsync();
        Assert.Equal(1, await authenticator.CountAsync());

        // Without a name, as on a shared computer.
        await SignOutAsync(admin);
        await admin.Of("sign-in-passkey").ClickAsync();
        await admin.Of("rail").WaitForAsync();
        await admin.GoAsync("settings/account");
        await admin.Page.Locator("[data-testid=session-row][data-current=true]:has-text('通行密钥')").WaitForAsync();

        // With the name typed before; and with another's name it is refused.
        await SignOutAsync(admin);
        await admin.Of("sign-in-user").FillAsync("somebody-else");
        await admin.Of("sign-in-passkey").ClickAsync();
        await admin.Page.Locator("[data-testid=sign-in-problem]:has-text('另一个账号')").WaitForAsync();
        await admin.Of("sign-in-user").FillAsync("wang");
        await admin.Of("sign-in-passkey").ClickAsync();
        await admin.Of("rail").WaitForAsync();

        // Nobody touches the authenticator: the person is told in words, and the password still works.
        await SignOutAsync(admin);
        await authenticator.RefuseOwnerAsync();
        await admin.Of("sign-in-passkey").ClickAsync();
        await admin.Page.Locator("[data-testid=sign-in-problem]:has-text('没有完成验证')").WaitForAsync();
        await admin.SignInAsync("wang", AdminPage.Password);

        await admin.GoAsync("settings/account");
        await admin.Of("passkey-remove").ClickAsync();
        await admin.Of("confirm-yes").ClickAsync();
        await admin.Page.Locator("[data-testid=passkey-row]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await authenticator.AcceptOwnerAsync();
        await SignOutAsync(admin);
        await admin.Of("sign-in-passkey").ClickAsync();
        await admin.Page.Locator("[data-testid=sign-in-problem]:has-text('没有通过验证')").WaitForAsync();
    }

    [Fact]
    public async Task Passkey_of_one_hub_is_of_no_use_when_the_page_is_opened_at_another_address()
    {
        await using var world = await World.CreateAtAsync("localhost");
        var admin = await AdminPage.OpenAsync(world.Browser, world.Hub.Address);
        await admin.SetUpAsync(await world.Hub.SetUpLinkAsync(), "南湖街道党委");
        await Authenticator.AddAsync(admin.Page);
        await admin.Page.GotoAsync($"http://127.0.0.1:{world.Hub.Port}/admin/settings/account");
        await admin.Of("sign-in-user").FillAsync("wang");
        await admin.Of("sign-in-password").FillAsync(AdminPage.Password);
        await admin.Of("sign-in-submit").ClickAsync();
        await admin.Of("passkeys").WaitForAsync();
        if (await admin.Of("passkey-add").CountAsync() > 0)
        {
            await admin.Of("passkey-add").ClickAsync();
        }

        await admin.Page.Locator($"[data-testid=passkeys]:has-text('http://localhost:{world.Hub.Port}')").WaitForAsync();
    }

    private static async Task SignOutAsync(AdminPage admin)
    {
        await admin.Of("sign-out").ClickAsync();
        await admin.Of("sign-in-user").WaitForAsync();
        await admin.Of("sign-in-user").FillAsync("");
    }

    /// <summary>Chromium's virtual authenticator: a phone or computer with a fingerprint reader.</summary>
    private sealed class Authenticator(ICDPSession devtools, string id)
    {
        public static async Task<Authenticator> AddAsync(IPage page)
        {
            var devtools = await page.Context.NewCDPSessionAsync(page);
            await devtools.SendAsync("WebAuthn.enable");
            var added = await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            });
            return new Authenticator(devtools, added!.Value.GetProperty("authenticatorId").GetString()!);
        }

        public async Task<int> CountAsync() =>
            (await devtools.SendAsync("WebAuthn.getCredentials", Mine()))!.Value.GetProperty("credentials").GetArrayLength();

        public Task<JsonElement?> RefuseOwnerAsync() => VerifyAsync(false);

        public Task<JsonElement?> AcceptOwnerAsync() => VerifyAsync(true);

        private Task<JsonElement?> VerifyAsync(bool verified)
        {
            var options = Mine();
            options["isUserVerified"] = verified;
            return devtools.SendAsync("WebAuthn.setUserVerified", options);
        }

        private Dictionary<string, object> Mine() => new() { ["authenticatorId"] = id };
    }
}
