using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Testing.Malformed;

namespace Kiosk.Load.Malformed;

/// <summary>R8's codes and cards: a million that nobody issued, before the verification of hub and kiosk; none may be taken, none may break anything.</summary>
internal static class MalformedScenario
{
    public static int Run(IReadOnlyDictionary<string, string> options)
    {
        var count = int.Parse(options.GetValueOrDefault("count", "1000000"), CultureInfo.InvariantCulture);
        var seed = int.Parse(options.GetValueOrDefault("seed", "1"), CultureInfo.InvariantCulture);
        Console.WriteLine($"malformed: {count:N0} codes and cards, seed {seed}");
        var started = Stopwatch.GetTimestamp();
        // What failed attempts leave behind on the heap is theirs; what stays afterwards would be a leak.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var report = MalformedRun.Run(count, seed);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        foreach (var (kind, times) in report.ByKind)
        {
            Console.WriteLine($"  {times,8:N0}  {kind}");
        }

        foreach (var line in report.Accepted.Concat(report.Faults).Take(20))
        {
            Console.WriteLine($"  BROKEN: {line}");
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "malformed",
            generated = report.Generated,
            accepted = report.Accepted.Count,
            faults = report.Faults.Count,
            good_taken = report.GoodTaken,
            good_refused = report.GoodRefused,
            kept_kb = kept / 1024,
            seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
            seed,
        }));
        return report is { Accepted.Count: 0, Faults.Count: 0, GoodRefused: 0 } ? 0 : 1;
    }
}
