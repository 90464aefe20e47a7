using System.Diagnostics;

namespace Kiosk.EndToEnd.Tests.Support;

/// <summary>Hub and player as they are delivered: published once for the whole run.</summary>
public sealed class Published : IAsyncLifetime
{
    public static string Root { get; } = FindRoot();

    public static string Hub => Path.Combine(Root, "artifacts", "e2e", "hub", "Kiosk.Hub.dll");

    public static string Player => Path.Combine(Root, "artifacts", "e2e", "player", "Kiosk.Player.dll");

    /// <summary>Set <c>KIOSK_E2E_AS_PUBLISHED</c> to run against what the last run published.</summary>
    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("KIOSK_E2E_AS_PUBLISHED") is not null)
        {
            return;
        }

        await PublishAsync("hub/Kiosk.Hub", "hub");
        await PublishAsync("kiosk/Kiosk.Player", "player");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task PublishAsync(string project, string name)
    {
        var info = new ProcessStartInfo(
            "dotnet", ["publish", Path.Combine(Root, project), "-c", "Release", "-o", Path.Combine(Root, "artifacts", "e2e", name), "-nologo", "-v", "q", "-clp:ErrorsOnly",
                // The analyzers have read the same source when it was built for the tests.
                "-p:RunAnalyzers=false"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Root,
        };
        using var process = Process.Start(info)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kiosk.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>End-to-end tests share the published programs and run one after the other: each owns the two cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EndToEndRun : ICollectionFixture<Published>
{
    public const string Name = "end to end";
}
