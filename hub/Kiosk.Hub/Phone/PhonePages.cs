using Kiosk.Contracts.CheckIns;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace Kiosk.Hub.Phone;

/// <summary>Pages shared by the phone's use cases.</summary>
internal static class PhonePages
{
    private const string SizeCookie = "kiosk-size";

    /// <summary>A sentence that says why not and what to do.</summary>
    public static IResult Refused(HttpContext http, string code, int status, string? sentence = null, string back = "/my", bool offerOther = false, string? nav = null)
    {
        var text = sentence ?? PhoneText.Get("refused_" + code);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<MessagePage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("check_in"), code, back) with { Nav = nav },
            Model = new MessageModel("refused", text, null, [], offerOther, OfferPoints: false),
        })
        {
            StatusCode = status,
        };
    }

    /// <summary>The same for what a use case refused.</summary>
    public static IResult Refused(HttpContext http, Error error, string back) => Refused(http, error.Code, Problems.StatusOf(error), error.Message, back);

    public static int StatusOf(CheckInOutcome outcome) => outcome switch
    {
        CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn or CheckInOutcome.Guest or CheckInOutcome.Left => StatusCodes.Status200OK,
        CheckInOutcome.ExpiredCode or CheckInOutcome.MeetingCancelled or CheckInOutcome.TooLate => StatusCodes.Status410Gone,
        CheckInOutcome.RateLimited => StatusCodes.Status429TooManyRequests,
        CheckInOutcome.TooEarly => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status403Forbidden,
    };

    /// <summary>The form when it came from a page of ours; null when it cannot be read, or its token is missing or too old.</summary>
    public static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http) ? form : null;
        }
        catch (Exception rubbish) when (rubbish is InvalidDataException or BadHttpRequestException or AntiforgeryValidationException or IOException)
        {
            return null;
        }
    }

    /// <summary>Whether large letters were chosen, just now or before.</summary>
    public static bool IsLarge(HttpContext http) => (http.Request.Query["size"].ToString() is { Length: > 0 } asked ? asked : http.Request.Cookies[SizeCookie]) == "large";

    /// <summary>Floods are stopped; a language or size chosen by link is remembered; nothing is cached.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.RequestServices.GetRequiredService<PhoneLimits>().Allows(http))
        {
            http.Response.Headers.RetryAfter = "60";
            return Refused(http, "rate_limited", StatusCodes.Status429TooManyRequests);
        }

        if (http.Request.Query["lang"].ToString() is "en" or "zh-CN")
        {
            http.Response.Cookies.Append(
                "kiosk-lang",
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(http.Request.Query["lang"].ToString())),
                new CookieOptions { Path = "/", SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        }

        if (http.Request.Query["size"].ToString() is "large" or "normal")
        {
            http.Response.Cookies.Append(
                SizeCookie, http.Request.Query["size"].ToString(),
                new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        }

        http.Response.Headers.CacheControl = "no-store";
        return await next(context);
    }
}
