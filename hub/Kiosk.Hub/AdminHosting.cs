using Kiosk.Hub.Shared;

namespace Kiosk.Hub;

/// <summary>Serves the admin (Blazor WebAssembly) under /admin/.</summary>
internal static class AdminHosting
{
    public static void MapAdmin(this WebApplication app)
    {
        // A host that embeds the hub (tests of the API) has no assets beside it.
        var manifest = Path.Combine(AppContext.BaseDirectory, "Kiosk.Hub.staticwebassets.endpoints.json");
        if (File.Exists(manifest))
        {
            app.MapStaticAssets(manifest).AllowAnonymous();
        }

        app.MapGet("/", () => TypedResults.LocalRedirect("/admin/")).AllowAnonymous();
        // What the page is made of is there or it is not, whatever its name ends in.
        foreach (var folder in (string[])["_framework", "_content", "css", "js"])
        {
            app.MapFallback($"/admin/{folder}/{{*path}}", (RequestDelegate)(http => Problems.From(SharedErrors.NotFound()).ExecuteAsync(http))).AllowAnonymous();
        }

        // Pages only: a missing asset (a path with an extension) is a 404, never the page.
        app.MapFallbackToFile("/admin/{*path:nonfile}", "admin/index.html").AllowAnonymous();
    }
}
