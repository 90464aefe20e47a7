using System.Collections.Concurrent;

namespace Kiosk.Testing;

/// <summary>
/// Keeps cookies until the hub deletes them. The framework's container compares their expiry with the machine's clock, but the hub under
/// test may live in another year.
/// </summary>
internal sealed class CookieJar() : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
{
    private readonly ConcurrentDictionary<string, string> _cookies = new();

    public string Header => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_cookies.IsEmpty)
        {
            request.Headers.TryAddWithoutValidation("Cookie", Header);
        }

        var response = await base.SendAsync(request, cancellationToken);
        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var pair = set.Split(';', 2)[0].Split('=', 2);
            if (pair is [var name, { Length: > 0 } value])
            {
                _cookies[name] = value;
            }
            else
            {
                _cookies.TryRemove(pair[0], out _);
            }
        }

        return response;
    }
}
