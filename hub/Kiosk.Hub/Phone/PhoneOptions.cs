using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Kiosk.Hub.Phone;

/// <summary>Settings section <c>Phone</c>. A whole branch may sit behind one address, so only floods are stopped.</summary>
internal sealed class PhoneOptions
{
    public const string Section = "Phone";

    /// <summary>From one network: five hundred members with four requests each, three times over.</summary>
    public int RequestsPerMinute { get; set; } = 6000;

    /// <summary>Wrong PINs from one address on the sign-in page.</summary>
    public int WrongPinsPerMinute { get; set; } = 30;

    /// <summary>Wrong PINs from one address by phones that have just scanned a display's code: a hall of elderly people types them all at once.</summary>
    public int WrongPinsAtTheDoorPerMinute { get; set; } = 300;

    /// <summary>Seconds a display code is accepted beyond its time, for slow links.</summary>
    public int CodeGraceSeconds { get; set; } = 10;
}

/// <summary>Limits per address; phones are told in a page, not in JSON. A number's own lock after ten wrong PINs is what guards it.</summary>
internal sealed class PhoneLimits(PhoneOptions options) : IDisposable
{
    private const int PrefixBytes = 8;

    private readonly PartitionedRateLimiter<HttpContext> _requests = Limiter(options.RequestsPerMinute);
    private readonly PartitionedRateLimiter<HttpContext> _wrongPins = Limiter(options.WrongPinsPerMinute);
    private readonly PartitionedRateLimiter<HttpContext> _wrongPinsAtTheDoor = Limiter(options.WrongPinsAtTheDoorPerMinute);

    public bool Allows(HttpContext http)
    {
        using var lease = _requests.AttemptAcquire(http);
        return lease.IsAcquired;
    }

    /// <param name="http">The request.</param>
    /// <param name="atTheDoor">It carries the proof of a scan.</param>
    public bool AllowsPin(HttpContext http, bool atTheDoor = false)
    {
        using var lease = (atTheDoor ? _wrongPinsAtTheDoor : _wrongPins).AttemptAcquire(http, 0);
        return lease.IsAcquired;
    }

    public void CountWrongPin(HttpContext http, bool atTheDoor = false) => (atTheDoor ? _wrongPinsAtTheDoor : _wrongPins).AttemptAcquire(http).Dispose();

    public void Dispose()
    {
        _requests.Dispose();
        _wrongPins.Dispose();
        _wrongPinsAtTheDoor.Dispose();
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(int perMinute) => PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetSlidingWindowLimiter(
            Caller(http.Connection.RemoteIpAddress),
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    // With IPv6 a caller has a whole /64 of addresses to choose from.
    private static string Caller(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
        ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, PrefixBytes))
        : address?.MapToIPv4().ToString() ?? "";
}
