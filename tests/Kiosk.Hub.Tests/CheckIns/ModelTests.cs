using Kiosk.Testing.Model;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>
/// Random evenings against a simple model, for as long as a test may take; the full number is
/// <c>dotnet run -c Release --project tests/Kiosk.Load -- model --sequences 10000 --seed N</c>.
/// </summary>
public sealed class ModelTests
{
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Random_evenings_end_as_the_model_says()
    {
        var seed = Random.Shared.Next();
        var report = await ModelRun.RunAsync(seed, sequences: 600, wireEvery: 20, hubs: 2, Share);
        Assert.True(report.Failure is null, report.Failure?.ToString());
        // However slow the machine: some were run, some of them over the network and with steps at once.
        Assert.True(report is { Sequences: >= 20, OverWire: >= 1, Serial: >= 10 }, $"{report}");
    }
}
