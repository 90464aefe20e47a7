using System.Collections.Concurrent;
using Kiosk.Hub;

namespace Kiosk.Testing.Malformed;

/// <summary>What became of the generated codes and cards.</summary>
/// <param name="Accepted">Those that were taken although nobody issued them: kind and text.</param>
/// <param name="Faults">What a text made the verification throw.</param>
/// <param name="GoodRefused">Good ones that were not taken: then the run proves nothing.</param>
internal sealed record MalformedReport(
    long Generated, IReadOnlyDictionary<string, int> ByKind, IReadOnlyList<string> Accepted, IReadOnlyList<string> Faults, int GoodTaken, int GoodRefused);

internal static class MalformedRun
{
    private const int Chunk = 1_000;

    /// <summary>Half of them cards, half display codes; the same seed makes the same kinds and places, keys are new each time.</summary>
    public static MalformedReport Run(int count, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-malformed-").FullName;
        try
        {
            using var folders = new HubFolders(folder);
            using var cards = new MalformedCards(folders);
            var codes = new MalformedCodes(folders);
            var kinds = new ConcurrentDictionary<string, int>();
            var (accepted, faults) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
            int generated = 0, goodTaken = 0, goodRefused = 0;
            Parallel.For(0, (count + Chunk - 1) / Chunk, chunk =>
            {
                var random = new Random(seed + chunk);
                for (var at = 0; at < Math.Min(Chunk, count - (chunk * Chunk)); at++)
                {
                    var card = at % 2 == 0;
                    var (kind, text) = card ? cards.Make(random) : codes.Make(random);
                    // A change that changed nothing is no forgery.
                    if (card ? cards.IsGood(text) : codes.IsGood(text))
                    {
                        continue;
                    }

                    Interlocked.Increment(ref generated);
                    kinds.AddOrUpdate($"{(card ? "card" : "code")}: {kind}", 1, (_, before) => before + 1);
                    try
                    {
                        // The kiosk forgives a scanner its small letters: what is then a good card is one.
                        if (card ? cards.HubAccepts(text) || (!cards.IsGood(MalformedCards.Plain(text)) && cards.KioskAccepts(text)) : codes.HubAccepts(text))
                        {
                            accepted.Enqueue($"{(card ? "card" : "code")}: {kind}: {text}");
                        }
                    }
#pragma warning disable CA1031 // Whatever is thrown at a stranger's text is a finding.
                    catch (Exception exception)
#pragma warning restore CA1031
                    {
                        faults.Enqueue($"{kind}: {exception.GetType().Name} {exception.Message}");
                    }
                }

                var good = cards.Good(random);
                var taken = cards.HubAccepts(good) && cards.KioskAccepts(good) && codes.HubAccepts(codes.Good(random));
                Interlocked.Increment(ref taken ? ref goodTaken : ref goodRefused);
            });
            return new MalformedReport(generated, kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).ToDictionary(), [.. accepted], [.. faults], goodTaken, goodRefused);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
