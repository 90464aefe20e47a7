using System.Diagnostics;

namespace Kiosk.Testing.Model;

/// <summary>A sequence that the hub and the model see differently.</summary>
/// <param name="Steps">As short as it could be made.</param>
internal sealed record ModelFailure(int Seed, int Number, bool Wire, string Why, IReadOnlyList<Step> Steps)
{
    public override string ToString() =>
        $"sequence {Number} of seed {Seed}{(Wire ? ", over the network" : "")}: {Why}\n{string.Join("\n", Steps.Select((step, at) => $"  {at + 1}. {step}"))}";
}

/// <param name="Serial">Groups of simultaneous steps for which a serial order was found, as there must be.</param>
internal sealed record ModelReport(int Sequences, int Steps, int Serial, int Restarts, int OverWire, ModelFailure? Failure, TimeSpan Took);

/// <summary>Runs sequences against hub and model side by side, several hubs at once; shrinks the first that fails.</summary>
internal static class ModelRun
{
    private const int EveningsAHub = 200;
    private const int MostShrinks = 400;

    /// <param name="wireEvery">Of so many sequences one goes over SignalR and the phone's pages.</param>
    /// <param name="until">Stops early when this much time has gone.</param>
    public static async Task<ModelReport> RunAsync(int seed, int sequences, int wireEvery, int hubs, TimeSpan? until = null, Action<int>? progress = null)
    {
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        int done = 0, steps = 0, serial = 0, restarts = 0, wired = 0;
        ModelFailure? failure = null;
        await Task.WhenAll(Enumerable.Range(0, hubs).Select(_ => Task.Run(async () =>
        {
            while (failure is null && next < sequences - 1)
            {
                await using var house = await ModelHub.StartAsync();
                for (var evening = 0; evening < EveningsAHub && failure is null && Stopwatch.GetElapsedTime(started) is var gone && gone < (until ?? TimeSpan.MaxValue); evening++)
                {
                    var number = Interlocked.Increment(ref next);
                    if (number >= sequences)
                    {
                        break;
                    }

                    var (wire, all) = (number % wireEvery == 0, Evenings.Of(seed, number));
                    var result = await TryAsync(house, all, wire);
                    if (result.Fault is { } fault && failure is null)
                    {
                        failure = new ModelFailure(seed, number, wire, fault, all);
                        failure = await ShrinkAsync(failure);
                    }

                    Interlocked.Add(ref steps, all.Count);
                    Interlocked.Add(ref serial, result.Together);
                    Interlocked.Add(ref wired, wire ? 1 : 0);
                    var finished = Interlocked.Increment(ref done);
                    progress?.Invoke(finished);
                }

                Interlocked.Add(ref restarts, house.Restarts);
                if (Stopwatch.GetElapsedTime(started) >= (until ?? TimeSpan.MaxValue))
                {
                    break;
                }
            }
        })));
        return new ModelReport(done, steps, serial, restarts, wired, failure, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>One sequence on a hub; null when hub and model agree to the end.</summary>
    public static async Task<(string? Fault, int Together)> TryAsync(ModelHub house, IReadOnlyList<Step> steps, bool wire)
    {
        try
        {
            return await CompareAsync(house, steps, wire);
        }
#pragma warning disable CA1031 // Nothing that was done may break anything: whatever is thrown is a finding, with its sequence.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (exception.ToString(), 0);
        }
    }

    private static async Task<(string? Fault, int Together)> CompareAsync(ModelHub house, IReadOnlyList<Step> steps, bool wire)
    {
        await using var evening = new ModelEvening(house, wire);
        // More than one when simultaneous steps leave open what came first.
        var models = new List<EveningModel> { await evening.BeginAsync() };
        var check = new ModelCheck(house, evening);
        var together = 0;
        foreach (var (at, step) in steps.Index())
        {
            // Nothing but what is meant to happen at once happens in the same instant.
            house.Time.Set(house.Time.GetUtcNow().AddSeconds(1).AddMinutes(step is Wait wait ? wait.Minutes : 0));
            models.ForEach(model => model.Now = house.Time.GetUtcNow());
            MayHaveClosed(models);
            if (step is Together several)
            {
                together++;
                var works = await evening.DoTogetherAsync(several);
                models = [.. models.SelectMany(model => Orders.Of(model, works))];
                if (models.Count == 0)
                {
                    return ($"step {at + 1}: no order of these explains the answers: {string.Join(" | ", works.Select(work => string.Join(", ", work.Select(deed => deed.Said))))}", together);
                }
            }
            else
            {
                var deeds = await evening.DoAsync(step);
                if (Apply(models, deeds) is { } wrong)
                {
                    return ($"step {at + 1}: {wrong}", together);
                }
            }

            MayHaveClosed(models);
            var (there, feedFault) = await check.LookAsync();
            var agreeing = models.Where(model => model.Describe() == there).DistinctBy(model => model.Key()).ToList();
            if (agreeing.Count == 0)
            {
                return ($"after step {at + 1} there is\n{there}\nand should be\n{models[0].Describe()}", together);
            }

            models = agreeing;
            if (feedFault is not null)
            {
                return ($"after step {at + 1}: {feedFault}", together);
            }
        }

        return (await check.EndFaultAsync(models[0]), together);
    }

    // The hub looks every half minute of real time what was left open; when that is can only be seen.
    private static void MayHaveClosed(List<EveningModel> models)
    {
        for (var meeting = 0; meeting < Evenings.Meetings; meeting++)
        {
            models.AddRange([.. models.Where(model => model.IsLeftOpen(meeting)).Select(model => model.AfterHubClosed(meeting))]);
        }
    }

    private static string? Apply(List<EveningModel> models, IReadOnlyList<Deed> deeds)
    {
        foreach (var deed in deeds)
        {
            var expected = models.Select(model => (Model: model, Says: deed.Expect(model))).ToList();
            models.Clear();
            models.AddRange(expected.Where(one => one.Says == deed.Said).Select(one => one.Model));
            if (models.Count == 0)
            {
                return $"{deed.What}: the hub said '{deed.Said}', expected was '{expected[0].Says}'";
            }
        }

        return null;
    }

    // Takes away as much as can be without the fault going away; simultaneous steps are also tried one after the other.
    private static async Task<ModelFailure> ShrinkAsync(ModelFailure failure)
    {
        await using var house = await ModelHub.StartAsync();
        var (best, why, left) = (failure.Steps, failure.Why, MostShrinks);
        async Task<bool> FailsAsync(IReadOnlyList<Step> steps)
        {
            // What happens at once may happen in another order next time.
            for (var tries = steps.Any(step => step is Together) ? 3 : 1; tries > 0 && left > 0; tries--)
            {
                left--;
                if ((await TryAsync(house, steps, failure.Wire)).Fault is { } fault)
                {
                    (best, why) = (steps, fault);
                    return true;
                }
            }

            return false;
        }

        for (var size = Math.Max(1, best.Count / 2); size >= 1 && left > 0; size = size == 1 ? 0 : size / 2)
        {
            for (var at = 0; at + size <= best.Count && left > 0;)
            {
                at = await FailsAsync([.. best.Take(at), .. best.Skip(at + size)]) ? at : at + size;
            }
        }

        for (var at = 0; at < best.Count && left > 0; at++)
        {
            if (best[at] is Together several)
            {
                var rest = best;
                _ = await FailsAsync([.. rest.Take(at), .. several.Steps, .. rest.Skip(at + 1)])
                    || (several.Steps.Count > 2 && await FailsAsync([.. rest.Take(at), new Together([.. several.Steps.Skip(1)]), .. rest.Skip(at + 1)]));
            }
        }

        return failure with { Steps = best, Why = why };
    }
}
