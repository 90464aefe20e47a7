using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Kiosk.Hub.Backup;
using Kiosk.Testing;
using Microsoft.Data.Sqlite;

namespace Kiosk.Hub.Tests.Shared;

/// <summary>Forms that fail answer with a page, also where the framework would not.</summary>
public sealed class FormProblemTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/my/nothing", "text/html,application/xhtml+xml,*/*;q=0.8", HttpStatusCode.NotFound, "text/html")]
    [InlineData("/my/nothing", "text/html", HttpStatusCode.NotFound, "text/html")]
    [InlineData("/my", "text/html", HttpStatusCode.MethodNotAllowed, "text/html")]
    [InlineData("/my", "*/*", HttpStatusCode.MethodNotAllowed, "text/html")]
    [InlineData("/my", "application/json", HttpStatusCode.MethodNotAllowed, "application/problem+json")]
    [InlineData("/api/nothing", "*/*", HttpStatusCode.NotFound, "application/problem+json")]
    public async Task Form_that_fails_is_answered_with_a_page_and_a_program_with_json(string path, string accept, HttpStatusCode status, string type)
    {
        await using var hub = await HubApplication.StartAsync();
        using var browser = new HttpClient { BaseAddress = hub.Address };
        browser.DefaultRequestHeaders.Add("Accept", accept);
        using var form = new FormUrlEncodedContent([new("x", "1")]);
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form, Cancellation);
        Assert.Equal((status, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Set_up_without_a_valid_token_shows_the_page_again()
    {
        await using var hub = await HubApplication.StartAsync();
        using var browser = new HttpClient { BaseAddress = hub.Address };
        using var form = new FormUrlEncodedContent([new("x", "1")]);
        using var rubbish = new StringContent("{}", Encoding.UTF8, "application/json");
        using var parts = new MultipartFormDataContent { { new StringContent("1"), "x" } };
        foreach (var content in (HttpContent[])[form, rubbish, parts])
        {
            using var answer = await browser.PostAsync(new Uri("/set-up", UriKind.Relative), content, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("data-code=\"form_expired\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/session")]
    [InlineData("/api/device/pairings")]
    public async Task Json_in_an_unknown_charset_is_refused_as_such(string path)
    {
        await using var hub = await HubApplication.StartAsync();
        using var anybody = new HttpClient { BaseAddress = hub.Address };
        using var content = new StringContent("{}");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-99");
        using var answer = await anybody.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("\"unsupported_media_type\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public void Full_disk_is_known_however_it_is_told()
    {
        Assert.True(DiskFull.Is(new InvalidOperationException("", new SqliteException("", 13))));
        Assert.True(DiskFull.Is(new SqliteException("", 10, 4874)));
        Assert.False(DiskFull.Is(new SqliteException("", 10, 266)));
    }
}
