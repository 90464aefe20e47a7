using System.Threading.RateLimiting;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.RateLimiting;

namespace Kiosk.Hub.Auth;

/// <summary>Limits per address and minute. A whole branch may sit behind one address, so codes are limited generously.</summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";
    public const string Account = "account";
    public const string Pairing = "pairing";
    public const string Code = "code";

    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = async (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "60";
            await Problems.From(new TooMany("rate_limited", SharedText.Get("rate_limited"))).ExecuteAsync(context.HttpContext);
        };
        Add(limiter, SignIn, 30);
        Add(limiter, Account, 30);
        Add(limiter, Pairing, 60);
        Add(limiter, Code, 1200);
    });

    private static void Add(RateLimiterOptions limiter, string name, int perMinute) => limiter.AddPolicy(name, http =>
        RateLimitPartition.GetSlidingWindowLimiter(
            $"{name} {http.Connection.RemoteIpAddress}",
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
}
