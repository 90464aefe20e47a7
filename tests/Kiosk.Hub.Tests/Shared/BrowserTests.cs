using System.Net;
using Kiosk.Hub.Shared;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Shared;

public sealed class BrowserTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("zh-CN", "没有这个页面")]
    [InlineData("en", "This page does not exist")]
    public async Task Link_that_leads_nowhere_is_a_page_with_the_way_home_in_a_browser(string language, string title)
    {
        await using var hub = await HubApplication.StartAsync();
        using var answer = await AskAsync(hub, "/nope", Browser, language);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(title, html, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/my/nope", false)]
    [InlineData("/c/a/b/nope", false)]
    [InlineData("/enrol/a/nope", false)]
    [InlineData("/mynope", true)]
    public async Task Member_s_phone_is_shown_no_way_into_the_administration(string path, bool administration)
    {
        await using var hub = await HubApplication.StartAsync();
        using var answer = await AskAsync(hub, path, Browser);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((administration, true), (html.Contains("/admin/", StringComparison.Ordinal), html.Contains("href=\"/my\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/nope", "*/*", HttpStatusCode.NotFound, "not_found")]
    [InlineData("/nope", "application/json, text/html;q=0.5", HttpStatusCode.NotFound, "not_found")]
    [InlineData("/print/cards", "application/json", HttpStatusCode.Unauthorized, "sign_in_required")]
    [InlineData("/api/displays", "application/json", HttpStatusCode.Unauthorized, "sign_in_required")]
    public async Task Program_gets_problem_details(string path, string accept, HttpStatusCode status, string code)
    {
        await using var hub = await HubApplication.StartAsync();
        using var answer = await AskAsync(hub, path, accept);
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"\"{code}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_to_print_asks_a_browser_to_sign_in_first_and_come_back()
    {
        await using var hub = await HubApplication.StartAsync();
        using var answer = await AskAsync(hub, "/print/cards?ids=1,2", Browser);
        Assert.Equal((HttpStatusCode.Redirect, "/admin/?return=%2Fprint%2Fcards%3Fids%3D1%2C2"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("/admin/_framework/nope")]
    [InlineData("/admin/_framework/deep/nope.dll")]
    [InlineData("/admin/_content/nope")]
    [InlineData("/admin/css/nope")]
    [InlineData("/admin/js/nope")]
    public async Task Missing_part_of_the_admin_is_missing_whatever_its_name_ends_in(string path)
    {
        await using var hub = await HubApplication.StartAsync();
        using var answer = await AskAsync(hub, path, "*/*");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("video", true)]
    [InlineData("Video", true)]
    [InlineData("VIDEO", true)]
    [InlineData("film", false)]
    [InlineData("1", false)]
    [InlineData("video,image", false)]
    public async Task Kind_in_a_query_is_read_in_any_case_and_anything_else_is_refused_with_a_code(string kind, bool known)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        using var answer = await admin.Http.GetAsync($"/api/media?kind={kind}", TestContext.Current.CancellationToken);
        Assert.Equal(known ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(!known, (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("\"bad_request\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not_on_roster", true)]
    [InlineData("NotOnRoster", true)]
    [InlineData("notonroster", true)]
    [InlineData("not on roster", false)]
    [InlineData("", false)]
    public void Choice_takes_the_name_on_the_wire_and_the_declared_one(string text, bool known)
    {
        Assert.Equal(known, Choice<Contracts.CheckIns.CheckInOutcome>.TryParse(text, null, out var choice));
        Assert.True(!known || choice.Value == Contracts.CheckIns.CheckInOutcome.NotOnRoster);
    }

    [Fact]
    public async Task Session_names_the_zone_of_the_organisation()
    {
        await using var hub = await HubApplication.StartAsync(null, null, "--Hub:TimeZone=Asia/Urumqi");
        using var admin = await hub.SignInAsync();
        Assert.Equal("Asia/Urumqi", admin.Info.TimeZone);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => HubApplication.StartAsync(null, null, "--Hub:TimeZone=Mars/Olympus"));
    }

    private static async Task<HttpResponseMessage> AskAsync(HubApplication hub, string path, string accept, string language = "zh-CN")
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = hub.Address };
        browser.DefaultRequestHeaders.Add("Accept", accept);
        browser.DefaultRequestHeaders.Add("Accept-Language", language);
        return await browser.GetAsync(path, TestContext.Current.CancellationToken);
    }
}
