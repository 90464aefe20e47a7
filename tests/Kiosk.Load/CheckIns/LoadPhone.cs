using System.Net;
using System.Text.RegularExpressions;

namespace Kiosk.Load.CheckIns;

/// <summary>A member's browser reduced to what costs the hub something: many share the connections of one handler.</summary>
internal sealed partial class LoadPhone(HttpMessageHandler handler, Uri hub, string session) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(handler, disposeHandler: false);
    private readonly Dictionary<string, string> _cookies = new() { ["kiosk-member"] = session };
    private string _token = "";

    public Task<string> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(hub, path)));

    /// <summary>Presses the button of the page opened last.</summary>
    public Task<string> PressAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(hub, path))
    {
        Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", _token)]),
    });

    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            using var response = await _http.SendAsync(request, CancellationToken.None);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var pair in set.Select(cookie => cookie.Split(';')[0].Split('=', 2)))
                {
                    _cookies[pair[0]] = pair[1];
                }
            }

            var page = await response.Content.ReadAsStringAsync();
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.Found))
            {
                throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {response.StatusCode} {page}");
            }

            _token = Token().Match(page) is { Success: true } match ? match.Groups[1].Value : _token;
            return page;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
