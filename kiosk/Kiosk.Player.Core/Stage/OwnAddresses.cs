using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Kiosk.Player.Core.Stage;

/// <summary>This machine's addresses, as somebody at another machine of its network would type them.</summary>
public static class OwnAddresses
{
    private const int Most = 3;

    private static IReadOnlyList<string> found = [];
    private static long foundAt = long.MinValue;

    /// <summary>IPv4, those with a way out first; asked of the system at most every 10 s.</summary>
    public static IReadOnlyList<string> Find()
    {
        var now = Environment.TickCount64;
        if (foundAt == long.MinValue || now - foundAt > 10_000)
        {
            (found, foundAt) = (Ask(), now);
        }

        return found;
    }

    private static List<string> Ask()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(card => card is { OperationalStatus: OperationalStatus.Up, NetworkInterfaceType: not NetworkInterfaceType.Loopback })
                .OrderByDescending(card => card.GetIPProperties().GatewayAddresses.Count)
                .SelectMany(card => card.GetIPProperties().UnicastAddresses)
                .Select(address => address.Address)
                .Where(address => address.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
                .Select(address => address.ToString()).Distinct().Take(Most)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
