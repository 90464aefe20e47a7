using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Hub.Members;

namespace Kiosk.Hub.CheckIns;

/// <summary>
/// Secrets of the rotating display codes, derived per pairing of a display and meeting from a master key in the keys folder: a player that is
/// revoked or replaced takes no secret with it that still opens anything. A display shows codes only while it reaches the hub, so the
/// master key before the current one counts just as long as a display takes to hear of the new one.
/// </summary>
internal sealed class CheckInKeyRing
{
    /// <summary>Longer than a reconcile pull and a lost connection's time-out together.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private readonly string _path;
    private readonly Lock _sync = new();
    private Stored _keys;

    /// <param name="Secrets">32 bytes each, Base64, by key id.</param>
    /// <param name="RotatedAt">When the current one became so; null for the first.</param>
    private sealed record Stored(byte Current, Dictionary<byte, string> Secrets, DateTimeOffset? RotatedAt = null);

    public CheckInKeyRing(HubFolders folders)
    {
        _path = Path.Combine(folders.Keys, "display-codes.json");
        _keys = KeyFile.LoadOrCreate(_path, () => new Stored(1, new() { [1] = NewSecret() }));
    }

    /// <summary>Key id that new codes are made with.</summary>
    public byte Current => _keys.Current;

    /// <summary>Whether a code made with this key may still come from a display that has not heard of the newer one.</summary>
    public bool Counts(byte keyId, DateTimeOffset now) => _keys is var keys && (keyId == keys.Current || now < keys.RotatedAt + Overlap);

    /// <summary>The secret of a display's codes for a meeting, 32 bytes; null for a key id never used.</summary>
    /// <param name="pairing">SHA-256 of the token of the player that serves the display, lower-case hex.</param>
    public byte[]? SecretOf(byte keyId, Guid displayId, string pairing, Guid meetingId)
    {
        if (!_keys.Secrets.TryGetValue(keyId, out var master))
        {
            return null;
        }

        Span<byte> info = stackalloc byte[14 + 32 + 32];
        "kiosk-code-v1:"u8.CopyTo(info);
        displayId.TryWriteBytes(info[14..], bigEndian: true, out _);
        meetingId.TryWriteBytes(info[30..], bigEndian: true, out _);
        Convert.FromHexString(pairing, info[46..], out _, out _);
        var secret = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(master), secret, [], info);
        return secret;
    }

    /// <summary>Whether this text is the code of that display and meeting, made with one of our keys; says nothing about its time.</summary>
    public bool Made(DisplayCode code, string text, Guid displayId, string pairing, Guid meetingId) =>
        SecretOf(code.KeyId, displayId, pairing, meetingId) is { } secret && code.Verify(text, secret);

    /// <summary>Makes a new master key current; displays get it with their next document. Ids run from 1 to 255 and then begin again.</summary>
    public void Rotate(DateTimeOffset now)
    {
        lock (_sync)
        {
            var next = (byte)(_keys.Current == byte.MaxValue ? 1 : _keys.Current + 1);
            var rotated = new Stored(next, new Dictionary<byte, string>(_keys.Secrets) { [next] = NewSecret() }, now);
            KeyFile.Save(_path, rotated);
            _keys = rotated;
        }
    }

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
