using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

public class ConcurrencyTests
{
    [Fact]
    public async Task Two_kiosks_a_phone_and_the_host_at_once_make_one_attendance_paid_once()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var (_, second) = await evening.Hub.AddRoomWithDisplayAsync("第二块屏");
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        var scans = Enumerable.Range(0, 20).Select(at => evening.Hub.UploadScansAsync(at % 2 == 0 ? evening.DisplayId : second, evening.Hub.CardScan(evening.Meeting.Id, card))).ToList();
        var tapped = phone.SubmitAsync("/c");
        var helped = evening.HelpAsync();
        var outcomes = (await Task.WhenAll(scans)).SelectMany(results => results).Append(await helped).Select(result => result.Outcome).ToList();
        var answer = await tapped;
        var accepted = outcomes.Count(outcome => outcome == CheckInOutcome.Accepted) + (answer.Code == "accepted" ? 1 : 0);
        Assert.Equal(1, accepted);
        var statement = await evening.PointsAsync();
        Assert.Equal((2, 1), (statement.Available, statement.Postings.Total));
        Assert.Equal(22, (await evening.RecordsAsync()).Count);
    }

    [Fact]
    public async Task Sixty_four_in_flight_are_all_kept_once()
    {
        await using var evening = await Evening.StartAsync(members: 32);
        var cards = new List<string>();
        for (var at = 0; at < 32; at++)
        {
            cards.Add(await evening.CardAsync(at));
        }

        var results = await Task.WhenAll(cards.Concat(cards).Select(card => evening.ScanAsync(card)));
        Assert.Equal((32, 32), (results.Count(result => result.Outcome == CheckInOutcome.Accepted), results.Count(result => result.Outcome == CheckInOutcome.AlreadyCheckedIn)));
        var rows = await evening.Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{evening.Meeting.Id}/attendance");
        Assert.All(rows, row => Assert.Equal((AttendanceState.Present, 2), (row.State, row.Points)));
        Assert.Equal(32, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.Present);
    }

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
