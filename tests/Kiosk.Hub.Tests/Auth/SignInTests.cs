using System.Net;
using System.Net.Http.Json;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Auth;

public class SignInTests
{
    [Fact]
    public async Task Admin_with_the_right_password_is_signed_in_with_the_role_over_the_root()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        Assert.True(admin.Info.SignedIn);
        Assert.Equal([new RoleGrant(OperatorRole.Admin, hub.RootUnitId, "中心党委")], admin.Info.Grants);
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_account_even_for_the_right_one_until_the_time_is_over()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-22T18:00:00Z", null));
        await using var hub = await HubApplication.StartAsync(time);
        for (var attempt = 1; attempt < 10; attempt++)
        {
            Assert.Equal("sign_in_failed", (await RefusedAsync(hub, "wrong password")).Code);
        }

        Assert.Equal("locked_out", (await RefusedAsync(hub, "wrong password")).Code);
        Assert.Equal("locked_out", (await RefusedAsync(hub, HubApplication.AdminPassword)).Code);
        time.Advance(TimeSpan.FromMinutes(16));
        using var admin = await hub.SignInAsync();
        Assert.True(admin.Info.SignedIn);
    }

    [Fact]
    public async Task Change_without_antiforgery_token_is_refused()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        admin.Http.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            admin.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(hub.RootUnitId, "一支部", OrgUnitKind.Branch)));
        Assert.Equal("antiforgery_failed", refused.Code);
    }

    [Fact]
    public async Task Removed_operator_is_out_at_the_next_request()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        using var editor = await hub.SignInAsAsync(OperatorRole.Editor, hub.RootUnitId);
        Assert.NotEmpty(await editor.GetAsync<IReadOnlyList<OrgUnitNode>>("/api/org-units"));
        await admin.DeleteAsync($"/api/operators/{editor.Info.OperatorId}");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => editor.GetAsync<IReadOnlyList<OrgUnitNode>>("/api/org-units"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
    }

    [Fact]
    public async Task Last_administrator_cannot_be_removed()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.DeleteAsync($"/api/operators/{admin.Info.OperatorId}"));
        Assert.Equal("last_admin", refused.Code);
    }

    [Fact]
    public async Task Unit_elsewhere_in_the_tree_is_neither_seen_nor_changed()
    {
        await using var hub = await HubApplication.StartAsync();
        var mine = await hub.CreateOrgUnitAsync("一支部");
        var other = await hub.CreateOrgUnitAsync("二支部");
        using var branchAdmin = await hub.SignInAsAsync(OperatorRole.Admin, mine);
        Assert.Equal([mine], (await branchAdmin.GetAsync<IReadOnlyList<OrgUnitNode>>("/api/org-units")).Select(unit => unit.Id));
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            branchAdmin.PutAsync<OrgUnitNode>($"/api/org-units/{other}", new OrgUnitInput(null, "改名", OrgUnitKind.Branch)));
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
    }

    [Fact]
    public async Task Invitation_link_sets_a_password_once()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var invitation = await admin.PostAsync<OperatorInvitation>("/api/operators", new NewOperator("lihua", "李华", OperatorRole.Host, hub.RootUnitId));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var link = new Uri(hub.Address, new Uri(invitation.SetUpUrl).PathAndQuery);
        var first = await SubmitAsync(browser, link, "a long new password");
        Assert.Equal(HttpStatusCode.Redirect, first);
        using var invited = await hub.SignInAsync("lihua", "a long new password");
        Assert.Equal("李华", invited.Info.DisplayName);
        using var again = await browser.GetAsync(link, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }

    [Theory]
    [InlineData("en", "At least 10 characters", "The two passwords")]
    [InlineData("zh-CN", "至少 10 个字", "两次输入的密码不一样")]
    public async Task Set_up_page_says_the_rule_and_each_mistake_at_its_field_in_its_own_language(string language, string rule, string mistake)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var invitation = await admin.PostAsync<OperatorInvitation>("/api/operators", new NewOperator("lihua", "李华", OperatorRole.Host, hub.RootUnitId));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.Add("Accept-Language", language);
        var link = new Uri(hub.Address, new Uri(invitation.SetUpUrl).PathAndQuery);
        var page = await browser.GetStringAsync(link, TestContext.Current.CancellationToken);
        Assert.Contains(rule, page, StringComparison.Ordinal);
        Assert.Contains("novalidate", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" required", page, StringComparison.Ordinal);

        var fields = System.Text.RegularExpressions.Regex.Matches(page, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        (fields["password"], fields["passwordAgain"]) = ("short", "other");
        using var answer = await browser.PostAsync(new Uri(link, "/set-up"), new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
        var refused = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Matches($"id=\"passwordAgain-error\"[^>]*>{mistake}", refused);
        Assert.Contains("id=\"password-error\"", refused, StringComparison.Ordinal);
    }

    internal static async Task<HttpStatusCode> SubmitAsync(HttpClient browser, Uri link, string password)
    {
        var page = await browser.GetStringAsync(link, TestContext.Current.CancellationToken);
        var fields = System.Text.RegularExpressions.Regex.Matches(page, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        (fields["password"], fields["passwordAgain"], fields["userName"]) = (password, password, "lihua");
        using var answer = await browser.PostAsync(new Uri(link, "/set-up"), new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static Task<RefusedException> RefusedAsync(HubApplication hub, string password) =>
        Assert.ThrowsAsync<RefusedException>(() => hub.SignInAsync(HubApplication.AdminUserName, password));
}
