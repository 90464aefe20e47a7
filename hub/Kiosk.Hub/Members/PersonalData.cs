using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Hub.Members;

/// <summary>
/// Encrypts personal columns: key id(1) ‖ nonce(12) ‖ ciphertext ‖ tag(16), AES-256-GCM. The keys are in the keys folder, never in the database.
/// The row's id is authenticated too, so that a ciphertext cannot be moved to another person.
/// </summary>
internal sealed class PersonalData
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Keys _keys;

    /// <param name="Secrets">32 bytes each, Base64, by key id; old ones stay readable.</param>
    private sealed record Keys(byte Current, Dictionary<byte, string> Secrets);

    public PersonalData(HubFolders folders) => _keys = KeyFile.LoadOrCreate(
        Path.Combine(folders.Keys, "personal-data.json"),
        () => new Keys(1, new() { [1] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }));

    public byte[] Encrypt(string text, Guid rowId)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var result = new byte[1 + NonceBytes + plain.Length + TagBytes];
        result[0] = _keys.Current;
        var nonce = result.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Secret(_keys.Current), TagBytes);
        aes.Encrypt(nonce, plain, result.AsSpan(1 + NonceBytes, plain.Length), result.AsSpan(1 + NonceBytes + plain.Length), rowId.ToByteArray());
        return result;
    }

    /// <exception cref="CryptographicException">The bytes were changed, or belong to another row.</exception>
    public string Decrypt(byte[] data, Guid rowId)
    {
        var plain = new byte[data.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(Secret(data[0]), TagBytes);
        aes.Decrypt(
            data.AsSpan(1, NonceBytes), data.AsSpan(1 + NonceBytes, plain.Length), data.AsSpan(1 + NonceBytes + plain.Length), plain, rowId.ToByteArray());
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>138****8000; short numbers keep two digits at each end at most.</summary>
    public static string Mask(string phone) => phone.Length switch
    {
        >= 11 => $"{phone[..3]}****{phone[^4..]}",
        >= 6 => $"{phone[..2]}****{phone[^2..]}",
        _ => "****",
    };

    private byte[] Secret(byte id) => _keys.Secrets.TryGetValue(id, out var secret)
        ? Convert.FromBase64String(secret)
        : throw new CryptographicException($"Key {id} for personal data is missing.");
}
