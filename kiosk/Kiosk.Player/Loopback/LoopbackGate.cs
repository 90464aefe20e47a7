namespace Kiosk.Player.Loopback;

/// <summary>First in the pipeline: refuses what does not come from the kiosk page and sets the headers every answer carries.</summary>
internal static class LoopbackGate
{
    private const string Policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; frame-src 'self'; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseLoopbackGate(this WebApplication app)
    {
        var access = app.Services.GetRequiredService<LoopbackAccess>();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), display-capture=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.CacheControl = "no-store";

            var request = context.Request;
            var origin = request.Headers.Origin.Count == 0 ? null : request.Headers.Origin.ToString();
            var own = LoopbackAccess.IsOwnAddress(
                request.Headers.Host.ToString(), origin, context.Connection.LocalPort, originRequired: context.WebSockets.IsWebSocketRequest);
            if (own && (request.Path == LoopbackAccess.EnterPath || access.IsAdmitted(request.Cookies[LoopbackAccess.CookieName])))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });

        app.MapGet(LoopbackAccess.EnterPath, (string? key, HttpContext context) =>
        {
            if (access.Exchange(key) is not { } cookie)
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }

            context.Response.Cookies.Append(
                LoopbackAccess.CookieName, cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
            return Results.Redirect("/");
        });
    }
}
