using System.Security.Cryptography;
using Kiosk.Hub.Members;

namespace Kiosk.Hub.CheckIns;

/// <summary>
/// Secrets of the rotating display codes, derived per display and meeting from a master key in the keys folder. Old master keys
/// stay, so that the code of a display that has not heard of a new one still counts.
/// </summary>
internal sealed class CheckInKeyRing
{
    private readonly string _path;
    private readonly Lock _sync = new();
    private Stored _keys;

    /// <param name="Secrets">32 bytes each, Base64, by key id.</param>
    private sealed record Stored(byte Current, Dictionary<byte, string> Secrets);

    public CheckInKeyRing(HubFolders folders)
    {
        _path = Path.Combine(folders.Keys, "display-codes.json");
        _keys = KeyFile.LoadOrCreate(_path, () => new Stored(1, new() { [1] = NewSecret() }));
    }

    /// <summary>Key id that new codes are made with.</summary>
    public byte Current => _keys.Current;

    /// <summary>The secret of a display's codes for a meeting, 32 bytes; null for a key id never used.</summary>
    public byte[]? SecretOf(byte keyId, Guid displayId, Guid meetingId)
    {
        if (!_keys.Secrets.TryGetValue(keyId, out var master))
        {
            return null;
        }

        Span<byte> info = stackalloc byte[14 + 32];
        "kiosk-code-v1:"u8.CopyTo(info);
        displayId.TryWriteBytes(info[14..], bigEndian: true, out _);
        meetingId.TryWriteBytes(info[30..], bigEndian: true, out _);
        var secret = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(master), secret, [], info);
        return secret;
    }

    /// <summary>Makes a new master key current; displays get it with their next document. The oldest falls away after 256.</summary>
    public void Rotate()
    {
        lock (_sync)
        {
            var next = (byte)(_keys.Current == byte.MaxValue ? 1 : _keys.Current + 1);
            var rotated = new Stored(next, new Dictionary<byte, string>(_keys.Secrets) { [next] = NewSecret() });
            KeyFile.Save(_path, rotated);
            _keys = rotated;
        }
    }

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
