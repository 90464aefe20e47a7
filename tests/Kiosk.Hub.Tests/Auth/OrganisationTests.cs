using System.Net;
using System.Text.RegularExpressions;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Organisation;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;
using OperatorSession = Kiosk.Testing.OperatorSession;

namespace Kiosk.Hub.Tests.Auth;

/// <summary>Signing in with the organisation's own identity, against a real provider (OpenIddict).</summary>
public class OrganisationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invited_operator_signs_in_by_the_organisations_identity_and_is_bound_to_it()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider);
        using var admin = await hub.SignInAsync();
        Assert.Equal("集团账号", admin.Info.Ways!.Organisation);
        await InviteAsync(admin, hub, "wang.min");

        using var browser = await OperatorSession.OpenAsync(hub.Address);
        var (last, _) = await FollowAsync(browser, "/sign-in/organisation?return=/admin/meetings");
        Assert.Equal("/admin/meetings", last.PathAndQuery);
        await RefreshAsync(browser);
        Assert.Equal(("wangmin", SignInMethod.Organisation), (browser.Info.UserName, browser.Info.Method));
        Assert.Equal("S256", provider.LastRequest!.CodeChallengeMethod);
        Assert.Equal(SignInMethod.Organisation, (await browser.GetAsync<IReadOnlyList<OperatorSessionSummary>>("/api/account/sessions"))[0].Method);

        // Renamed at the provider: still the same person. Somebody else under the old name: not that person.
        provider.Person = new Person("1001", "wang.min.2");
        using var again = await OperatorSession.OpenAsync(hub.Address);
        await FollowAsync(again, "/sign-in/organisation");
        await RefreshAsync(again);
        Assert.Equal("wangmin", again.Info.UserName);
        provider.Person = new Person("2002", "wang.min");
        Assert.Equal("organisation_unknown", await RefusedAsync(hub, "/sign-in/organisation"));
    }

    [Theory]
    [InlineData("zh-CN", "没有对应的操作员")]
    [InlineData("en", "belongs to no operator")]
    public async Task Identity_nobody_invited_gets_no_account_and_is_told_so(string language, string words)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider);
        var before = await hub.QueryAsync(db => db.Users.CountAsync());
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        browser.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        browser.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var (_, page) = await FollowAsync(browser, "/sign-in/organisation");
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("organisation_unknown", page, StringComparison.Ordinal);
        Assert.Equal(before, await hub.QueryAsync(db => db.Users.CountAsync()));
        await RefreshAsync(browser);
        Assert.False(browser.Info.SignedIn);
    }

    [Fact]
    public async Task Mail_address_names_an_operator_only_when_the_provider_verified_it()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider, "--Hub:Organisation:NameClaim=email");
        using var admin = await hub.SignInAsync();
        await InviteAsync(admin, hub, "Wang@Example.org");
        provider.Person = new Person("1001", "x", "wang@example.org", EmailVerified: false);
        Assert.Equal("organisation_unknown", await RefusedAsync(hub, "/sign-in/organisation"));
        provider.Person = provider.Person with { EmailVerified = true };
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        await FollowAsync(browser, "/sign-in/organisation");
        await RefreshAsync(browser);
        Assert.Equal("wangmin", browser.Info.UserName);
    }

    [Fact]
    public async Task Required_strength_is_asked_for_and_must_be_in_the_answer()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider, "--Hub:Organisation:RequireAcr:0=urn:strong", "--Hub:Organisation:RequireAmr:0=mfa");
        using var admin = await hub.SignInAsync();
        await InviteAsync(admin, hub, "wang.min");
        foreach (var weak in (Person[])[new("1001", "wang.min"), new("1001", "wang.min", Acr: "urn:weak", Amr: ["mfa"]), new("1001", "wang.min", Acr: "urn:strong", Amr: ["pwd"])])
        {
            provider.Person = weak;
            Assert.Equal("organisation_too_weak", await RefusedAsync(hub, "/sign-in/organisation"));
        }

        Assert.Equal("urn:strong", provider.LastRequest!.AcrValues);
        provider.Person = new Person("1001", "wang.min", Acr: "urn:strong", Amr: ["pwd", "mfa"]);
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        await FollowAsync(browser, "/sign-in/organisation");
        await RefreshAsync(browser);
        Assert.True(browser.Info.SignedIn);
    }

    [Fact]
    public async Task Way_back_is_taken_once_by_the_browser_that_left_and_unaltered()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider);
        using var admin = await hub.SignInAsync();
        await InviteAsync(admin, hub, "wang.min");
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        var back = await CallbackAsync(browser);

        // Somebody else's browser; an altered state; then the right one, and the same once more.
        using var other = await OperatorSession.OpenAsync(hub.Address);
        Assert.Equal("organisation_state_lost", CodeOf((await FollowAsync(other, back)).Page));
        Assert.Equal("organisation_state_lost", CodeOf((await FollowAsync(browser, back.Replace("state=", "state=A", StringComparison.Ordinal))).Page));
        await FollowAsync(browser, back);
        await RefreshAsync(browser);
        Assert.True(browser.Info.SignedIn);
        Assert.Equal("organisation_state_lost", CodeOf((await FollowAsync(browser, back)).Page));
        Assert.Equal("organisation_state_lost", CodeOf((await FollowAsync(other, "/sign-in/organisation/callback")).Page));
    }

    [Fact]
    public async Task Forged_code_and_cancelled_sign_in_are_refused_with_their_own_words()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider);
        using var admin = await hub.SignInAsync();
        await InviteAsync(admin, hub, "wang.min");
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        var back = await CallbackAsync(browser);
        Assert.Equal("organisation_failed", CodeOf((await FollowAsync(browser, Regex.Replace(back, "code=[^&]+", "code=forged"))).Page));
        provider.Person = provider.Person with { Refuses = true };
        Assert.Equal("organisation_cancelled", await RefusedAsync(hub, "/sign-in/organisation"));
    }

    [Fact]
    public async Task Provider_that_cannot_be_reached_is_said_and_the_password_still_works()
    {
        var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider);
        await provider.DisposeAsync();
        Assert.Equal("organisation_unreachable", await RefusedAsync(hub, "/sign-in/organisation"));
        using var admin = await hub.SignInAsync();
        Assert.True(admin.Info.SignedIn);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_at_the_provider()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider);
        using var admin = await hub.SignInAsync();
        await InviteAsync(admin, hub, "wang.min");
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        await FollowAsync(browser, "/sign-in/organisation");
        await RefreshAsync(browser);
        await browser.DeleteAsync("/api/session");
        var (last, _) = await FollowAsync(browser, "/sign-in/organisation/out");
        Assert.Equal(("/admin/", 1), (last.AbsolutePath, provider.SignOuts));
        await RefreshAsync(browser);
        Assert.False(browser.Info.SignedIn);
    }

    [Fact]
    public async Task Unbound_or_removed_operator_is_out_at_once()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider);
        using var admin = await hub.SignInAsync();
        var id = await InviteAsync(admin, hub, "wang.min");
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        await FollowAsync(browser, "/sign-in/organisation");
        await RefreshAsync(browser);
        await admin.PutAsync<object>($"/api/operators/{id}/organisation", new OrganisationName("li.hua"));
        await RefreshAsync(browser);
        Assert.False(browser.Info.SignedIn);
        Assert.Equal("organisation_unknown", await RefusedAsync(hub, "/sign-in/organisation"));
        provider.Person = new Person("1001", "LI.HUA");
        await FollowAsync(browser, "/sign-in/organisation");
        await RefreshAsync(browser);
        Assert.Equal("wangmin", browser.Info.UserName);
    }

    [Fact]
    public async Task One_name_belongs_to_one_operator_and_linking_can_be_left_to_nobody()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider, "--Hub:Organisation:LinkByName=false");
        using var admin = await hub.SignInAsync();
        await InviteAsync(admin, hub, "wang.min");
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            admin.PostAsync<OperatorInvitation>("/api/operators", new NewOperator("lihua", "李华", OperatorRole.Host, hub.RootUnitId, "WANG.MIN")));
        Assert.Equal("organisation_name_taken", refused.Code);
        Assert.Equal("organisation_unknown", await RefusedAsync(hub, "/sign-in/organisation"));
    }

    [Fact]
    public async Task Provider_proves_once_more_who_is_there_only_by_asking_again()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var hub = await StartAsync(provider);
        using var admin = await hub.SignInAsync();
        await InviteAsync(admin, hub, "wang.min");
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        await FollowAsync(browser, "/sign-in/organisation");
        await RefreshAsync(browser);

        provider.Person = provider.Person with { SignedInAgo = TimeSpan.FromHours(1) };
        Assert.Equal("organisation_not_fresh", CodeOf((await FollowAsync(browser, "/sign-in/organisation/prove?return=/admin/settings/account")).Page));
        Assert.Equal(("login", 0L), (provider.LastRequest!.Prompt, provider.LastRequest.MaxAge));
        provider.Person = provider.Person with { SignedInAgo = TimeSpan.Zero };
        Assert.Equal("/admin/settings/account", (await FollowAsync(browser, "/sign-in/organisation/prove?return=/admin/settings/account")).Last.AbsolutePath);
        provider.Person = new Person("3003", "somebody");
        Assert.Equal("organisation_unknown", CodeOf((await FollowAsync(browser, "/sign-in/organisation/prove")).Page));
    }

    [Theory]
    [InlineData("/admin/meetings?x=1", "/admin/meetings?x=1")]
    [InlineData("//evil.example", "/admin/")]
    [InlineData("/\\evil.example", "/admin/")]
    [InlineData("https://evil.example", "/admin/")]
    [InlineData("", "/admin/")]
    [InlineData(null, "/admin/")]
    public void Way_back_never_leads_elsewhere(string? asked, string taken) => Assert.Equal(taken, OrganisationEndpoints.LocalOr(asked));

    [Fact]
    public async Task Hub_without_a_provider_offers_none()
    {
        await using var hub = await HubApplication.StartAsync();
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        Assert.Null(browser.Info.Ways!.Organisation);
        Assert.Equal("organisation_off", CodeOf((await FollowAsync(browser, "/sign-in/organisation")).Page));
    }

    private static async Task<HubApplication> StartAsync(IdentityProvider provider, params string[] settings)
    {
        var hub = await HubApplication.StartAsync(
            null, null,
            [$"--Hub:Organisation:Authority={provider.Address}", $"--Hub:Organisation:ClientId={IdentityProvider.ClientId}", $"--Hub:Organisation:ClientSecret={IdentityProvider.Secret}",
                "--Hub:Organisation:Name=集团账号", .. settings]);
        await provider.RegisterAsync(hub.Address);
        return hub;
    }

    private static async Task<Guid> InviteAsync(OperatorSession admin, HubApplication hub, string organisationName) =>
        (await admin.PostAsync<OperatorInvitation>("/api/operators", new NewOperator("wangmin", "王敏", OperatorRole.Host, hub.RootUnitId, organisationName))).OperatorId;

    private static async Task RefreshAsync(OperatorSession browser) => browser.Use(await browser.GetAsync<SessionInfo>("/api/session"));

    private static async Task<string> RefusedAsync(HubApplication hub, string path)
    {
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        var code = CodeOf((await FollowAsync(browser, path)).Page);
        await RefreshAsync(browser);
        Assert.False(browser.Info.SignedIn);
        return code;
    }

    private static string CodeOf(string page) => Regex.Match(page, "organisation_[a-z_]+").Value;

    /// <summary>Goes to the provider and stops on the way back.</summary>
    private static async Task<string> CallbackAsync(OperatorSession browser)
    {
        var next = new Uri(browser.Http.BaseAddress!, "/sign-in/organisation");
        while (!next.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal))
        {
            using var answer = await OpenAsync(browser, next);
            next = new Uri(next, answer.Headers.Location!);
        }

        return next.PathAndQuery;
    }

    private static async Task<(Uri Last, string Page)> FollowAsync(OperatorSession browser, string path)
    {
        var next = new Uri(browser.Http.BaseAddress!, path);
        for (var hops = 0; hops < 10; hops++)
        {
            if (next.AbsolutePath.StartsWith("/admin/", StringComparison.Ordinal))
            {
                return (next, "");
            }

            using var answer = await OpenAsync(browser, next);
            if (answer.Headers.Location is not { } location)
            {
                return (next, await answer.Content.ReadAsStringAsync(Cancellation));
            }

            next = new Uri(next, location);
        }

        throw new InvalidOperationException("Round and round.");
    }

    private static async Task<HttpResponseMessage> OpenAsync(OperatorSession browser, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        return await browser.Http.SendAsync(request, Cancellation);
    }
}
