using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core.Pairing;

/// <summary>Keeps the device token in a file of mode 0600.</summary>
internal sealed class IdentityStore(PlayerFolder folder)
{
    public Identity? Load()
    {
        try
        {
            return JsonSerializer.Deserialize<Identity>(File.ReadAllBytes(folder.Identity), KioskJson.Options);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null; // a broken file means: pair again
        }
    }

    public void Save(Identity identity) => PlayerFolder.WritePrivate(folder.Identity, JsonSerializer.SerializeToUtf8Bytes(identity, KioskJson.Options));

    public void Forget() => File.Delete(folder.Identity);

    public static string NewToken() => "kd_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
