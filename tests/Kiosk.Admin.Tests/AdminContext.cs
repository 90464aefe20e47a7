using System.Net;
using System.Text;
using System.Text.Json;
using Bunit;
using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Admin.Tests;

/// <summary>A page of the admin over a hub that answers what the test says.</summary>
internal sealed class AdminContext : BunitContext
{
    public static readonly Guid Root = Guid.Parse("11111111-1111-1111-1111-111111111111");
    public static readonly Guid Branch = Guid.Parse("22222222-2222-2222-2222-222222222222");

    public AdminContext(string language = Texts.Chinese, params RoleGrant[] grants)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddAdmin(new Uri("http://hub.test/"));
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(_ => new HttpClient(Hub) { BaseAddress = new Uri("http://hub.test/") });
        Texts.Use(language);
        Services.GetRequiredService<Times>().Own = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        var workspace = Services.GetRequiredService<Workspace>();
        RoleGrant[] all = grants.Length > 0 ? grants : [new RoleGrant(OperatorRole.Admin, Root, "党委")];
        workspace.Accept(new SessionInfo(true, Guid.Empty, "wang", "王敏", all, "token-1", "Kiosk", "Asia/Shanghai"),
            [new OrgUnitNode(Root, null, "党委", OrgUnitKind.Committee, 0, 100), new OrgUnitNode(Branch, Root, "第一支部", OrgUnitKind.Branch, 1, 80)]);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero));

    public FakeHub Hub { get; } = new();

    public Texts Texts => Services.GetRequiredService<Texts>();

    public Workspace Workspace => Services.GetRequiredService<Workspace>();
}

/// <summary>Answers by method and path; keeps what it was asked.</summary>
internal sealed class FakeHub : HttpMessageHandler
{
    private readonly HashSet<string> hanging = [];
    private readonly Dictionary<string, Func<string, (HttpStatusCode, string, int?)>> answers = [];

    public List<(string Method, string PathAndQuery, string Token, string Language, string Body)> Requests { get; } = [];

    public void Answer(string method, string path, object body) => answers[$"{method} {path}"] = _ => (HttpStatusCode.OK, JsonSerializer.Serialize(body, body.GetType(), KioskJson.Options), null);

    /// <summary>Rows and how many there are in all, by the query.</summary>
    public void AnswerBy<TRow>(string method, string path, Func<string, (IReadOnlyList<TRow> Rows, int Total)> answer) => answers[$"{method} {path}"] = query =>
    {
        var (rows, total) = answer(query);
        return (HttpStatusCode.OK, JsonSerializer.Serialize(rows, KioskJson.Options), total);
    };

    /// <summary>By the query.</summary>
    public void AnswerPage<TRow>(string method, string path, Func<string, Page<TRow>> answer) =>
        answers[$"{method} {path}"] = query => (HttpStatusCode.OK, JsonSerializer.Serialize(answer(query), KioskJson.Options), null);

    /// <summary>One after the other; null is refused.</summary>
    public void AnswerInTurn(string method, string path, params object?[] bodies)
    {
        var at = 0;
        answers[$"{method} {path}"] = _ => bodies[Math.Min(at++, bodies.Length - 1)] is { } body
            ? (HttpStatusCode.OK, JsonSerializer.Serialize(body, body.GetType(), KioskJson.Options), null)
            : (HttpStatusCode.ServiceUnavailable, """{"status":503,"code":"busy","title":"没有成功","detail":"请稍后再试。"}""", null);
    }

    public void Refuse(string method, string path, int status, string body) => answers[$"{method} {path}"] = _ => ((HttpStatusCode)status, body, null);

    /// <summary>Takes the request and never answers.</summary>
    public void Hang(string method, string path) => hanging.Add($"{method} {path}");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var token = request.Headers.TryGetValues(Api.TokenHeader, out var values) ? values.Single() : "";
        Requests.Add((request.Method.Method, request.RequestUri!.PathAndQuery, token, request.Headers.AcceptLanguage.ToString(), body));
        if (hanging.Contains($"{request.Method.Method} {request.RequestUri.AbsolutePath}"))
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        var (status, text, total) = answers.TryGetValue($"{request.Method.Method} {request.RequestUri.AbsolutePath}", out var answer)
            ? answer(request.RequestUri.Query) : (HttpStatusCode.NotFound, "", null);
        var response = new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        if (total is { } count)
        {
            response.Headers.Add("X-Total-Count", count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return response;
    }
}
