using CsCheck;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.FairPlay;

namespace Kiosk.Hub.Tests.FairPlay;

/// <summary>The rules alone: the same evidence is the same flags, whatever its order, and more evidence of the same changes nothing.</summary>
public class FlagRulesTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] _members = [.. Enumerable.Range(1, 12).Select(at => new Guid(at, 0, 0, new byte[8]))];
    private static readonly Guid _display = new(99, 0, 0, new byte[8]);

    private static readonly Gen<PhoneFact> _phone =
        from member in Gen.Int[0, 11]
        from browser in Gen.Int[0, 5]
        from network in Gen.Int[0, 4]
        from known in Gen.Bool
        from step in Gen.Int[0, 3]
        from age in Gen.Int[0, 29_000]
        from declared in Gen.Bool
        from at in Gen.Int[0, 600]
        select new PhoneFact(_members[member], $"b{browser}", $"n{network}", known ? "n0" : null, _display, step, age, declared, _start.AddSeconds(at));

    private static readonly Gen<CardFact> _card =
        from member in Gen.Int[0, 11]
        from boot in Gen.Int[0, 1]
        from at in Gen.Int[0, 60_000]
        from id in Gen.Guid
        select new CardFact(id, _members[member], _display, $"boot{boot}", at, _start.AddMilliseconds(at));

    [Fact]
    public void Flags_do_not_depend_on_the_order_in_which_evidence_came() =>
        Gen.Select(_phone.Array[0, 40], _card.Array[0, 30], Gen.Int).Sample((phones, cards, seed) =>
        {
            var options = new FairPlayOptions();
            var first = FlagRules.Decide(new FlagFacts(phones, cards, []), options);
            var shuffled = new Random(seed);
            var (others, otherCards) = ((PhoneFact[])[.. phones], (CardFact[])[.. cards]);
            shuffled.Shuffle(others);
            shuffled.Shuffle(otherCards);
            var second = FlagRules.Decide(new FlagFacts(others, otherCards, []), options);
            Assert.Equal(first.Select(Said), second.Select(Said));
            Assert.Equal(first.Count, first.DistinctBy(flag => flag.Key).Count());
            Assert.All(first, flag => Assert.NotEmpty(flag.People));
        });

    [Fact]
    public void Same_evidence_twice_says_the_same() =>
        Gen.Select(_phone.Array[0, 40], _card.Array[0, 30]).Sample((phones, cards) =>
        {
            var options = new FairPlayOptions();
            Assert.Equal(
                FlagRules.Decide(new FlagFacts(phones, cards, []), options).Select(Said),
                FlagRules.Decide(new FlagFacts([.. phones, .. phones], [.. cards, .. cards], []), options).Select(Said));
        });

    [Fact]
    public void Queue_with_cards_however_long_raises_nothing()
    {
        var cards = Enumerable.Range(0, 40).Select(at => new CardFact(new Guid(at, 1, 0, new byte[8]), new Guid(at, 2, 0, new byte[8]), _display, "b", at * 2_100, _start.AddMilliseconds(at * 2_100)));
        Assert.Empty(FlagRules.Decide(new FlagFacts([], [.. cards], []), new FairPlayOptions()));
    }

    [Fact]
    public void One_card_held_before_the_camera_is_no_row_of_cards()
    {
        var cards = Enumerable.Range(0, 10).Select(at => new CardFact(new Guid(at, 1, 0, new byte[8]), _members[at % 2], _display, "b", at * 700, _start.AddMilliseconds(at * 700)));
        Assert.Empty(FlagRules.Decide(new FlagFacts([], [.. cards], []), new FairPlayOptions()));
    }

    [Fact]
    public void Carrier_networks_of_a_third_each_raise_nothing()
    {
        var phones = Enumerable.Range(0, 36).Select(at => new PhoneFact(
            new Guid(at, 2, 0, new byte[8]), $"b{at}", $"carrier{at % 3}", "wired", _display, at / 4, 2_000 + at % 4 * 2_000, false, _start.AddSeconds(at * 2))).ToList();
        Assert.Empty(FlagRules.Decide(new FlagFacts(phones, [], []), new FairPlayOptions()));
    }

    private static string Said(Flag flag) =>
        $"{flag.Key} {flag.Code} {flag.Weight} {flag.At:O} {string.Join(',', flag.People.Select(person => $"{person.MemberId}:{person.At:O}").Order(StringComparer.Ordinal))}";
}
