using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core.Pairing;

/// <summary>Keeps the device token in a file of mode 0600.</summary>
/// <param name="onDamaged">Hears where a file lies now that named no device.</param>
internal sealed class IdentityStore(PlayerFolder folder, Action<string>? onDamaged = null)
{
    public Identity? Load()
    {
        if (!Path.Exists(folder.Identity))
        {
            return null;
        }

        if (Read() is { } identity)
        {
            return identity;
        }

        onDamaged?.Invoke(Aside.Put(folder.Identity)); // and the device pairs again
        return null;
    }

    public void Save(Identity identity) => PlayerFolder.WritePrivate(folder.Identity, JsonSerializer.SerializeToUtf8Bytes(identity, KioskJson.Options));

    public void Forget() => File.Delete(folder.Identity);

    private Identity? Read()
    {
        try
        {
            var read = Directory.Exists(folder.Identity) ? null : JsonSerializer.Deserialize<Identity>(File.ReadAllBytes(folder.Identity), KioskJson.Options);
            return read is { Token.Length: > 0 } and not { PairingId: null, DisplayId: null } ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string NewToken() => "kd_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
