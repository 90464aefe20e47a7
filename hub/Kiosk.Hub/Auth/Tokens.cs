using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Hub.Auth;

/// <summary>Random tokens that are stored only as their SHA-256.</summary>
internal static class Tokens
{
    /// <summary>32 random bytes as Base64Url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lower-case hex SHA-256 of the UTF-8 text.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
