namespace Kiosk.Contracts.Feeds;

/// <summary>The address of a live stream: <c>http https</c> (HLS), <c>rtsp</c> (a camera), <c>rtp udp</c> (MPEG-TS, usually multicast).</summary>
public static class StreamAddress
{
    /// <summary>Stands for the login wherever an address is shown.</summary>
    public const string HiddenLogin = "***";

    public static bool IsHttp(string? address) => SchemeOf(address) is "http" or "https";

    /// <summary>A camera or RTP: no renderer opens these itself, the player hands them on (see its relay).</summary>
    public static bool NeedsRelay(string? address) => SchemeOf(address) is "rtsp" or "rtp";

    /// <summary>No browser opens it as a page: a stream by its scheme, or an HLS list by its name.</summary>
    public static bool IsOnlyStream(string? address) =>
        SchemeOf(address) is "rtsp" or "rtsps" or "rtp" or "udp" || (IsHttp(address) && new Uri(address!).AbsolutePath.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The same with the login, if there is one, hidden: fit to be shown and written down.</summary>
    public static string? WithoutLogin(string? address)
    {
        var (start, end) = LoginOf(address);
        return end > start ? string.Concat(address.AsSpan(0, start), HiddenLogin, address.AsSpan(end)) : address;
    }

    /// <summary>Where the login begins and ends in the address; an empty range where there is none.</summary>
    public static (int Start, int End) LoginOf(string? address)
    {
        if (address?.IndexOf("://", StringComparison.Ordinal) is not ({ } found and >= 0))
        {
            return default;
        }

        var begin = found + 3;
        var end = address.AsSpan(begin).IndexOfAny('/', '?', '#');
        var at = address.AsSpan(begin, end < 0 ? address.Length - begin : end).LastIndexOf('@');
        return (begin, begin + Math.Max(at, 0));
    }

    private static string? SchemeOf(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Scheme : null;
}
