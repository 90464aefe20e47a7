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
        using var editor = await hub.SignInAsAsync(Contracts.Operator.OperatorRole.Editor, hub.RootUnitId);
        using var anonymous = new HttpClient { BaseAddress = hub.Address };
        var (room, display) = await hub.AddRoomWithDisplayAsync();
        string Meeting(string start, string end) =>
            $$"""{"orgUnitId":"{{hub.RootUnitId}}","roomId":"{{room}}","type":"Other","title":"会","startLocal":"{{start}}","endLocal":"{{end}}","timeZone":"Asia/Shanghai","agenda":[]}""";
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
            (anonymous, "GET", "/openapi/v9.json", null, null, HttpStatusCode.NotFound, "not_found"),
            (anonymous, "DELETE", "/api/meetings", null, null, HttpStatusCode.MethodNotAllowed, "method_not_allowed"),
            (admin.Http, "DELETE", "/api/members", null, null, HttpStatusCode.MethodNotAllowed, "method_not_allowed"),
            (admin.Http, "POST", "/api/members", "name=x", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"),
            (admin.Http, "POST", "/api/nothing", "{}", "application/json", HttpStatusCode.NotFound, "not_found"),
            (editor.Http, "GET", "/api/members", null, null, HttpStatusCode.Forbidden, "role_missing"),
            (admin.Http, "GET", "/api/schedule/?from=2026-01-01&to=2026-12-31", null, null, HttpStatusCode.BadRequest, "span_too_long"),
            (admin.Http, "GET", "/api/schedule/?from=0001-01-01&to=0001-01-02", null, null, HttpStatusCode.BadRequest, "years_out_of_range"),
            (admin.Http, "GET", "/api/schedule/?from=9999-12-01&to=9999-12-31", null, null, HttpStatusCode.BadRequest, "years_out_of_range"),
            (admin.Http, "GET", "/api/schedule/?from=2026-01-02&to=2026-01-01", null, null, HttpStatusCode.BadRequest, "range_inverted"),
            (admin.Http, "POST", "/api/meetings", Meeting("0001-01-01T19:00:00", "0001-01-01T20:00:00"), "application/json", HttpStatusCode.BadRequest, "meeting_too_old"),
            (admin.Http, "POST", "/api/meetings", Meeting("9999-12-31T19:00:00", "9999-12-31T20:00:00"), "application/json", HttpStatusCode.BadRequest, "meeting_too_far"),
            (admin.Http, "GET", $"/api/displays/{display}/resolution?at=1999-01-01T00:00:00Z", null, null, HttpStatusCode.BadRequest, "instant_out_of_range"),
            (admin.Http, "GET", $"/api/displays/{display}/resolution?at=9999-01-01T00:00:00Z", null, null, HttpStatusCode.BadRequest, "instant_out_of_range"),
            (admin.Http, "GET", "/print/cards", null, null, HttpStatusCode.NotFound, "nobody_chosen"),
            (admin.Http, "GET", $"/print/cards?ids=x,{Guid.NewGuid()}", null, null, HttpStatusCode.NotFound, "no_cards"),
            (admin.Http, "POST", "/api/notices", $$"""{"orgUnitId":"{{unit}}","kind":"takeover","title":"\u200b","text":"\u200b","scopes":["org:{{unit:N}}"],"expiry":"2999-01-01T00:00:00Z"}""", "application/json", HttpStatusCode.BadRequest, "invalid_input"),
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

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
