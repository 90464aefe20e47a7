using System.Net;
using System.Net.Http.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Testing;

/// <summary>A signed-in operator over HTTP, with cookies and antiforgery.</summary>
public sealed class OperatorSession : IDisposable
{
    private readonly CookieJar _cookies = new();

    private OperatorSession(Uri address)
    {
        Http = new HttpClient(_cookies) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    /// <summary>Sends cookies and the antiforgery header with every request; answers in English.</summary>
    public HttpClient Http { get; }

    public SessionInfo Info { get; private set; } = null!;

    /// <summary>The session cookie as a header value, e.g. for a SignalR client.</summary>
    public string CookieHeader => _cookies.Header;

    /// <exception cref="RefusedException">Sign-in was refused.</exception>
    public static async Task<OperatorSession> SignInAsync(Uri address, string userName, string password, string? code = null, string? userAgent = null)
    {
        var session = new OperatorSession(address);
        if (userAgent is not null)
        {
            session.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        }

        session.Use(await session.GetAsync<SessionInfo>("/api/session"));
        session.Use(await session.PostAsync<SessionInfo>("/api/session", new SignInRequest(userName, password, code)));
        return session;
    }

    /// <summary>A browser at the sign-in page, nobody signed in yet.</summary>
    public static async Task<OperatorSession> OpenAsync(Uri address)
    {
        var session = new OperatorSession(address);
        session.Use(await session.GetAsync<SessionInfo>("/api/session"));
        return session;
    }

    public Task<T> GetAsync<T>(string path) => SendAsync<T>(HttpMethod.Get, path, null);

    public Task<T> PostAsync<T>(string path, object? body = null) => SendAsync<T>(HttpMethod.Post, path, Json(body));

    public Task<T> PutAsync<T>(string path, object body) => SendAsync<T>(HttpMethod.Put, path, Json(body));

    public Task DeleteAsync(string path) => SendAsync<object>(HttpMethod.Delete, path, null);

    /// <summary>Sends and reads the answer; 204 gives default.</summary>
    /// <exception cref="RefusedException">The hub refused.</exception>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await Http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusedException.FromAsync(response);
        }

        return response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0
            ? default!
            : (await response.Content.ReadFromJsonAsync<T>(KioskJson.Options))!;
    }

    public void Dispose() => Http.Dispose();

    private static JsonContent? Json(object? body) => body is null ? null : JsonContent.Create(body, body.GetType(), options: KioskJson.Options);

    /// <summary>From here on the browser is this session's.</summary>
    public void Use(SessionInfo info)
    {
        Info = info;
        Http.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        Http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", info.RequestToken);
    }
}
