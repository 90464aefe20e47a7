using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.FairPlay;

/// <summary>
/// What the host is asked to look at, worked out anew from what was recorded, so that it is the same however often and in whatever order that came.
/// Made for honest evenings: a hall behind one address, a queue with cards and members on mobile data raise nothing.
/// </summary>
internal static class FlagRules
{
    /// <summary>The code had left the screen by so much: whoever opens it then had it from a picture, or a very slow link.</summary>
    private const int GoneMs = (DisplayCode.StepSeconds + 5) * 1000;

    /// <summary>Share of the phones from which on a network belongs to the place.</summary>
    private const double Usual = 0.2;

    /// <summary>Where so few use the place's networks, networks say nothing.</summary>
    private const double Settled = 0.5;

    private const double WellSettled = 0.8;

    public static IReadOnlyList<Flag> Decide(FlagFacts facts, FairPlayOptions options)
    {
        // One check-in a member: the earliest.
        var phones = facts.Phones.OrderBy(phone => phone.At).ThenBy(phone => phone.MemberId).ThenBy(phone => phone.Declared).ThenBy(phone => phone.Step)
            .ThenBy(phone => phone.CodeAgeMs).ThenBy(phone => phone.Browser, StringComparer.Ordinal).ThenBy(phone => phone.Network, StringComparer.Ordinal)
            .ThenBy(phone => phone.DisplayNetwork, StringComparer.Ordinal).DistinctBy(phone => (phone.MemberId, phone.Browser)).ToList();
        var flags = new List<Flag>();
        flags.AddRange(OnePhone(phones, options));
        flags.AddRange(Cards(facts.Cards, options));
        flags.AddRange(Networks(phones, options));
        flags.AddRange(SharedCode(phones, options));
        flags.AddRange(TwoPlaces(phones, facts.Elsewhere));
        return [.. flags.DistinctBy(flag => flag.Key).OrderByDescending(flag => flag.At).ThenBy(flag => flag.Key, StringComparer.Ordinal)];
    }

    private static IEnumerable<Flag> OnePhone(List<PhoneFact> phones, FairPlayOptions options)
    {
        foreach (var phone in phones.GroupBy(phone => phone.Browser))
        {
            var members = phone.DistinctBy(fact => fact.MemberId).ToList();
            if (members.Count < 2)
            {
                continue;
            }

            // Whose phone it is need not declare anything.
            var explained = members.Count <= options.MostDeclared && members.Count(member => !member.Declared) <= 1;
            yield return new Flag(
                $"one_phone:{phone.Key}", explained ? "shared_phone" : "one_phone", explained ? FlagWeight.Explained : FlagWeight.Look, members[^1].At, People(members));
        }
    }

    private static IEnumerable<Flag> Cards(IReadOnlyList<CardFact> cards, FairPlayOptions options)
    {
        foreach (var display in cards.GroupBy(card => (card.DisplayId, card.BootId)))
        {
            // The device's own ticks where it gave them: right even when its clock was not.
            var row = display.OrderBy(card => card.MonotonicMs ?? card.At.ToUnixTimeMilliseconds()).ThenBy(card => card.RecordId).ToList();
            var run = new List<CardFact>();
            foreach (var card in row.Append(null))
            {
                if (card is not null && run.Any(before => before.MemberId == card.MemberId))
                {
                    continue;
                }

                if (card is not null && (run.Count == 0 || Gap(run[^1], card) <= TimeSpan.FromSeconds(options.CardGapSeconds)))
                {
                    run.Add(card);
                    continue;
                }

                if (run.Count >= options.CardsInARow)
                {
                    yield return new Flag(
                        $"cards_in_a_row:{run[0].RecordId:N}", "cards_in_a_row", FlagWeight.Look, run[^1].At,
                        [.. run.Select(each => new FlagPerson(each.MemberId, CheckInMethod.Card, each.At))]);
                }

                run = card is null ? [] : [card];
            }
        }
    }

    private static TimeSpan Gap(CardFact before, CardFact after) => before.MonotonicMs is { } from && after.MonotonicMs is { } to
        ? TimeSpan.FromMilliseconds(to - from)
        : after.At - before.At;

    private static IEnumerable<Flag> Networks(List<PhoneFact> phones, FairPlayOptions options)
    {
        var browsers = phones.Select(phone => phone.Browser).Distinct().Count();
        if (browsers < options.FewestPhones)
        {
            yield break;
        }

        var shares = phones.GroupBy(phone => phone.Network).ToDictionary(network => network.Key, network => network.Select(phone => phone.Browser).Distinct().Count() / (double)browsers);
        var displays = phones.Select(phone => phone.DisplayNetwork).OfType<string>().ToHashSet();
        var usual = shares.Where(share => share.Value >= Usual || displays.Contains(share.Key)).Select(share => share.Key).ToHashSet();
        var covered = usual.Sum(network => shares[network]);
        var far = phones.Where(phone => !usual.Contains(phone.Network)).DistinctBy(phone => phone.MemberId).ToList();
        if (covered >= WellSettled && far.Count > 0)
        {
            yield return new Flag("far_network", "far_network", FlagWeight.Look, far[^1].At, People(far));
        }

        // A network that is neither the display's nor that of most, from which many come at once. Where phones are spread over carriers
        // none is that of most, and nothing is said.
        var place = Math.Max(shares.Where(share => displays.Contains(share.Key)).Sum(share => share.Value), shares.Values.Max());
        if (place < Settled)
        {
            yield break;
        }

        foreach (var network in phones.GroupBy(phone => phone.Network).Where(network => !displays.Contains(network.Key) && shares[network.Key] < Settled))
        {
            if (Burst([.. network.DistinctBy(phone => phone.MemberId)], options) is { } burst)
            {
                yield return new Flag($"burst:{network.Key}", "burst", FlagWeight.Look, burst[^1].At, People(burst));
            }
        }
    }

    /// <summary>The first run of so many within the time, with everybody that belongs to it; null when there is none.</summary>
    private static List<PhoneFact>? Burst(List<PhoneFact> phones, FairPlayOptions options)
    {
        for (var from = 0; from + options.Burst <= phones.Count; from++)
        {
            var until = phones[from].At.AddSeconds(options.BurstSeconds);
            var run = phones.Skip(from).TakeWhile(phone => phone.At < until).ToList();
            if (run.Count >= options.Burst)
            {
                return run;
            }
        }

        return null;
    }

    private static IEnumerable<Flag> SharedCode(List<PhoneFact> phones, FairPlayOptions options)
    {
        foreach (var code in phones.Where(phone => phone.CodeAgeMs >= GoneMs && phone.Network != phone.DisplayNetwork).GroupBy(phone => (phone.DisplayId, phone.Step)))
        {
            var members = code.DistinctBy(phone => phone.MemberId).ToList();
            if (members.Select(phone => phone.Network).Distinct().Count() >= options.SharedCodeNetworks)
            {
                yield return new Flag($"code_shared:{code.Key.DisplayId:N}:{code.Key.Step}", "code_shared", FlagWeight.Look, members[^1].At, People(members));
            }
        }
    }

    private static IEnumerable<Flag> TwoPlaces(List<PhoneFact> phones, IReadOnlyList<ElsewhereFact> elsewhere) =>
        from card in elsewhere
        join phone in phones on card.MemberId equals phone.MemberId
        select new Flag(
            $"two_places:{card.MemberId:N}", "two_places", FlagWeight.Look, card.At > phone.At ? card.At : phone.At,
            [new FlagPerson(phone.MemberId, CheckInMethod.Phone, phone.At)], card.RoomName);

    private static IReadOnlyList<FlagPerson> People(IEnumerable<PhoneFact> phones) =>
        [.. phones.Select(phone => new FlagPerson(phone.MemberId, CheckInMethod.Phone, phone.At, phone.Declared))];
}
