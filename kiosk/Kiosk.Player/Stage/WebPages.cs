using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Stage;

/// <summary>
/// Pages of the web for the stage. A browser does not tell a page that cannot be framed from one that can, so each is asked for here before it
/// is shown; and it is shown behind a wrapper whose policy lets it go nowhere but to the origins it was found at.
/// </summary>
internal sealed class WebPages : IDisposable
{
    private const int Redirects = 10;
    private const int Remembered = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What a page of the web may not ask for; where it is refused there is no question on the screen either.</summary>
    private const string Nothing =
        "accelerometer=(), autoplay=(self), bluetooth=(), camera=(), clipboard-read=(), clipboard-write=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), "
        + "idle-detection=(), keyboard-map=(), local-fonts=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), "
        + "usb=(), web-share=(), window-management=(), xr-spatial-tracking=()";

    private static readonly string[] Shown = ["text/html", "application/xhtml+xml", "text/plain"];

    private long frames;

    private readonly ConcurrentDictionary<string, string> origins = new(StringComparer.Ordinal);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience };

    /// <summary>GET /page?address=: where the wrapper of a page is, or the code of why it cannot be shown.</summary>
    public static async Task<IResult> CheckAsync(string? address, WebPages pages, IPlayer player, CancellationToken cancellationToken)
    {
        var playback = player.View.Playback;
        var isWanted = new[] { playback.Current, playback.Next, playback.Coming }.Any(item => item is { Kind: PlaylistItemKind.WebPage } && item.Address == address);
        if (!isWanted || !IsHttp(address, out var uri))
        {
            return Results.NotFound();
        }

        var (code, detail) = await pages.AskAsync(address!, uri, cancellationToken);
        return Results.Json(code is null ? new { frame = $"/frame?address={Uri.EscapeDataString(address!)}&nr={Interlocked.Increment(ref pages.frames)}" } : (object)new { code, detail });
    }

    /// <summary>
    /// GET /framed?frame=: the code of why what the browser shows in this wrapper is not to be seen: its own page about an address that it could not
    /// load or about a process that died, or nothing at all. Empty when it is a page, and where the browser cannot be asked.
    /// </summary>
    public static async Task<IResult> FramedAsync(string? frame, HttpContext context, CancellationToken cancellationToken)
    {
        var origin = $"{context.Request.Scheme}://{context.Request.Host}";
        var inside = frame?.StartsWith("/frame?", StringComparison.Ordinal) is true && context.RequestServices.GetService<BrowserEye>() is { } eye && Uri.TryCreate(origin + frame, UriKind.Absolute, out var ours)
            ? await eye.FramedAsync(ours, cancellationToken)
            : null;
        return inside switch
        {
            { IsCrashed: true } => Results.Json(new { code = "page_crashed", detail = (string?)null }),
            { Unreachable: not null } => Results.Json(new { code = "page_unreachable", detail = "browser" }),
            { } page when !IsHttp(page.Address, out _) => Results.Json(new { code = "page_left", detail = (string?)null }),
            { Status: >= 400 } page => Results.Json(new { code = "page_error", detail = page.Status.ToString(System.Globalization.CultureInfo.InvariantCulture) }),
            { IsEmpty: true } => Results.Json(new { code = "page_empty", detail = (string?)null }),
            _ => Results.Json(new { }),
        };
    }

    /// <summary>GET /frame?address=: the wrapper of a page that was asked for.</summary>
    public static IResult Frame(string? address, WebPages pages, HttpContext context)
    {
        if (address is null || !pages.origins.TryGetValue(address, out var allowed))
        {
            return Results.NotFound();
        }

        context.Response.Headers["Permissions-Policy"] = Nothing;
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; frame-src {allowed}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
        return Results.Text(
            $"""
            <!doctype html>
            <meta charset="utf-8">
            <link rel="stylesheet" href="/css/frame.css">
            <iframe sandbox="allow-scripts allow-same-origin" allow="focus-without-user-activation 'none'" inert referrerpolicy="no-referrer" tabindex="-1" data-src="{HtmlEncoder.Default.Encode(address)}"></iframe>
            <script type="module" src="/js/frame.js"></script>
            """,
            "text/html; charset=utf-8");
    }

    public void Dispose() => http.Dispose();

    private async Task<(string? Code, string? Detail)> AskAsync(string address, Uri uri, CancellationToken cancellationToken)
    {
        var passed = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            for (var hops = 0; hops <= Redirects; hops++)
            {
                passed.Add(uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
                using var request = new HttpRequestMessage(HttpMethod.Get, uri);
                request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.5");
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest && response.Headers.Location is { } next)
                {
                    if (!Uri.TryCreate(uri, next, out var to) || to.Scheme is not ("http" or "https"))
                    {
                        return ("page_unreachable", "redirect");
                    }

                    uri = to;

                    continue;
                }

                if (Refusal(response) is { } refused)
                {
                    return refused;
                }

                if (origins.Count >= Remembered)
                {
                    origins.Clear();
                }

                origins[address] = string.Join(' ', passed);
                return (null, null);
            }

            return ("page_unreachable", "redirects");
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return ("page_unreachable", (e as HttpRequestException)?.HttpRequestError.ToString() ?? "timeout");
        }
    }

    private static (string Code, string? Detail)? Refusal(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            return ("page_error", ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "text/html";
        if (!Shown.Contains(type) || response.Content.Headers.ContentDisposition is { DispositionType: "attachment" })
        {
            return ("page_unsupported", type);
        }

        return RefusesFrame(response.Headers) ? ("page_refuses_frame", null) : null;
    }

    /// <summary>Whether a browser would refuse to show the answer inside another page: <c>frame-ancestors</c> counts before <c>X-Frame-Options</c>.</summary>
    internal static bool RefusesFrame(HttpResponseHeaders headers)
    {
        var policies = headers.TryGetValues("Content-Security-Policy", out var given) ? given.SelectMany(line => line.Split(',')) : [];
        var ancestors = policies.SelectMany(policy => policy.Split(';', StringSplitOptions.TrimEntries))
            .Where(directive => directive.StartsWith("frame-ancestors", StringComparison.OrdinalIgnoreCase))
            .Select(directive => directive.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).ToList())
            .ToList();
        return ancestors.Count > 0
            ? !ancestors.TrueForAll(allowed => allowed.Exists(each => each is "*" or "http:" or "http://*" or "http://*:*" or "http://*.localhost:*"))
            : headers.TryGetValues("X-Frame-Options", out var options) && options.Any(option => option.Trim() is { Length: > 0 } text && !text.StartsWith("allow", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsHttp(string? address, out Uri uri) => Uri.TryCreate(address, UriKind.Absolute, out uri!) && uri.Scheme is "http" or "https";
}
