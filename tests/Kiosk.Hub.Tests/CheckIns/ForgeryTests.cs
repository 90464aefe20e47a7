using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>What is signed is judged before any database is asked: once is enough.</summary>
public sealed class ForgeryTests
{
    [Fact]
    public async Task Forged_cards_are_never_accepted()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var random = new Random(20261122);
        var forged = Enumerable.Range(0, 10_000).Select(_ => Forgery.Of(card, random)).Where(text => text != card).ToList();
        var accepted = 0;
        foreach (var batch in forged.Chunk(CheckInBatch.Limit))
        {
            var results = await evening.Hub.UploadScansAsync(evening.DisplayId, [.. batch.Select(text => evening.Hub.CardScan(evening.Meeting.Id, text))]);
            accepted += results.Count(result => result.Outcome is not (CheckInOutcome.UnknownCard or CheckInOutcome.WrongIssuer) || result.MaskedName is not null);
        }

        Assert.InRange(forged.Count, 9_900, 10_000);
        Assert.Equal(0, accepted);
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
    }

    [Fact]
    public async Task Forged_display_codes_never_prove_presence()
    {
        await using var evening = await Evening.StartAsync();
        var code = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting);
        var random = new Random(22112026);
        var forged = Enumerable.Range(0, 10_000).Select(_ => Forgery.Of(code, random)).Where(text => text != code).ToList();
        var passed = new List<string>();
        foreach (var batch in forged.Chunk(500))
        {
            using var phone = evening.Hub.Phone();
            foreach (var text in batch)
            {
                var answer = await phone.OpenAsync("/c/" + Uri.EscapeDataString(text));
                if (answer.Code != "altered_code" || phone.Cookies().Any(cookie => cookie.Name == "kiosk-presence"))
                {
                    passed.Add(text);
                }
            }
        }

        Assert.InRange(forged.Count, 9_900, 10_000);
        Assert.Empty(passed);
    }
}

/// <summary>Codes and cards as a forger would try them.</summary>
internal static class Forgery
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Of(string text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(7) switch
        {
            // One bit of one character.
            0 or 1 => Replace(text, at, Alphabet[Alphabet.IndexOf(text[at], StringComparison.Ordinal) ^ (1 << random.Next(5))]),
            2 => text[..at] is { Length: > 0 } cut ? cut : "A",
            3 => text + Alphabet[random.Next(32)],
            // Other spellings of the same bytes: lower case, look-alikes, padding.
            4 => random.Next(3) switch
            {
                0 => text.ToLowerInvariant(),
                1 => text + "=",
                _ => Replace(text, text.Length - 1, Alphabet[Alphabet.IndexOf(text[^1], StringComparison.Ordinal) ^ 1]),
            },
            5 => Replace(Replace(text, at, Alphabet[random.Next(32)]), random.Next(text.Length), Alphabet[random.Next(32)]),
            _ => new string([.. Enumerable.Range(0, text.Length).Select(_ => Alphabet[RandomNumberGenerator.GetInt32(32)])]),
        };
    }

    private static string Replace(string text, int at, char with) => string.Concat(text.AsSpan(0, at), [with], text.AsSpan(at + 1));
}
