using System.Net;
using System.Net.Sockets;

namespace Kiosk.Hub.Alerts;

/// <summary>Where webhooks may go, so that nobody makes the hub call machines of its own network.</summary>
internal static class WebhookGuard
{
    internal sealed class NotAllowedException : IOException;

    /// <summary>By its look alone; what its name leads to is checked when it is called.</summary>
    public static bool IsAllowed(Uri address, IReadOnlyList<string> privateHosts) =>
        address.UserInfo.Length == 0
        && (IsNamed(address.IdnHost, privateHosts)
            ? address.Scheme is "http" or "https"
            : address.Scheme == "https" && (!IPAddress.TryParse(address.IdnHost, out var literal) || IsPublic(literal)) && !address.IsLoopback);

    public static bool IsNamed(string host, IReadOnlyList<string> privateHosts) => privateHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing on this machine, in this network or of a special kind.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            var bytes = address.GetAddressBytes();
            return bytes[0] switch
            {
                0 or 10 or 127 or >= 224 => false,
                100 => bytes[1] is < 64 or > 127,
                169 => bytes[1] != 254,
                172 => bytes[1] is < 16 or > 31,
                192 => bytes[1] != 168 && !(bytes[1] == 0 && bytes[2] is 0 or 2),
                198 => bytes[1] is not (18 or 19) && !(bytes[1] == 51 && bytes[2] == 100),
                203 => !(bytes[1] == 0 && bytes[2] == 113),
                _ => true,
            };
        }

        // Only what is handed out for global use; 6to4, Teredo and NAT64 lead to addresses of version 4.
        var six = address.GetAddressBytes();
        return (six[0] & 0xE0) == 0x20 && !(six[0] == 0x20 && six[1] == 0x02) && !(six[0] == 0x20 && six[1] == 0x01 && six[2] == 0 && six[3] == 0)
            && !(six[0] == 0x20 && six[1] == 0x01 && six[2] == 0x0D && six[3] == 0xB8);
    }
}
