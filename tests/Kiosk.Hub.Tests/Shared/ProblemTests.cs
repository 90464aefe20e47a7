using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Shared;

/// <summary>Refusals speak the caller's language, those of the framework included.</summary>
public sealed partial class ProblemTests
{
    [Fact]
    public async Task Every_refusal_has_a_code_and_a_sentence_in_the_language_of_the_request()
    {
        await using var hub = await HubApplication.StartAsync(settings: ["--Hub:MaxUploadBytes=1000"]);
        using var admin = await hub.SignInAsync();
        using var anonymous = new HttpClient { BaseAddress = hub.Address };
        var unit = hub.RootUnitId;
        (HttpClient Who, string Method, string Path, string? Body, string? Type, HttpStatusCode Status, string Code)[] table =
        [
            (anonymous, "GET", "/nothing/here", null, null, HttpStatusCode.NotFound, "not_found"),
            (anonymous, "GET", "/api/nothing", null, null, HttpStatusCode.NotFound, "not_found"),
            (anonymous, "GET", "/admin/missing.js", null, null, HttpStatusCode.NotFound, "not_found"),
            (anonymous, "GET", "/api/members", null, null, HttpStatusCode.Unauthorized, "sign_in_required"),
            (anonymous, "GET", "/hubs/device", null, null, HttpStatusCode.Unauthorized, "sign_in_required"),
            (anonymous, "POST", "/api/session", """{"userName":"a","password":"b"}""", "application/json", HttpStatusCode.BadRequest, "antiforgery_failed"),
            (anonymous, "POST", "/api/device/pairings", "{", "application/json", HttpStatusCode.BadRequest, "bad_request"),
            (anonymous, "POST", "/api/device/pairings", """{"tokenSha256":5}""", "application/json", HttpStatusCode.BadRequest, "bad_request"),
            (anonymous, "POST", "/api/device/pairings", "null", "application/json", HttpStatusCode.BadRequest, "bad_request"),
            (admin.Http, "GET", $"/api/members/{Guid.NewGuid()}", null, null, HttpStatusCode.NotFound, "member_unknown"),
            (admin.Http, "GET", "/api/members/not-an-id", null, null, HttpStatusCode.NotFound, "not_found"),
            (admin.Http, "GET", "/api/members?skip=many", null, null, HttpStatusCode.BadRequest, "bad_request"),
            (admin.Http, "GET", "/api/members?orgUnitId=x", null, null, HttpStatusCode.BadRequest, "bad_request"),
            (admin.Http, "GET", "/api/schedule/?from=yesterday&to=2026-01-01", null, null, HttpStatusCode.BadRequest, "bad_request"),
            (admin.Http, "POST", "/api/members", "", "application/json", HttpStatusCode.BadRequest, "bad_request"),
            (admin.Http, "POST", "/api/members", """{"kind":"emperor"}""", "application/json", HttpStatusCode.BadRequest, "bad_request"),
            (admin.Http, "POST", "/api/members", $$"""{"orgUnitId":"{{unit}}","name":"","kind":"full_member"}""", "application/json", HttpStatusCode.BadRequest, "invalid_input"),
            (admin.Http, "POST", $"/api/media?orgUnitId={unit}&name=x", new string('x', 2000), "application/octet-stream", HttpStatusCode.RequestEntityTooLarge, "media_too_large"),
            (admin.Http, "POST", $"/api/media?orgUnitId={unit}", "x", "application/octet-stream", HttpStatusCode.BadRequest, "invalid_input"),
        ];
        List<string> wrong = [];
        foreach (var language in (string[])["zh-CN", "en"])
        {
            foreach (var row in table)
            {
                using var request = new HttpRequestMessage(new HttpMethod(row.Method), row.Path);
                request.Headers.AcceptLanguage.Clear();
                request.Headers.AcceptLanguage.ParseAdd(language);
                if (row.Body is not null)
                {
                    request.Content = new StringContent(row.Body, Encoding.UTF8);
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue(row.Type!);
                }

                using var answer = await row.Who.SendAsync(request, TestContext.Current.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var problem = text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject();
                var (title, detail) = ((string?)problem["title"] ?? "", (string?)problem["detail"] ?? "");
                var spoken = language == "en" ? !Chinese().IsMatch(title + detail) : Chinese().IsMatch(title) && Chinese().IsMatch(detail);
                if ((answer.StatusCode, (string?)problem["code"]) != (row.Status, row.Code) || !spoken || title.Length == 0)
                {
                    wrong.Add($"{language} {row.Method} {row.Path} {row.Body?[..Math.Min(40, row.Body.Length)]}: {(int)answer.StatusCode} {text}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
