using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Kiosk.Hub.Shared;

/// <summary>A refusal as a page, for somebody who follows a link in a browser; everybody else gets problem details.</summary>
internal sealed class BrowserProblems(IOptions<ProblemDetailsOptions> options) : IProblemDetailsWriter
{
    /// <summary>The request is a page being opened: HTML is named and wanted at least as much as JSON.</summary>
    public static bool OpensPage(HttpRequest request)
    {
        var (html, json) = Wanted(request);
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && html > 0 && html >= (json ?? 0);
    }

    public bool CanWrite(ProblemDetailsContext context) => OpensPage(context.HttpContext.Request) || SendsForm(context.HttpContext.Request);

    // A page's form, or whatever else asks for HTML and for nothing a program reads.
    private static bool SendsForm(HttpRequest request)
    {
        var (html, json) = Wanted(request);
        return json is null && (html > 0 || (HttpMethods.IsPost(request.Method) && request.HasFormContentType && !request.Path.StartsWithSegments("/api")));
    }

    /// <summary>A member's phone is shown no way into the administration, which is none of theirs.</summary>
    private static bool IsForMembers(PathString path) => path.StartsWithSegments("/c") || path.StartsWithSegments("/my") || path.StartsWithSegments("/enrol");

    private static (double? Html, double? Json) Wanted(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return (
            accepted.Where(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)).Max(Weight),
            accepted.Where(type => type.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase)).Max(Weight));
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        options.Value.CustomizeProblemDetails?.Invoke(context);
        var details = context.ProblemDetails;
        var code = details.Extensions.TryGetValue("code", out var known) ? known?.ToString() ?? "" : "";
        var forMembers = IsForMembers(context.HttpContext.Request.Path);
        var page = new RazorComponentResult<ProblemPage>(new
        {
            Language = CultureInfo.CurrentUICulture.Name,
            Code = code,
            // Whoever stands at the door makes no room on a disk.
            Sentence = forMembers && code == "disk_full" ? SharedText.Get("disk_full_member") : details.Detail ?? details.Title ?? SharedText.Get("unexpected"),
            Missing = details.Status == StatusCodes.Status404NotFound,
            ForMembers = forMembers,
        })
        {
            StatusCode = details.Status ?? context.HttpContext.Response.StatusCode,
        };
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        await page.ExecuteAsync(context.HttpContext);
    }

    private static double? Weight(MediaTypeHeaderValue type) => type.Quality ?? 1;
}
