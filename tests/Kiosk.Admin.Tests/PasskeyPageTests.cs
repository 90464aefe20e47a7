using System.Text.Json;
using Bunit;
using Kiosk.Admin.Features.Account;
using Kiosk.Admin.Features.Session;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Passkeys at the sign-in and on the own account, with a browser that answers what the test says.</summary>
public sealed class PasskeyPageTests
{
    private static readonly JsonElement Json = JsonDocument.Parse("""{"id":"abc"}""").RootElement;

    [Fact]
    public void Passkey_is_offered_where_hub_and_browser_can_and_sends_what_the_browser_made()
    {
        using var context = Context(supported: true);
        context.Hub.Answer("POST", "/api/session/passkey/question", new PasskeyQuestion("state-1", Json));
        context.Hub.Refuse("POST", "/api/session/passkey", 401, """{"status":401,"code":"passkey_copied","title":"x","detail":"这把通行密钥可能被复制过，请联系管理员。"}""");
        var page = SignedOut(context, passkeys: true);
        page.WaitForElement("[data-testid=sign-in-passkey]").Click();
        page.WaitForAssertion(() => Assert.Contains("可能被复制过", page.Find("[data-testid=sign-in-problem]").TextContent, StringComparison.Ordinal));
        Assert.Contains("state-1", context.Hub.Requests.Single(request => request.PathAndQuery == "/api/session/passkey").Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Passkey_is_not_offered_where_either_cannot(bool hub, bool browser)
    {
        using var context = Context(browser);
        var page = SignedOut(context, hub);
        Assert.Empty(page.FindAll("[data-testid=sign-in-passkey]"));
        Assert.NotEmpty(page.FindAll("[data-testid=sign-in-password]"));
    }

    [Fact]
    public void Cancelled_passkey_is_said_in_words_and_sends_nothing()
    {
        using var context = Context(supported: true, attempt: new PasskeyAttempt(null, "cancelled"));
        context.Hub.Answer("POST", "/api/session/passkey/question", new PasskeyQuestion("state-1", Json));
        var page = SignedOut(context, passkeys: true);
        page.WaitForElement("[data-testid=sign-in-passkey]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Texts["passkey.browser_cancelled"], page.Find("[data-testid=sign-in-problem]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(context.Hub.Requests, request => request.PathAndQuery == "/api/session/passkey");
    }

    [Fact]
    public async Task Passkeys_are_listed_with_a_warning_for_a_copy_and_removed_after_asking()
    {
        await using var context = Context(supported: true);
        var now = context.Clock.GetUtcNow();
        var (good, copied) = (new PasskeySummary(Guid.NewGuid(), "办公室电脑", now.AddDays(-9), now.AddHours(-1), false, null), new PasskeySummary(Guid.NewGuid(), "手机", now.AddDays(-3), null, true, now.AddDays(-1)));
        context.Hub.Answer("GET", "/api/account", new AccountInfo("wang", "王敏", null, 0) { Passkeys = [good, copied] });
        context.Hub.Answer("GET", "/api/account/sessions", Array.Empty<OperatorSessionSummary>());
        context.Hub.Answer("DELETE", $"/api/account/passkeys/{copied.Id}", new object());
        var page = context.Render<AccountPage>();
        page.WaitForElements("[data-testid=passkey-row]", 2);
        Assert.Single(page.FindAll("[data-testid=passkey-row] .note.bad"));
        page.FindAll("[data-testid=passkey-remove]")[1].Click();
        Assert.Contains("手机", page.WaitForElement("[data-testid=confirm]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(context.Hub.Requests, request => request.Method == "DELETE");
        page.Find("[data-testid=confirm-yes]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.Method == "DELETE" && request.PathAndQuery == $"/api/account/passkeys/{copied.Id}"));
    }

    [Fact]
    public async Task Address_that_takes_no_passkeys_says_why_and_offers_none()
    {
        await using var context = Context(supported: true);
        context.Hub.Answer("GET", "/api/account", new AccountInfo("wang", "王敏", null, 0) { PasskeyRefusal = "通行密钥需要带域名的 https 地址。" });
        context.Hub.Answer("GET", "/api/account/sessions", Array.Empty<OperatorSessionSummary>());
        var page = context.Render<AccountPage>();
        Assert.Contains("带域名的 https", page.WaitForElement("[data-testid=passkey-refusal]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=passkey-add]"));
    }

    private static AdminContext Context(bool supported, PasskeyAttempt? attempt = null)
    {
        var context = new AdminContext();
        var module = context.JSInterop.SetupModule("/admin/js/passkeys.js");
        module.Setup<bool>("supported").SetResult(supported);
        module.Setup<PasskeyAttempt>("get", _ => true).SetResult(attempt ?? new PasskeyAttempt(Json, null));
        return context;
    }

    private static IRenderedComponent<SignIn> SignedOut(AdminContext context, bool passkeys)
    {
        context.Workspace.Accept(new SessionInfo(false, null, null, null, [], "token-1", "Kiosk", "Asia/Shanghai", new SignInWays(passkeys)), []);
        return context.Render<SignIn>();
    }
}
