using System.Security.Cryptography;

namespace Kiosk.Player.Core.Storage;

/// <summary>Seals journal records with AES-GCM under a key that lies in its own folder, mode 0600, so that a copy of the journal alone tells nothing.</summary>
internal sealed class JournalKey : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly AesGcm cipher;

    private JournalKey(byte[] key) => cipher = new AesGcm(key, TagBytes);

    public static JournalKey LoadOrMake(PlayerFolder folder)
    {
        var path = Path.Combine(folder.Keys, "journal.key");
        if (!File.Exists(path) || new FileInfo(path).Length != 32)
        {
            PlayerFolder.WritePrivate(path, RandomNumberGenerator.GetBytes(32));
        }

        return new JournalKey(File.ReadAllBytes(path));
    }

    public byte[] Seal(ReadOnlySpan<byte> plain, Guid id)
    {
        var result = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = result.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, plain, result.AsSpan(NonceBytes + TagBytes), result.AsSpan(NonceBytes, TagBytes), id.ToByteArray());
        return result;
    }

    /// <summary>Null when the record was altered or sealed under another key.</summary>
    public byte[]? Open(byte[] record, Guid id)
    {
        if (record.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[record.Length - NonceBytes - TagBytes];
        try
        {
            cipher.Decrypt(record.AsSpan(0, NonceBytes), record.AsSpan(NonceBytes + TagBytes), record.AsSpan(NonceBytes, TagBytes), plain, id.ToByteArray());
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => cipher.Dispose();
}
