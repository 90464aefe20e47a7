using System.Net.Http.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Demo;

/// <summary>The demo's administrator at work: everything it makes goes through the hub's own API, checks included.</summary>
internal sealed class DemoClient : IDisposable
{
    private readonly HttpClient _http;

    private DemoClient(Uri address) => _http = new HttpClient(new HttpClientHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    public static async Task<DemoClient> SignInAsync(Uri address, string userName, string password, CancellationToken cancellationToken)
    {
        var client = new DemoClient(address);
        client.Use(await client.GetAsync<SessionInfo>("/api/session", cancellationToken));
        client.Use(await client.PostAsync<SessionInfo>("/api/session", new SignInRequest(userName, password), cancellationToken));
        return client;
    }

    /// <summary>Whoever looks after the hub must find no session but their own.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync(Relative("/api/session"), cancellationToken);
        await EnsureAsync(response, cancellationToken);
    }

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => await ReadAsync<T>(await _http.GetAsync(Relative(path), cancellationToken), cancellationToken);

    public async Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellationToken) =>
        await ReadAsync<T>(await _http.PostAsync(Relative(path), Json(body), cancellationToken), cancellationToken);

    public async Task PutAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await _http.PutAsync(Relative(path), Json(body), cancellationToken);
        await EnsureAsync(response, cancellationToken);
    }

    /// <summary>Uploads a file and waits until it is prepared.</summary>
    public async Task<Guid> UploadAsync(Guid orgUnitId, string path, string name, Disclosure disclosure, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        using var content = new StreamContent(file);
        using var response = await _http.PostAsync(
            Relative($"/api/media?orgUnitId={orgUnitId}&name={Uri.EscapeDataString(name)}&disclosure={disclosure}"), content, cancellationToken);
        await EnsureAsync(response, cancellationToken);
        var media = (await response.Content.ReadFromJsonAsync<MediaSummary>(KioskJson.Options, cancellationToken))!;
        while (media.State == MediaState.Processing)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellationToken);
            media = await GetAsync<MediaSummary>($"/api/media/{media.Id}", cancellationToken);
        }

        return media.State == MediaState.Ready ? media.Id : throw new InvalidOperationException($"{name}: {media.FailureCode}");
    }

    public void Dispose() => _http.Dispose();

    private void Use(SessionInfo info)
    {
        _http.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        _http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", info.RequestToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            await EnsureAsync(response, cancellationToken);
            return (await response.Content.ReadFromJsonAsync<T>(KioskJson.Options, cancellationToken))!;
        }
    }

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    private static JsonContent? Json(object? body) => body is null ? null : JsonContent.Create(body, body.GetType(), options: KioskJson.Options);
}
