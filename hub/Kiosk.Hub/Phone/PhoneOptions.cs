using System.Threading.RateLimiting;

namespace Kiosk.Hub.Phone;

/// <summary>Settings section <c>Phone</c>. A whole branch may sit behind one address, so only floods are stopped.</summary>
internal sealed class PhoneOptions
{
    public const string Section = "Phone";

    public int RequestsPerMinute { get; set; } = 1200;

    /// <summary>Wrong PINs from one address.</summary>
    public int WrongPinsPerMinute { get; set; } = 30;

    /// <summary>Seconds a display code is accepted beyond its time, for slow links.</summary>
    public int CodeGraceSeconds { get; set; } = 10;
}

/// <summary>Limits per address; phones are told in a page, not in JSON.</summary>
internal sealed class PhoneLimits(PhoneOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _requests = Limiter(options.RequestsPerMinute);
    private readonly PartitionedRateLimiter<HttpContext> _wrongPins = Limiter(options.WrongPinsPerMinute);

    public bool Allows(HttpContext http) => _requests.AttemptAcquire(http).IsAcquired;

    public bool AllowsPin(HttpContext http) => _wrongPins.AttemptAcquire(http, 0).IsAcquired;

    public void CountWrongPin(HttpContext http) => _wrongPins.AttemptAcquire(http).Dispose();

    public void Dispose()
    {
        _requests.Dispose();
        _wrongPins.Dispose();
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(int perMinute) => PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetSlidingWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
}
