using Bunit;
using Kiosk.Admin.Features.Account;
using Kiosk.Admin.Features.OrgUnits;
using Kiosk.Admin.Features.Session;
using Kiosk.Admin.Shared;
using Kiosk.Admin.Shared.Layout;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

public sealed class AccountTests
{
    private const string CodeRequired = """{"status":401,"code":"code_required","title":"x","detail":"请输入验证码。"}""";
    private const string CodeWrong = """{"status":401,"code":"code_wrong","title":"x","detail":"验证码不对。"}""";

    [Fact]
    public void Sign_in_asks_for_the_code_only_when_the_hub_does_and_keeps_the_password_for_it()
    {
        using var context = new AdminContext();
        context.Workspace.Expire();
        context.Hub.Refuse("POST", "/api/session", 401, CodeRequired);
        var page = context.Render<SignIn>();
        Assert.Empty(page.FindAll("[data-testid=sign-in-code]"));

        SignInWithPassword(page);
        page.WaitForElement("[data-testid=sign-in-code]");
        Assert.Empty(page.FindAll("[data-testid=sign-in-password]"));
        Assert.Empty(page.FindAll("[data-testid=sign-in-problem]"));

        context.Hub.Refuse("POST", "/api/session", 401, CodeWrong);
        page.Find("[data-testid=sign-in-code]").Change("123456");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("验证码不对。", page.Find("[data-testid=sign-in-problem]").TextContent, StringComparison.Ordinal));
        Assert.Equal("", page.Find("[data-testid=sign-in-code]").GetAttribute("value") ?? "");
        Assert.Contains("\"password\":\"geheim 12345\",\"code\":\"123456\"", context.Hub.Requests[^1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("code", context.Hub.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_in_without_the_phone_takes_a_recovery_code_in_a_box_with_letters()
    {
        using var context = new AdminContext();
        context.Workspace.Expire();
        context.Hub.Refuse("POST", "/api/session", 401, CodeRequired);
        var page = context.Render<SignIn>();
        SignInWithPassword(page);
        page.WaitForElement("[data-testid=sign-in-lost]").Click();

        Assert.Null(page.Find("[data-testid=sign-in-recovery]").GetAttribute("inputmode"));
        page.Find("[data-testid=sign-in-recovery]").Change("K7QM-3FTX-9ZPA-WRNB");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("K7QM-3FTX-9ZPA-WRNB", context.Hub.Requests[^1].Body, StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_password_in_the_second_step_goes_back_to_the_first()
    {
        using var context = new AdminContext();
        context.Workspace.Expire();
        context.Hub.Refuse("POST", "/api/session", 401, CodeRequired);
        var page = context.Render<SignIn>();
        SignInWithPassword(page);
        page.WaitForElement("[data-testid=sign-in-code]").Change("123456");
        context.Hub.Refuse("POST", "/api/session", 401, """{"status":401,"code":"sign_in_failed","title":"x","detail":"用户名或密码不对。"}""");
        page.Find("form").Submit();
        page.WaitForElement("[data-testid=sign-in-password]");
        Assert.Contains("用户名或密码不对。", page.Find("[data-testid=sign-in-problem]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_step_is_turned_on_with_a_code_and_the_recovery_codes_are_shown_once()
    {
        await using var context = new AdminContext();
        var page = Page(context, null, 0);
        Assert.Equal("off", page.Find("[data-testid=two-step]").GetAttribute("data-state"));
        context.Hub.Answer("POST", "/api/account/two-step", new TwoStepOffer("GEZD GNBV", "<svg></svg>"));
        context.Hub.Refuse("POST", "/api/account/two-step/confirm", 400, """{"status":400,"code":"code_wrong","title":"x","detail":"d","errors":{"code":["验证码不对。"]}}""");

        page.Find("[data-testid=two-step-on]").Click();
        page.Find("[data-testid=two-step-password]").Change("geheim 12345");
        page.Find("#two-step-form").Submit();
        Assert.Equal("GEZD GNBV", page.WaitForElement("[data-testid=two-step-secret]").TextContent);
        page.Find("[data-testid=two-step-code]").Change("000000");
        page.Find("#two-step-form").Submit();
        Assert.Contains("验证码不对。", page.WaitForElement("[data-testid=field-error]").TextContent, StringComparison.Ordinal);

        context.Hub.Answer("POST", "/api/account/two-step/confirm", new RecoveryCodes(["AAAA-BBBB-CCCC-DDDD", "EEEE-FFFF-GGGG-HHHH"]));
        page.Find("#two-step-form").Submit();
        Assert.Equal(2, page.WaitForElement("[data-testid=recovery-codes]").Children.Length);

        context.Hub.Answer("GET", "/api/account", new AccountInfo("wang", "王敏", context.Clock.GetUtcNow(), 10));
        page.Find("[data-testid=two-step-done]").Click();
        page.WaitForAssertion(() => Assert.Equal("on", page.Find("[data-testid=two-step]").GetAttribute("data-state")));
        Assert.DoesNotContain("AAAA-BBBB", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turning_off_sends_password_and_code()
    {
        await using var context = new AdminContext();
        var page = Page(context, context.Clock.GetUtcNow(), 2);
        Assert.Contains("warn", page.Find("[data-testid=recovery-left]").ClassList);
        context.Hub.Answer("POST", "/api/account/two-step/off", new object());

        page.Find("[data-testid=two-step-off]").Click();
        page.Find("[data-testid=proof-password]").Change("geheim 12345");
        page.Find("[data-testid=proof-code]").Change("123456");
        page.Find("#proof-form").Submit();

        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request is { Method: "POST", PathAndQuery: "/api/account/two-step/off" } && request.Body.Contains("123456", StringComparison.Ordinal)));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=proof-dialog]")));
    }

    [Fact]
    public async Task Sessions_are_named_in_plain_words_and_only_the_others_can_be_ended()
    {
        await using var context = new AdminContext();
        var now = context.Clock.GetUtcNow();
        var other = Guid.NewGuid();
        var page = Page(context, null, 0,
            new OperatorSessionSummary(Guid.NewGuid(), now, now, "Chrome", "Windows", true), new OperatorSessionSummary(other, now.AddHours(-2), now.AddHours(-1), "WeChat", "iPhone", false));
        var rows = page.FindAll("[data-testid=session-row]");
        Assert.Contains("Chrome（Windows）", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("微信（iPhone）", rows[1].TextContent, StringComparison.Ordinal);

        Assert.Single(page.FindAll("[data-testid=session-end]")).Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.Method == "DELETE" && request.PathAndQuery == $"/api/account/sessions/{other}"));
    }

    [Fact]
    public async Task New_password_is_sent_once_both_are_the_same()
    {
        await using var context = new AdminContext();
        var page = Page(context, null, 0);
        context.Hub.Answer("POST", "/api/account/password", new object());
        page.Find("[data-testid=password-old]").Change("the old password");
        page.Find("[data-testid=password-new]").Change("a long new password");
        page.Find("[data-testid=password-again]").Change("another");
        page.Find("form").Submit();
        Assert.Contains(context.Texts["account.passwords_differ"], page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(context.Hub.Requests, request => request.Method == "POST");

        page.Find("[data-testid=password-again]").Change("a long new password");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.PathAndQuery == "/api/account/password" && request.Body.Contains("a long new password", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Admin_resets_somebody_elses_two_step_and_not_the_own()
    {
        await using var context = new AdminContext();
        var other = Guid.NewGuid();
        RoleGrant[] grants = [new(OperatorRole.Host, AdminContext.Branch, "第一支部")];
        context.Hub.Answer("GET", "/api/operators", new Page<OperatorSummary>(
            [new OperatorSummary(Guid.Empty, "wang", "王敏", grants, false, null, true), new OperatorSummary(other, "li", "李华", grants, false, null, true), new OperatorSummary(Guid.NewGuid(), "zhao", "赵刚", grants, false, null)], 3));
        context.Hub.Answer("DELETE", $"/api/operators/{other}/two-step", new object());
        var page = context.Render<OperatorsPage>();

        page.WaitForElement("[data-testid=operator-reset]");
        Assert.Single(page.FindAll("[data-testid=operator-reset]")).Click();
        Assert.Contains("李华", page.Find("[data-testid=confirm]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=confirm-yes]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.Method == "DELETE" && request.PathAndQuery == $"/api/operators/{other}/two-step"));
    }

    [Theory]
    [InlineData("settings/account", false)]
    [InlineData("settings/account?x=1", false)]
    [InlineData("settings/operators", true)]
    public void Own_account_is_everybodys_although_the_settings_are_not(string address, bool refused)
    {
        using var context = new AdminContext(grants: [new RoleGrant(OperatorRole.Editor, AdminContext.Branch, "第一支部")]);
        Assert.Equal(refused, RailEntry.Refuses(context.Workspace, address));
    }

    private static void SignInWithPassword(IRenderedComponent<SignIn> page)
    {
        page.Find("[data-testid=sign-in-password]").Change("geheim 12345");
        page.Find("form").Submit();
    }

    private static IRenderedComponent<AccountPage> Page(AdminContext context, DateTimeOffset? since, int codes, params OperatorSessionSummary[] sessions)
    {
        context.Hub.Answer("GET", "/api/account", new AccountInfo("wang", "王敏", since, codes));
        context.Hub.Answer("GET", "/api/account/sessions", sessions);
        var page = context.Render<AccountPage>();
        page.WaitForElement("[data-testid=two-step]");
        return page;
    }
}
