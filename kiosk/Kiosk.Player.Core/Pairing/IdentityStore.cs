using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core.Pairing;

/// <summary>Keeps the device token in a file of mode 0600. What a disk that takes no writes does not let go of stays there: the hub refuses it again.</summary>
/// <param name="onDamaged">Hears where a file lies now that named no device.</param>
internal sealed class IdentityStore(PlayerFolder folder, Action<string>? onDamaged = null)
{
    private const string NotWritable = "data_folder_not_writable";

    public Identity? Load() => Load(folder.Identity); // without one the device pairs again

    /// <exception cref="IdentityNotKeptException">The disk does not take it, or it asks to be paired from a <see cref="StandIn"/>.</exception>
    public void Save(Identity identity)
    {
        if (folder.StandsInFor is not null && !identity.IsPaired)
        {
            throw new IdentityNotKeptException(NotWritable, null);
        }

        try
        {
            Save(folder.Identity, identity);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw new IdentityNotKeptException(DiskFault.CodeOf(e) is DiskFault.Full ? DiskFault.Full : NotWritable, e);
        }
    }

    public void Forget() => Try(() => File.Delete(folder.Identity));

    /// <summary>One that a hub of another history did not know: it may be back with the data that do.</summary>
    public Identity? LoadFormer() => Load(folder.FormerIdentity);

    public void SaveFormer(Identity identity) => Try(() => Save(folder.FormerIdentity, identity));

    public void ForgetFormer() => Try(() => File.Delete(folder.FormerIdentity));

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // see above
        }
    }

    private static void Save(string path, Identity identity) => PlayerFolder.WritePrivate(path, JsonSerializer.SerializeToUtf8Bytes(identity, PlayerJson.Options));

    private Identity? Load(string path)
    {
        if (!Path.Exists(path))
        {
            return null;
        }

        if (Read(path) is { } identity)
        {
            return identity;
        }

        onDamaged?.Invoke(Aside.Put(path));
        return null;
    }

    private static Identity? Read(string path)
    {
        try
        {
            var read = Directory.Exists(path) ? null : JsonSerializer.Deserialize<Identity>(File.ReadAllBytes(path), PlayerJson.Options);
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
