using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Kiosk.Testing;

/// <param name="Code">What the page says, by its stable code.</param>
/// <param name="Html">The page with its character references resolved.</param>
public sealed record PhoneAnswer(HttpStatusCode Status, string Code, string Html, int Bytes);

/// <summary>A member's browser: cookies, no script, follows redirects by hand.</summary>
public sealed partial class PhoneBrowser : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
    private readonly HttpClient _http;
    private string _token = "";

    /// <param name="from">Address the phone comes from, e.g. 127.0.7.1; the machine decides when null.</param>
    public PhoneBrowser(Uri address, string language = "en", IPAddress? from = null)
    {
        if (from is not null)
        {
            _handler.ConnectCallback = async (connecting, cancellationToken) =>
            {
                var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(connecting.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        _http = new HttpClient(_handler) { BaseAddress = address };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    public CookieCollection Cookies(string path = "/c") => _handler.CookieContainer.GetCookies(new Uri(_http.BaseAddress!, path));

    public void SetCookie(string name, string value, string path) => _handler.CookieContainer.Add(_http.BaseAddress!, new Cookie(name, value, path));

    /// <summary>Sends a header with every request from here on.</summary>
    public void Say(string name, string value) => _http.DefaultRequestHeaders.Add(name, value);

    /// <summary>Opens a page as a tap on a link does, redirects included.</summary>
    public async Task<PhoneAnswer> OpenAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return await AnswerAsync(response);
    }

    /// <summary>The headers a page comes with, by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> HeadersAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return response.Headers.NonValidated.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Presses a button of the page opened last.</summary>
    public async Task<PhoneAnswer> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            .Append(KeyValuePair.Create("__RequestVerificationToken", _token)));
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), form);
        return await AnswerAsync(response);
    }

    /// <summary>Submits a form with chosen photos.</summary>
    public async Task<PhoneAnswer> UploadAsync(string path, IReadOnlyList<byte[]> photos, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", _token)))
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var photo in photos)
        {
            form.Add(new ByteArrayContent(photo), "photo", "IMG_0001.jpg");
        }

        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), form);
        return await AnswerAsync(response);
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private async Task<PhoneAnswer> AnswerAsync(HttpResponseMessage response)
    {
        if (response.Headers.Location is { } location)
        {
            return await OpenAsync(location.ToString());
        }

        var html = await response.Content.ReadAsStringAsync();
        _token = Token().Match(html) is { Success: true } token ? token.Groups[1].Value : _token;
        return new PhoneAnswer(response.StatusCode, Code().Match(html).Groups[1].Value, WebUtility.HtmlDecode(html), System.Text.Encoding.UTF8.GetByteCount(html));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("data-code=\"([^\"]*)\"")]
    private static partial Regex Code();
}
