using System.Globalization;
using System.Text.Json;
using Kiosk.Testing.Model;

namespace Kiosk.Load.Model;

/// <summary>Random evenings on real hubs against a simple model; see <see cref="ModelRun"/>. One number again: <c>--seed S --only N</c>.</summary>
internal static class ModelScenario
{
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        int Number(string name, int otherwise) => int.Parse(options.GetValueOrDefault(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (seed, sequences) = (Number("seed", 1), Number("sequences", 10_000));
        if (options.ContainsKey("only"))
        {
            return await OneAsync(seed, Number("only", 0), Number("wire-every", 20));
        }

        Console.WriteLine($"model: {sequences} sequences, seed {seed}");
        var report = await ModelRun.RunAsync(seed, sequences, Number("wire-every", 20), Number("hubs", 2), null, done =>
        {
            if (done % 500 == 0)
            {
                Console.WriteLine($"  {done} sequences");
            }
        });
        if (report.Failure is { } failure)
        {
            Console.WriteLine($"  BROKEN: {failure}");
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "model",
            sequences = report.Sequences,
            steps = report.Steps,
            simultaneous_groups = report.Serial,
            restarts = report.Restarts,
            over_network = report.OverWire,
            failures = report.Failure is null ? 0 : 1,
            seconds = Math.Round(report.Took.TotalSeconds),
            seed,
        }));
        return report.Failure is null ? 0 : 1;
    }

    private static async Task<int> OneAsync(int seed, int number, int wireEvery)
    {
        await using var house = await ModelHub.StartAsync();
        var steps = Evenings.Of(seed, number);
        var (fault, _) = await ModelRun.TryAsync(house, steps, number % wireEvery == 0);
        Console.WriteLine(fault is null ? "agreed" : new ModelFailure(seed, number, number % wireEvery == 0, fault, steps).ToString());
        return fault is null ? 0 : 1;
    }
}
