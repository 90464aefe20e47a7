using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Kiosk.Hub.Backup;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace Kiosk.Hub.Shared;

/// <summary>What every answer of the hub shares: language, security headers, refusals as problem details.</summary>
internal static class WebSetup
{
    /// <summary>What Kiosk speaks; the first is the default.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-CN", "en"];

    private const string LanguageCookie = "kiosk-lang";

    private const string Locked = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Admin =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRequestLocalization(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Languages[0]);
            options.SupportedCultures = options.SupportedUICultures = [.. Languages.Select(language => new CultureInfo(language))];
            options.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { QueryStringKey = "lang", UIQueryStringKey = "lang" },
                new CookieRequestCultureProvider { CookieName = LanguageCookie },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        // Before the framework's own, which then answers everybody else.
        services.AddSingleton<IProblemDetailsWriter, BrowserProblems>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var details = context.ProblemDetails;
            if (!details.Extensions.ContainsKey("code"))
            {
                var (code, key) = DiskFull.Is(context.Exception) ? ("disk_full", "disk_full") : details.Status switch
                {
                    StatusCodes.Status400BadRequest => ("bad_request", "bad_request"),
                    StatusCodes.Status401Unauthorized => ("sign_in_required", "sign_in_required"),
                    StatusCodes.Status403Forbidden => ("role_missing", "role_missing"),
                    StatusCodes.Status404NotFound => ("not_found", "not_found"),
                    StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", "method_not_allowed"),
                    StatusCodes.Status413PayloadTooLarge => ("too_large", "too_large"),
                    StatusCodes.Status415UnsupportedMediaType => ("unsupported_media_type", "unsupported_media_type"),
                    StatusCodes.Status429TooManyRequests => ("rate_limited", "rate_limited"),
                    _ => ("unexpected", "unexpected"),
                };
                details.Extensions["code"] = code;
                details.Title = details.Detail = SharedText.Get(key);
                details.Type = null;
            }

            details.Extensions.Remove("exception");
        });
        services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        // Chinese as itself, not as entities eight times as long.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services.AddRazorComponents().Services;
    }

    public static WebApplication UseWeb(this WebApplication app)
    {
        app.UseForwardedHeaders(TrustedProxies.Read(app.Services.GetRequiredService<HubOptions>().TrustedProxies));
        app.UseRequestLocalization();
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
                if (headers.ContentSecurityPolicy.Count == 0)
                {
                    headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/admin") ? Admin : Locked;
                }

                return Task.CompletedTask;
            });
            return next();
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // The client went away or sent a malformed request: no bug of ours, no log of an error.
            SuppressDiagnosticsCallback = context => context.Exception is OperationCanceledException or BadHttpRequestException,
            StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode
                : DiskFull.Is(exception) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
        app.Use(RefuseUnknownCharset);
        app.Use(AnswerUnmatched);
        return app;
    }

    private static bool IsKnown(HttpContext http) => http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(endpoint =>
        endpoint.RoutePattern is { PathSegments: [{ Parts: [var first, ..] }, ..], RawText: { } text }
        && first is not RoutePatternParameterPart { IsCatchAll: true }
        && new TemplateMatcher(TemplateParser.Parse(text), []).TryMatch(http.Request.Path, []));

    // The framework throws where it reads the body, as if that were a fault of ours.
    private static Task RefuseUnknownCharset(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.HasJsonContentType() || http.Request.GetTypedHeaders().ContentType is not { Charset.Length: > 0, Encoding: null })
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }

    // What no endpoint answers for has nothing to guard: it is said before anybody is asked to sign in.
    // Routing's own answers (405, 415) are endpoints without a route.
    private static Task AnswerUnmatched(HttpContext http, RequestDelegate next)
    {
        // Static assets hold a file route over every path, which makes an unknown path look like one that takes GET only.
        if (http.GetEndpoint() is { } endpoint && (endpoint is RouteEndpoint || endpoint.DisplayName?.StartsWith("405", StringComparison.Ordinal) != true || IsKnown(http)))
        {
            return endpoint is RouteEndpoint ? next(http) : endpoint.RequestDelegate!(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
