using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Hub.Members;

namespace Kiosk.Hub.FairPlay;

/// <summary>Keyed hashes of browsers and networks, different for every meeting; the key is in the keys folder, never in the database.</summary>
internal sealed class TraceHashes(HubFolders folders)
{
    public const int Length = 24;

    private readonly byte[] _key = Convert.FromBase64String(KeyFile.LoadOrCreate(
        Path.Combine(folders.Keys, "phone-traces.json"), () => new Stored(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))).Secret);

    private sealed record Stored(string Secret);

    public string Browser(Guid meetingId, string cookie) => Hash(meetingId, "browser", Encoding.ASCII.GetBytes(cookie));

    /// <summary>Of the prefix alone: a /24, or with IPv6 a /48.</summary>
    public string Network(Guid meetingId, IPAddress? address) => Hash(meetingId, "network", Prefix(address));

    /// <summary>The part of an address that names a network.</summary>
    public static byte[] Prefix(IPAddress? address)
    {
        if (address is null)
        {
            return [];
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.GetAddressBytes()[..(plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 6)];
    }

    private string Hash(Guid meetingId, string kind, byte[] what) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, (byte[])[.. Encoding.ASCII.GetBytes(kind), .. meetingId.ToByteArray(), .. what]))[..Length];
}
