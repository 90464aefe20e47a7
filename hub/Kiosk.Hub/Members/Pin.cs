using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Hub.Members;

/// <summary>
/// The six digits with which a member signs in beside the member number. Hashed with PBKDF2 under a pepper from the keys folder:
/// six digits alone would fall to anyone who holds a copy of the database.
/// </summary>
internal sealed class Pin(HubFolders folders)
{
    public const int Length = 6;

    /// <summary>Wrong PINs in a row that lock the sign-in by PIN.</summary>
    public const int MostFailures = 10;

    public static readonly TimeSpan LockTime = TimeSpan.FromHours(1);

    private const byte Version = 1;
    private const int SaltBytes = 16;
    private const int Rounds = 60_000;

    private readonly Lazy<byte[]> _pepper = new(() => Convert.FromBase64String(KeyFile.LoadOrCreate(
        Path.Combine(folders.Keys, "pin.json"), () => new Stored(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))).Pepper));

    private sealed record Stored(string Pepper);

    public static bool IsWellFormed(string? pin) => pin is { Length: Length } && pin.All(char.IsAsciiDigit);

    /// <summary>One digit repeated, runs up or down (with wrap), a pair or triple repeated, or palindromes of few digits such as 112211.</summary>
    public static bool IsTrivial(string pin)
    {
        var steps = pin.Zip(pin.Skip(1), (a, b) => (b - a + 10) % 10).Distinct().ToList();
        return steps is [0 or 1 or 9]
            || pin.Distinct().Count() <= 2
            || pin[..2] == pin[2..4] && pin[2..4] == pin[4..]
            || pin[..3] == pin[3..];
    }

    public byte[] Hash(string pin)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return [Version, .. salt, .. Derive(pin, salt)];
    }

    /// <summary>Takes the same time for a member without PIN, so that the answer does not tell who exists.</summary>
    public bool Verify(string pin, byte[]? hash)
    {
        var known = hash is { Length: 1 + SaltBytes + 32 } && hash[0] == Version;
        var derived = Derive(pin, known ? hash.AsSpan(1, SaltBytes).ToArray() : new byte[SaltBytes]);
        return known && CryptographicOperations.FixedTimeEquals(derived, hash.AsSpan(1 + SaltBytes));
    }

    private byte[] Derive(string pin, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(
        HMACSHA256.HashData(_pepper.Value, Encoding.UTF8.GetBytes(pin)), salt, Rounds, HashAlgorithmName.SHA256, 32);
}
