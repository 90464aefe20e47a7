using Kiosk.Contracts.Text;

namespace Kiosk.Testing.Malformed;

/// <summary>Spoils the text of a code or card in every way that needs no key: what a bad print, a bad scanner or somebody clever hands in.</summary>
internal static class Forger
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The ways, by name; each takes a good text and another good one.</summary>
    public static IReadOnlyList<(string Kind, Func<string, string, Random, string> Spoil)> Ways { get; } =
    [
        ("bit flipped in a letter", (text, _, random) => At(text, random.Next(text.Length), letter => Alphabet[Alphabet.IndexOf(letter, StringComparison.Ordinal) ^ (1 << random.Next(5))])),
        ("bit flipped in the bytes", (text, _, random) => Bytes(text, bytes => bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)))),
        ("some bytes changed", (text, _, random) => Bytes(text, bytes => random.NextBytes(bytes.AsSpan(random.Next(bytes.Length))))),
        ("another version", (text, _, random) => Bytes(text, bytes => bytes[0] = (byte)random.Next(256))),
        ("truncated", (text, _, random) => text[..random.Next(text.Length)]),
        ("begun late", (text, _, random) => text[random.Next(1, text.Length)..]),
        ("bytes cut off", (text, _, random) => Base32.Encode(Decode(text).AsSpan(0, random.Next(Decode(text).Length)))),
        ("lengthened", (text, _, random) => text + Letters(random, random.Next(1, 40))),
        ("bytes added", (text, _, random) => Base32.Encode([.. Decode(text), .. Noise(random, random.Next(1, 5))])),
        ("twice in one", (text, other, _) => text + other),
        ("halves of two", (text, other, random) => random.Next(1, text.Length) is var at ? text[..at] + other[at..] : ""),
        ("two letters swapped", (text, _, random) => Swap(text, random.Next(text.Length), random.Next(text.Length))),
        ("small letter", (text, _, random) => At(text, random.Next(text.Length), char.ToLowerInvariant)),
        ("look-alike", (text, _, random) => At(text, random.Next(text.Length), letter => "0189"[random.Next(4)])),
        ("full-width letter", (text, _, random) => At(text, random.Next(text.Length), letter => (char)(letter + 0xFEE0))),
        ("padded", (text, _, random) => text + new string('=', random.Next(1, 7))),
        ("a blank or control character inside", (text, _, random) => text.Insert(random.Next(1, text.Length), "\0 \t\n\u00A0\u200B\uFEFF"[random.Next(7)].ToString())),
        ("unused bits set", (text, _, random) => At(text, text.Length - 1, letter => Alphabet[Alphabet.IndexOf(letter, StringComparison.Ordinal) | 1])),
        ("letters at random", (text, _, random) => Letters(random, text.Length)),
        ("rubbish", (_, _, random) => Rubbish(random)),
    ];

    private static string Bytes(string text, Action<byte[]> change)
    {
        var bytes = Decode(text);
        change(bytes);
        return Base32.Encode(bytes);
    }

    private static byte[] Decode(string text) => Base32.TryDecode(text, out var bytes) ? bytes : throw new ArgumentException(text);

    private static byte[] Noise(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string At(string text, int at, Func<char, char> change) => string.Concat(text.AsSpan(0, at), [change(text[at])], text.AsSpan(at + 1));

    private static string Swap(string text, int one, int two)
    {
        var letters = text.ToCharArray();
        (letters[one], letters[two]) = (letters[two], letters[one]);
        return new string(letters);
    }

    private static string Letters(Random random, int count) => string.Create(count, random, (letters, source) =>
    {
        for (var at = 0; at < letters.Length; at++)
        {
            letters[at] = Alphabet[source.Next(32)];
        }
    });

    private static string Rubbish(Random random) => string.Create(random.Next(4) == 0 ? random.Next(5_000) : random.Next(200), random, (letters, source) =>
    {
        for (var at = 0; at < letters.Length; at++)
        {
            letters[at] = (char)source.Next(0x1_0000);
        }
    });
}
